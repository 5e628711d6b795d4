import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const scripts = join(import.meta.dirname, '..', '..', 'scripts');

/** The registry is the only fake: it serves the archive of this test and logs each request. */
const NPM = `#!/bin/sh
case "$*" in
  pack*) echo pack >>"$0.log"; cp "$0.tgz" "$5/node.tgz"; echo node.tgz ;;
  "config get globalconfig") echo /etc/npmrc ;;
esac
`;

let root: string;

beforeEach(async () => {
  // A path with a space and an apostrophe, since a shell evaluates what is printed.
  root = await mkdtemp(join(tmpdir(), "kiosk's node "));
  await mkdir(join(root, 'scripts'));
  for (const name of ['pinned-node.mjs', 'with-node'])
    await cp(join(scripts, name), join(root, 'scripts', name));
  await executable(join(root, 'package', 'bin', 'node'), '#!/bin/sh\necho "the pinned one: $*"\n');
  await executable(join(root, 'bin', 'npm'), NPM);
  execFileSync('tar', ['-czf', join(root, 'bin', 'npm.tgz'), '-C', root, 'package']);
  await pin(
    createHash('sha512')
      .update(await readFile(join(root, 'bin', 'npm.tgz')))
      .digest('base64'),
  );
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

async function executable(file: string, text: string): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, text);
  await chmod(file, 0o755);
}

async function pin(digest: string): Promise<void> {
  const pins = { 22: { version: '22.99.0', [process.arch]: `sha512-${digest}` } };
  await writeFile(join(root, 'scripts', 'pinned-node.json'), JSON.stringify(pins));
}

function run(program: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const env = { PATH: `${join(root, 'bin')}:${join(process.execPath, '..')}:/usr/bin:/bin`, HOME: root };
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8', env });
  return { status, stdout, stderr };
}

describe('the pinned Node', () => {
  it('is downloaded once, and then runs the command', async () => {
    for (let i = 0; i < 2; i += 1) {
      const { stdout } = run('scripts/with-node', '22', 'node', 'a', 'b c');
      expect(stdout).toBe('the pinned one: a b c\n');
    }
    expect(await readFile(join(root, 'bin', 'npm.log'), 'utf8')).toBe('pack\n');
  });

  it('uses its own headers, and keeps this machine’s npm settings', () => {
    const { stdout } = run('scripts/with-node', '22', 'sh', '-c', 'env; command -v node');
    const home = stdout.trim().split('\n').at(-1)!.replace('/bin/node', '');
    expect(home).toContain('node-linux');
    expect(stdout).toContain(`npm_config_nodedir=${home}\n`);
    expect(stdout).toContain('npm_config_globalconfig=/etc/npmrc\n');
  });

  it('is rejected if it is not the pinned file, and nothing of it is kept', async () => {
    await pin('AAAA');
    const { status, stdout, stderr } = run('scripts/with-node', '22', 'echo', 'it ran');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(`node-linux-${process.arch}@22.99.0 is not the pinned file`);
    expect(await readdir(join(root, '.cache', 'dermoscopy-kiosk'))).toEqual([]);
  });

  it('is listed in the error for a version that is not pinned', () => {
    const { status, stderr } = run('scripts/with-node', '23', 'echo', 'it ran');
    expect(status).toBe(1);
    expect(stderr).toBe('pinned-node: Node 23 is not pinned, only 22\n');
  });
});

it('is pinned for both supported processors', async () => {
  const pins = JSON.parse(await readFile(join(scripts, 'pinned-node.json'), 'utf8')) as Record<
    string,
    Record<string, string>
  >;
  expect(pins['22']).toMatchObject({
    version: expect.stringMatching(/^22\.\d+\.\d+$/) as string,
    x64: expect.stringMatching(/^sha512-/) as string,
    arm64: expect.stringMatching(/^sha512-/) as string,
  });
});
