import { spawnSync } from 'node:child_process';
import { appendFile, chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

interface Proof {
  readonly name: string;
  readonly shows: string;
  readonly steps: readonly string[];
  readonly minutes: number;
  readonly resumes?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly ci?: boolean;
  readonly entries: readonly string[];
  readonly commands?: readonly string[];
  readonly files?: readonly string[];
  readonly outside?: readonly string[];
  readonly portable?: readonly string[];
}

interface Declarations {
  readonly PROOFS: readonly Proof[];
  readonly FOLLOWED: Readonly<Record<string, readonly string[]>>;
  readonly UNUSED: Readonly<Record<string, string>>;
}

type Inputs = Readonly<Record<string, string | undefined>>;

interface ProofRecord {
  readonly hash: string;
  readonly figures: object;
  readonly inputs: Inputs;
}

const root = join(import.meta.dirname, '..', '..');
const program = join(root, 'scripts', 'prove.mjs');
const load = (path: string): Promise<unknown> => import(new URL(`../../${path}`, import.meta.url).href);
const { inputsOf, hashOf } = (await load('scripts/prove/inputs.mjs')) as {
  readonly inputsOf: (root: string, proof: Proof, declarations?: Partial<Declarations>) => Promise<Inputs>;
  readonly hashOf: (inputs: Inputs) => string;
};
const { whyStale } = (await load('scripts/prove/records.mjs')) as {
  readonly whyStale: (record: ProofRecord | undefined, inputs: Inputs) => string | undefined;
};

let folder: string;
let project: string;

/** A small project: a compiled program with two commands and a worker, data, a unit, two packages. */
const PROJECT = {
  'package.json': JSON.stringify({
    type: 'module',
    scripts: { go: 'npm run -s build && node run.mjs', build: 'tsc' },
  }),
  'package-lock.json': JSON.stringify({
    packages: {
      'node_modules/left': { version: '1.0.0', integrity: 'sha512-left', dependencies: { right: '1' } },
      'node_modules/right': { version: '1.0.0', integrity: 'sha512-right' },
      'node_modules/other': { version: '1.0.0', integrity: 'sha512-other' },
      'node_modules/typescript': { version: '5.0.0', integrity: 'sha512-typescript' },
    },
  }),
  'tsconfig.json': '{}',
  'tsconfig.build.json': '{}',
  'bin/run.js': `import '../dist/cli/main.js';\n`,
  'src/cli/main.ts': `const go = async () => (await import('./go.ts')).goCommand;
const talk = async () => (await import('./talk.ts')).talkCommand;
export const all = [go, talk];
`,
  'src/cli/go.ts': `import left from 'left';
import type { Shape } from '../lib/shape.ts';
import { area } from '../lib/area.ts';
const shape: Shape = { side: left(2) };
export const goCommand = () => area(shape.side);
export const worker = (name: string): URL => new URL(\`../workers/\${name}/main.js\`, import.meta.url);
export const table = new URL('../../data/table.json', import.meta.url);
`,
  'src/cli/talk.ts': `export const talkCommand = 'talk';\n`,
  'src/lib/area.ts': `/** Of a square. */\nexport function area(side: number): number {\n  return side * side;\n}\n`,
  'src/lib/shape.ts': `export interface Shape { readonly side: number }\n`,
  'src/workers/first/main.ts': `export const worker = 1;\n`,
  'data/table.json': '[1]',
  'data/other.json': '[1]',
  'units/kiosk.service': '[Service]\n',
  'units/start': '#!/bin/sh\n',
};

const PROOF: Proof = {
  name: 'example',
  shows: 'nothing',
  steps: ['npm run -s go'],
  minutes: 1,
  entries: ['bin/run.js'],
  commands: ['go'],
  files: ['units'],
  outside: ['../outside'],
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiosk-proofs-'));
  project = join(folder, 'project');
  for (const [name, text] of Object.entries(PROJECT)) await write(name, text);
  await write('../outside/picture.jpg', 'a picture');
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function write(name: string, text: string): Promise<void> {
  await mkdir(dirname(join(project, name)), { recursive: true });
  await writeFile(join(project, name), text);
}

async function replace(name: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(project, name), 'utf8');
  expect(text).toContain(from);
  await write(name, text.replace(from, to));
}

/** Why a pass recorded before `change` is stale after it. */
async function staleAfter(
  change: () => Promise<void>,
  later = PROOF,
  earlier = PROOF,
): Promise<string | undefined> {
  const inputs = await inputsOf(project, earlier);
  const record = { hash: hashOf(inputs), figures: {}, inputs };
  expect(whyStale(record, await inputsOf(project, earlier))).toBeUndefined();
  await change();
  return whyStale(record, await inputsOf(project, later));
}

describe('a proof becomes stale, and says why, when', () => {
  it.each([
    [
      'a file of the compiled program',
      'src/lib/area.ts',
      'side * side',
      'side * side * 1',
      'src/lib/area.ts',
    ],
    ['a file that only a URL refers to', 'src/workers/first/main.ts', '1', '2', 'src/workers/first/main.ts'],
    ['data that the code refers to', 'data/table.json', '1', '2', 'data/table.json'],
    ['a file of a declared folder', 'units/kiosk.service', 'Service', 'Servicf', 'units/kiosk.service'],
    ['a package that a package needs', 'package-lock.json', 'sha512-right', 'sha512-RIGHT', 'package left'],
    ['the compiler', 'package-lock.json', '"5.0.0"', '"5.0.1"', 'package typescript'],
    ['the configuration of the compiler', 'tsconfig.json', '{}', '{ }', 'tsconfig.json'],
    ['an npm script that its command runs', 'package.json', '"tsc"', '"tsc -b"', 'command'],
    ['data outside the repository', '../outside/picture.jpg', 'a p', 'b p', '../outside'],
  ])('%s changes by a byte', async (_, name, from, to, named) => {
    expect(await staleAfter(() => replace(name, from, to))).toBe(`${named} has changed`);
  });

  it('a file is added to a declared folder, or removed', async () => {
    expect(await staleAfter(() => write('units/kiosk.timer', ''))).toBe('units/kiosk.timer is new');
    expect(await staleAfter(() => rm(join(project, 'units/start')))).toBe('units/start is gone');
  });

  it('a script loses its executable bit', async () => {
    await chmod(join(project, 'units/start'), 0o755);
    expect(await staleAfter(() => chmod(join(project, 'units/start'), 0o644))).toBe(
      'units/start has changed',
    );
  });

  it('the code imports another file, or package', async () => {
    await write('src/lib/volume.ts', 'export const volume = 1;\n');
    expect(
      await staleAfter(() => appendFile(join(project, 'src/lib/area.ts'), `export * from './volume.ts';\n`)),
    ).toBe('src/lib/area.ts has changed, src/lib/volume.ts is new');
    expect(
      await staleAfter(() => appendFile(join(project, 'src/lib/area.ts'), `await import('other');\n`)),
    ).toBe('package other is new, src/lib/area.ts has changed');
  });

  it('there is another worker that the same code could start', async () => {
    expect(await staleAfter(() => write('src/workers/second/main.ts', 'export {};\n'))).toBe(
      'src/workers/second/main.ts is new',
    );
  });

  it('its declaration changes', async () => {
    const same = (): Promise<void> => Promise.resolve();
    expect(await staleAfter(same, { ...PROOF, env: { KIND: 'small' } })).toBe('command has changed');
    expect(await staleAfter(same, { ...PROOF, commands: ['go', 'talk'] })).toBe('src/cli/talk.ts is new');
  });
});

describe('a proof stays fresh when', () => {
  it.each([
    ['a comment', 'src/lib/area.ts', 'Of a square.', 'Of a square, in mm².'],
    ['formatting', 'src/cli/main.ts', '[go, talk]', '[\n  go,\n  talk,\n]'],
    ['quotes', 'src/cli/go.ts', `'left'`, `"left"`],
    ['a type', 'src/lib/shape.ts', 'side: number', 'side: number; readonly name?: string'],
    ['a command that it does not run', 'src/cli/talk.ts', `'talk'`, `'talks'`],
    ['data that nothing refers to', 'data/other.json', '1', '2'],
    ['a package that nothing imports', 'package-lock.json', 'sha512-other', 'sha512-OTHER'],
  ])('%s changes', async (_, name, from, to) => {
    expect(await staleAfter(() => replace(name, from, to))).toBeUndefined();
  });

  it('portable code changes, but not when it imports another file', async () => {
    const portable = { ...PROOF, portable: ['src/lib'] };
    await expect(
      staleAfter(() => replace('src/lib/area.ts', 'side * side', 'side ** 2'), portable, portable),
    ).resolves.toBeUndefined();
    await write('src/volume.ts', 'export const volume = 1;\n');
    await expect(
      staleAfter(
        () => appendFile(join(project, 'src/lib/area.ts'), `export * from '../volume.ts';\n`),
        portable,
        portable,
      ),
    ).resolves.toBe('src/volume.ts is new');
  });

  it('data outside the repository are not on this machine', async () => {
    expect(await staleAfter(() => rm(join(folder, 'outside'), { recursive: true }))).toBeUndefined();
  });
});

describe('the inputs of a proof cannot be determined, which is an error, when', () => {
  it.each([
    [
      'an import is computed',
      'export default await import(process.argv[2] ?? "");',
      /cannot resolve “import\(.*FOLLOWED/,
    ],
    [
      'a path is computed',
      'export default import.meta.url.slice(2);',
      /cannot resolve “.*import\.meta\.url.*FOLLOWED/,
    ],
    ['a folder is not declared', `export default new URL('../../data', import.meta.url);`, /refers to data,/],
    ['a package is not locked', `import 'absent';`, /package-lock\.json has no absent/],
    ['an import leads nowhere', `import './nowhere.ts';`, /imports \.\/nowhere\.ts, which does not exist/],
  ])('%s', async (_, code, message) => {
    await appendFile(join(project, 'src/lib/area.ts'), code);
    await expect(inputsOf(project, PROOF)).rejects.toThrow(message);
  });

  it('a declared file does not exist', async () => {
    const declared = { ...PROOF, files: ['units', 'units/*.mount'] };
    await expect(inputsOf(project, declared)).rejects.toThrow(
      'a proof declares units/*.mount, which does not exist',
    );
  });

  it('(not when its declarations name the target of a computed import)', async () => {
    await appendFile(join(project, 'src/lib/area.ts'), 'await import(process.argv[2] ?? "");');
    const inputs = await inputsOf(project, PROOF, { FOLLOWED: { 'src/lib/area.ts': ['src/cli/talk.ts'] } });
    expect(inputs).toHaveProperty('src/cli/talk.ts');
  });
});

describe('npm run prove', () => {
  const record = (): string => join(project, 'proofs/records/example.json');
  const times = async (): Promise<string[]> =>
    (await readFile(join(folder, 'times'), 'utf8')).trim().split('\n');

  /** Each step appends its name to a list. */
  async function declare(steps: readonly string[], more: Partial<Proof> = {}): Promise<void> {
    await write('step.mjs', STEP);
    const proof = { ...PROOF, steps: steps.map((step) => `node step.mjs ${step}`), ...more };
    await write('proofs/declarations.mjs', `export const PROOFS = ${JSON.stringify([proof])};\n`);
  }
  const STEP = `import { appendFileSync, existsSync } from 'node:fs';
const [name, end = 'passes'] = process.argv.slice(2);
appendFileSync('../times', name + '\\n');
if (end === 'changes') appendFileSync('data/table.json', ' ');
if (end === 'figures') appendFileSync(process.env.KIOSK_PROOF_FIGURES, '{"slope":0.5}\\n');
if (end === 'skips') console.log('3 passed, 0 failed, 1 skipped');
else if (end === 'fails' || (end === 'needs' && !existsSync('../ready'))) process.exitCode = 1;
else if (end === 'hangs') setInterval(() => undefined, 1000);
else console.log('2 passed, 0 failed, 0 skipped');
`;

  function prove(
    args: readonly string[] = [],
    env: NodeJS.ProcessEnv = {},
  ): { code: number | null; said: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
      cwd: project,
      // This may be CI itself.
      env: { ...process.env, CI: undefined, KIOSK_TEST_COUNTS: undefined, ...env },
      encoding: 'utf8',
    });
    return { code: status, said: stdout + stderr };
  }

  it('writes the record of a pass, with its figures; a check then accepts it and another run does not repeat it', async () => {
    await declare(['one', 'two figures']);
    expect(prove()).toMatchObject({ code: 0 });
    expect(JSON.parse(await readFile(record(), 'utf8'))).toMatchObject({
      command: 'node step.mjs one && node step.mjs two figures',
      figures: { passed: 2, slope: 0.5 },
      date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
    });
    const checked = prove(['--check']);
    expect(checked).toMatchObject({ code: 0 });
    expect(checked.said).toMatch(/1 passed, 0 failed, 0 skipped\n$/);
    expect(prove()).toMatchObject({ code: 0 });
    expect(await times()).toEqual(['one', 'two']);
    expect(prove(['--all'])).toMatchObject({ code: 0 });
    expect(await times()).toEqual(['one', 'two', 'one', 'two']);
  });

  it('fails a check of a stale proof, prints the command that renews it, and counts it in CI', async () => {
    await declare(['one']);
    prove();
    await replace('src/lib/area.ts', 'side * side', 'side ** 2');
    const counts = join(folder, 'counts');
    const { code, said } = prove(['--check'], { KIOSK_TEST_COUNTS: counts });
    expect(code).toBe(1);
    expect(said).toContain('STALE  example');
    expect(said).toContain('src/lib/area.ts has changed');
    expect(said).toContain('npm run prove -- example');
    expect(await readFile(counts, 'utf8')).toBe('0 1 0\n');
    expect(await times()).toEqual(['one']);
  });

  it('runs a stale proof in CI if it fits into the time, and still fails', async () => {
    await declare(['one'], { ci: true, minutes: 3 });
    const late = prove(['--check', '--within', '2'], { CI: 'true' });
    expect(late.said).toContain('it takes 3 minutes, and 1 are left');
    expect(existsSync(join(folder, 'times'))).toBe(false);
    const early = prove(['--check', '--within', '5'], { CI: 'true' });
    expect(early).toMatchObject({ code: 1 });
    expect(early.said).toContain('example passed');
    expect(await times()).toEqual(['one']);
    expect(existsSync(record())).toBe(false);
  });

  it('stops a proof in CI that takes longer than the time left', async () => {
    await declare(['one hangs'], { ci: true, minutes: 0.01 });
    const { code, said } = prove(['--check', '--within', '0.03'], { CI: 'true' });
    expect(code).toBe(1);
    expect(said).toContain('node step.mjs one hangs ended with SIGKILL');
  });

  it('never writes a record in CI', async () => {
    await declare(['one']);
    expect(prove([], { CI: 'true' })).toMatchObject({ code: 0 });
    expect(await times()).toEqual(['one']);
    expect(existsSync(record())).toBe(false);
  });

  it.each([
    ['a command that fails', 'fails', 'ended with 1'],
    ['a test that is skipped', 'skips', '1 skipped'],
    ['an input that changes during the run', 'changes', 'its inputs changed while it ran'],
  ])('writes no record for %s', async (_, end, why) => {
    await declare([`one ${end}`]);
    const { code, said } = prove();
    expect(code).toBe(1);
    expect(said).toContain(why);
    expect(existsSync(record())).toBe(false);
  });

  it('resumes with the first step that did not pass, unless an input has changed since', async () => {
    await declare(['one figures', 'two needs']);
    expect(prove()).toMatchObject({ code: 1 });
    await write('../ready', '');
    expect(prove()).toMatchObject({ code: 0 });
    expect(await times()).toEqual(['one', 'two', 'two']);
    expect(JSON.parse(await readFile(record(), 'utf8'))).toMatchObject({ figures: { slope: 0.5 } });
    await rm(join(folder, 'ready'));
    prove(['--all']);
    await replace('data/table.json', '1', '2');
    await write('../ready', '');
    expect(prove()).toMatchObject({ code: 0 });
    expect((await times()).slice(3)).toEqual(['one', 'two', 'one', 'two']);
  });

  it('reports what this machine lacks', async () => {
    await declare(['one']);
    await rm(join(folder, 'outside'), { recursive: true });
    expect(prove().said).toContain('it needs ../outside, which this machine does not have');
    expect(prove(['nothing']).said).toContain('there is no proof nothing');
  });
});

