import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const project = join(import.meta.dirname, '..', '..');
let root: string;

/** A project with the kiosk's build and compilers, and little to compile. */
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kiosk-build-'));
  for (const name of ['bin', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'])
    await cp(join(project, name), join(root, name), { recursive: true });
  await write('src/main.ts', 'console.log("first");\n');
  await write('src/protocol/words.ts', 'export const word: string = "a";\n');
  await write('kiosk-ui/index.html', '<!doctype html><title>first</title>\n');
  await write(
    'vite.config.ts',
    "export default { root: 'kiosk-ui', build: { outDir: '../dist/kiosk-ui', emptyOutDir: true } };\n",
  );
  await installCompilers();
});

afterEach(async () => {
  await chmod(root, 0o755);
  if (existsSync(join(root, 'dist'))) await chmod(join(root, 'dist'), 0o755);
  await rm(root, { recursive: true });
});

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

async function installCompilers(): Promise<void> {
  await mkdir(join(root, 'node_modules', '@types'), { recursive: true });
  for (const name of ['typescript', 'vite', '@types/node', 'undici-types'])
    await symlink(join(project, 'node_modules', name), join(root, 'node_modules', name));
}

/** `limited`: then even root may write only what its permissions allow, like any other user. */
function build({ limited = false } = {}): { status: number | null; output: string } {
  const isRoot = process.getuid?.() === 0;
  const command = [process.execPath, join(root, 'bin', 'build.js')];
  const [program, ...args] =
    limited && isRoot ? ['setpriv', '--bounding-set=-dac_override', ...command] : command;
  const { status, stdout, stderr } = spawnSync(program!, args, { encoding: 'utf8', cwd: root });
  return { status, output: stdout + stderr };
}

async function builtAt(): Promise<number[]> {
  const files = ['dist/main.js', 'dist/kiosk-ui/index.html'];
  return Promise.all(files.map(async (file) => (await stat(join(root, file))).mtimeMs));
}

const WELL = { status: 0, output: '' };

it('builds once, and does not rebuild if only modification times change', async () => {
  expect(build()).toEqual(WELL);
  expect(await readFile(join(root, 'dist/main.js'), 'utf8')).toContain('first');
  const before = await builtAt();
  await utimes(join(root, 'src/main.ts'), new Date(), new Date());
  expect(build()).toEqual(WELL);
  expect(await builtAt()).toEqual(before);
});

it('builds only the service if only that changed, and also the screen if shared code changed', async () => {
  build();
  const [service, screen] = await builtAt();
  await write('src/main.ts', 'console.log("second");\n');
  expect(build()).toEqual(WELL);
  expect(await readFile(join(root, 'dist/main.js'), 'utf8')).toContain('second');
  expect((await builtAt())[0]).not.toBe(service);
  expect((await builtAt())[1]).toBe(screen);
  await write('src/protocol/words.ts', 'export const word: string = "b";\n');
  expect(build()).toEqual(WELL);
  expect((await builtAt())[1]).not.toBe(screen);
});

it('rebuilds output that was removed', async () => {
  build();
  await rm(join(root, 'dist', 'main.js'));
  expect(build()).toEqual(WELL);
  expect(existsSync(join(root, 'dist', 'main.js'))).toBe(true);
});

it('fails if the compiler fails, and tries again the next time', async () => {
  await write('src/main.ts', 'const a: number = "text";\n');
  expect(build()).toMatchObject({ status: 2, output: expect.stringContaining('error TS2322') as string });
  expect(build().status).toBe(2);
});

it('needs neither compilers nor write permission if nothing changed', async () => {
  build();
  await rm(join(root, 'node_modules'), { recursive: true });
  await chmod(join(root, 'dist'), 0o555);
  await chmod(root, 0o555);
  expect(build({ limited: true })).toEqual(WELL);
});

it('builds with a read-only node_modules', async () => {
  await chmod(join(root, 'node_modules'), 0o555);
  try {
    expect(build({ limited: true })).toEqual(WELL);
  } finally {
    await chmod(join(root, 'node_modules'), 0o755);
  }
});

it('reports in one sentence that the compilers are missing', async () => {
  await rm(join(root, 'node_modules'), { recursive: true });
  expect(build()).toEqual({
    status: 1,
    output:
      'The kiosk must be built and cannot be: what compiles it is not installed. Cure: npm ci, without --omit=dev.\n',
  });
});

it('reports in one sentence that the folder is not writable', async () => {
  await chmod(root, 0o555);
  expect(build({ limited: true })).toEqual({
    status: 1,
    output: `The kiosk must be built and cannot be: ${join(root, 'dist')} cannot be written. Cure: run npm run build as its owner.\n`,
  });
});

it('does nothing in an installed copy, which has no sources', async () => {
  build();
  await rm(join(root, 'src'), { recursive: true });
  expect(build()).toEqual(WELL);
  await rm(join(root, 'dist'), { recursive: true });
  expect(build()).toMatchObject({
    status: 1,
    output: expect.stringContaining('install the kiosk again') as string,
  });
});
