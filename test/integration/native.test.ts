import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const scripts = join(import.meta.dirname, '..', '..', 'scripts');
const PACKAGE = join('node_modules', '@tensorflow', 'tfjs-node');

/** Answers pip, notes each download, and unpacks two libraries, as the real one does with the wheel. */
const PYTHON = `#!/bin/sh
here="\${0%/*}"
case "$*" in
  *"pip download"*) echo download >> "$here/../downloads"; [ ! -e "$here/../offline" ] || { echo "ERROR: no route" >&2; exit 1; } ;;
  -c*) /bin/mkdir -p "$4/lib" "$4/include"; echo cc > "$4/lib/libtensorflow_cc.so.2"; echo fw > "$4/lib/libtensorflow_framework.so.2" ;;
esac
`;

/** Stands in for the compiler's driver: writes the binding when the library lies where the real build looks for it. */
const NODE_PRE_GYP = `
const fs = require('node:fs');
fs.readFileSync('deps/lib/libtensorflow.so');
fs.readdirSync('deps/include');
fs.mkdirSync('lib/napi-v8', { recursive: true });
fs.writeFileSync('lib/napi-v8/tfjs_binding.node', 'binding');
`;

/** Answers the check: works when the binding is there and says it is no broken one. */
const TFJS = `
if (require('node:fs').readFileSync(__dirname + '/lib/napi-v8/tfjs_binding.node', 'utf8') !== 'binding') throw new Error('broken');
if (require('node:fs').existsSync(__dirname + '/no-avx')) process.abort();
module.exports = {
  tidy: (f) => f(),
  tensor1d: (values) => values,
  add: (a, b) => ({ sum: () => ({ dataSync: () => [a.reduce((x, y) => x + y + b, 0)] }) }),
  getBackend: () => 'tensorflow',
};
`;

let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'stage-'));
  await cp(scripts, join(root, 'scripts'), { recursive: true });
  const binary = {
    module_name: 'tfjs_binding',
    module_path: './lib/napi-v{napi_build_version}',
    napi_versions: [7, 8],
  };
  await write(join(PACKAGE, 'package.json'), JSON.stringify({ version: '4.22.0', main: 'index.js', binary }));
  await write(join(PACKAGE, 'index.js'), TFJS);
  await write(join('node_modules', '@mapbox', 'node-pre-gyp', 'bin', 'node-pre-gyp'), NODE_PRE_GYP);
  for (const tool of ['g++', 'make']) await program(tool, '#!/bin/sh\n');
  await program('python3', PYTHON);
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

async function program(name: string, text: string): Promise<void> {
  await write(join('bin', name), text);
  await chmod(join(root, 'bin', name), 0o755);
}

/** Runs the script as npm does after an installation, with nothing on its path but the programs of this test. */
function stage(env: Record<string, string> = {}): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/stage-native.mjs'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      PATH: `${join(root, 'bin')}:/no/such/folder`,
      HOME: root,
      XDG_CACHE_HOME: join(root, 'cache'),
      ...env,
    },
  });
  return { status, output: stdout + stderr };
}

async function downloads(): Promise<number> {
  const text = await readFile(join(root, 'downloads'), 'utf8').catch(() => '');
  return text.split('\n').length - 1;
}

function cached(): Promise<string[]> {
  return readdir(join(root, 'cache', 'dermoscopy-kiosk'));
}

const supported = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch);

describe.runIf(supported)('staging the native backend after an installation', () => {
  it('leaves a binding that was seen to run, and does nothing the next time', async () => {
    expect(stage()).toMatchObject({
      status: 0,
      output: expect.stringContaining('native backend: ready\n') as string,
    });
    expect(existsSync(join(root, PACKAGE, 'deps', 'lib', 'libtensorflow_cc.so.2'))).toBe(true);
    expect(await cached()).toHaveLength(1);
    expect(stage()).toMatchObject({ status: 0, output: 'native backend: ready (nothing to do)\n' });
    expect(await downloads()).toBe(1);
  });

  it('takes the library from the cache after node_modules was installed afresh', async () => {
    stage();
    await rm(join(root, PACKAGE, 'deps'), { recursive: true });
    expect(stage().output).toContain('native backend: ready\n');
    expect(await downloads()).toBe(1);
  });

  it('repeats what an interrupted run left half done', async () => {
    stage();
    const folder = join('cache', 'dermoscopy-kiosk', (await cached())[0]!);
    await rm(join(root, folder, 'done.json'));
    await rm(join(root, PACKAGE, 'deps', 'staged.json'));
    await write(join(PACKAGE, 'lib', 'napi-v8', 'tfjs_binding.node'), 'bind');
    // A process id that no process has: what an interrupted download leaves.
    await write(join(`${folder}.4194305-abcdef`, 'half.whl'), 'half');
    expect(stage().output).toContain('native backend: ready\n');
    expect(await downloads()).toBe(2);
    expect(await cached()).toHaveLength(1);
  });

  it('fetches again when a cached library is cut off', async () => {
    stage();
    await write(join('cache', 'dermoscopy-kiosk', (await cached())[0]!, 'lib', 'libtensorflow_cc.so.2'), 'c');
    await rm(join(root, PACKAGE, 'deps'), { recursive: true });
    expect(stage().output).toContain('native backend: ready\n');
    expect(await downloads()).toBe(2);
  });

  it.each([
    {
      name: 'there is no Python',
      prepare: () => rm(join(root, 'bin', 'python3')),
      words: ['there is no python3', 'cure: install Python 3'],
    },
    {
      name: 'Python has no pip',
      prepare: () => program('python3', '#!/bin/sh\n[ "$1" != -m ]\n'),
      words: ['Python has no pip', 'python3-pip'],
    },
    {
      name: 'there is no network',
      prepare: () => write('offline', ''),
      words: ['could not be fetched', 'no route', 'cure: make the Python package index reachable'],
    },
    {
      name: 'there is no compiler',
      prepare: () => rm(join(root, 'bin', 'g++')),
      words: ['no C++ compiler', 'Debian: g++ make'],
    },
    {
      name: 'the binding does not compile',
      prepare: () =>
        write(
          join('node_modules', '@mapbox', 'node-pre-gyp', 'bin', 'node-pre-gyp'),
          'throw new Error("c++")',
        ),
      words: ['did not compile', 'Error: c++'],
    },
    {
      name: 'the library ends the process that loads it',
      prepare: () => write(join(PACKAGE, 'no-avx'), ''),
      words: ['does not run', 'AVX'],
    },
  ])('never fails the installation: when $name it says so, with the cure', async ({ prepare, words }) => {
    await prepare();
    const { status, output } = stage();
    expect(status).toBe(0);
    for (const word of [...words, 'node scripts/stage-native.mjs']) expect(output).toContain(word);
    expect(existsSync(join(root, PACKAGE, 'deps', 'staged.json'))).toBe(false);
    const leftovers = (await cached().catch(() => [])).filter((name) => /\.\d+-\w{6}$/.test(name));
    expect(leftovers).toEqual([]);
  });

  it('is skipped with a word when asked', async () => {
    expect(stage({ KIOSK_SKIP_NATIVE: '1' })).toMatchObject({
      status: 0,
      output: 'native backend: skipped, because KIOSK_SKIP_NATIVE is set\n',
    });
    expect(await downloads()).toBe(0);
  });
});