describe('the proofs of this project', async () => {
  const declarations = (await load('proofs/declarations.mjs')) as Declarations;
  const { PROOFS, FOLLOWED } = declarations;

  it.each(PROOFS)('$name declares only existing files, and everything its code refers to', async (proof) => {
    const inputs = await inputsOf(root, proof, declarations);
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(['command', 'package typescript']));
  });

  it.each(PROOFS.filter(({ minutes }) => minutes > 60))(
    '$name, longer than an hour, is resumable',
    (proof) => {
      expect(proof.steps.length > 1 || proof.resumes !== undefined).toBe(true);
    },
  );

  it('count only the commands of the program that they run', async () => {
    const install = PROOFS.find(({ name }) => name === 'install');
    const inputs = Object.keys(await inputsOf(root, install!, declarations));
    expect(inputs).toContain('src/cli/main.ts');
    expect(inputs.filter((file) => file.startsWith('src/server/'))).toEqual([]);
  });

  it('on ARM64 ignore changes in portable code, and count every driver and native module', async () => {
    for (const name of ['board', 'board-package', 'image-arm64']) {
      const proof = PROOFS.find((one) => one.name === name)!;
      const inputs = Object.keys(await inputsOf(root, proof, declarations));
      expect(inputs).not.toContain('src/session/machine.ts');
      expect(inputs).toEqual(
        expect.arrayContaining([
          'src/gpio/drivers/gpiod.ts',
          'src/classifier/engines/onnxruntime.ts',
          'package better-sqlite3',
          'package sharp',
        ]),
      );
      expect((proof.portable ?? []).filter((path) => !existsSync(join(root, path)))).toEqual([]);
    }
  });

  it('list only existing files in FOLLOWED', () => {
    expect(Object.keys(FOLLOWED).filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('account for every record, each with the hash of its own inputs', async () => {
    const records = join(root, 'proofs', 'records');
    const files = existsSync(records) ? await readdir(records) : [];
    expect(files.filter((file) => !PROOFS.some(({ name }) => file === `${name}.json`))).toEqual([]);
    for (const file of files) {
      const { hash, inputs } = JSON.parse(await readFile(join(records, file), 'utf8')) as ProofRecord;
      expect(hash, file).toBe(hashOf(inputs));
    }
  });
});
