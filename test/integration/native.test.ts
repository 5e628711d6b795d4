import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { driverOf } from '../support/engines.ts';

const project = join(import.meta.dirname, '..', '..');
const PACKAGE = join('node_modules', '@tensorflow', 'tfjs-node');
const BINDING = join(PACKAGE, 'lib', 'napi-v8', 'tfjs_binding.node');
const NODE_PRE_GYP = join('node_modules', '@mapbox', 'node-pre-gyp');
const DRIVER = join(NODE_PRE_GYP, 'bin', 'node-pre-gyp');

/** The library that was actually staged here. */
const STAGED = join(project, PACKAGE, 'deps', 'lib');

/**
 * Acts as pip, logs each download, and unpacks the wheel: the library is linked from where it was actually staged, since a
 * download of 200 MB is the one thing that is faked.
 */
const PYTHON = `#!/bin/sh
here="\${0%/*}"
case "$*" in
  *"pip download"*) echo download >> "$here/../downloads"; [ ! -e "$here/../offline" ] || { echo "ERROR: no route" >&2; exit 1; } ;;
  -c*) /bin/mkdir -p "$4/lib" "$4/include"; for name in '${STAGED}'/*.so.*; do /bin/ln -s "$name" "$4/lib/"; done ;;
esac
`;

/** Replaces node-pre-gyp in tests of other parts: provides the binding that was actually compiled here. */
const COMPILED_HERE = `
const fs = require('node:fs');
fs.readFileSync('deps/lib/libtensorflow.so');
fs.readdirSync('deps/include');
fs.cpSync('${join(project, PACKAGE, 'lib')}', 'lib', { recursive: true });
`;

let root = '';

beforeEach(async (context) => {
  const driver = await driverOf('tfjs-node');
  if ('missing' in driver) context.skip(driver.missing);
  root = await mkdtemp(join(tmpdir(), 'stage-'));
  await createProject(root);
  await write(DRIVER, COMPILED_HERE);
  for (const tool of ['g++', 'make']) await program(tool, '#!/bin/sh\n');
  await program('python3', PYTHON);
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

/** An installation before its native backend is staged: the real package, with links to its dependencies. */
async function createProject(folder: string): Promise<void> {
  await cp(join(project, 'scripts'), join(folder, 'scripts'), { recursive: true });
  await cp(join(project, PACKAGE), join(folder, PACKAGE), {
    recursive: true,
    filter: (path) => !/tfjs-node\/(?:deps|lib)$/.test(path),
  });
  await cp(join(project, NODE_PRE_GYP), join(folder, NODE_PRE_GYP), { recursive: true });
  await mkdir(join(folder, 'model', 'bundles'), { recursive: true });
  await symlink(join(project, 'model', 'bundles', 'seed-cnn'), join(folder, 'model', 'bundles', 'seed-cnn'));
  const modules = join(project, 'node_modules');
  const scoped = (await readdir(join(modules, '@tensorflow'))).map((name) => join('@tensorflow', name));
  for (const name of [...(await readdir(modules)), ...scoped]) {
    if (!/^\.|^@(?:tensorflow|mapbox)$|tfjs-node$/.test(name))
      await symlink(join(modules, name), join(folder, 'node_modules', name));
  }
}

/** Removes the old file first: it may be a link to a staged file, which must not be overwritten. */
async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await rm(join(root, path), { force: true });
  await writeFile(join(root, path), text, { flag: 'wx' });
}

async function program(name: string, text: string): Promise<void> {
  await write(join('bin', name), text);
  await chmod(join(root, 'bin', name), 0o755);
}

/** Runs the script as npm does after an installation, with only the programs of this test on its path. */
function stage(env: Record<string, string> = {}): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/stage-native.mjs'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      PATH: `${join(root, 'bin')}:/no/such/folder`,
      HOME: root,
      XDG_CACHE_HOME: join(root, 'cache'),
      npm_config_node_gyp: '/no/such/node-gyp',
      ...env,
    },
  });
  return { status, output: stdout + stderr };
}

/** Replaces the expected values of the self-test with wrong ones. */
async function changeExpectedValues(): Promise<void> {
  const bundle = join(root, 'model', 'bundles', 'seed-cnn');
  await rm(bundle);
  await cp(join(project, 'model', 'bundles', 'seed-cnn'), bundle, { recursive: true });
  const file = join(bundle, 'self-test.json');
  await writeFile(file, (await readFile(file, 'utf8')).replaceAll(/0\.\d{4,}/g, '0.5'));
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
  it('leaves a binding that passed its test, and does nothing the next time', async () => {
    expect(stage()).toMatchObject({
      status: 0,
      output: expect.stringContaining('native backend: ready\n') as string,
    });
    expect(existsSync(join(root, PACKAGE, 'deps', 'lib', 'libtensorflow_cc.so.2'))).toBe(true);
    expect(await cached()).toHaveLength(1);
    expect(stage()).toMatchObject({ status: 0, output: 'native backend: ready (nothing to do)\n' });
    expect(await downloads()).toBe(1);
  });

  it('takes the library from the cache after node_modules was reinstalled', async () => {
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
    await write(BINDING, 'bind');
    // An interrupted download leaves this behind; no process has this id.
    await write(join(`${folder}.4194305-abcdef`, 'half.whl'), 'half');
    expect(stage().output).toContain('native backend: ready\n');
    expect(await downloads()).toBe(2);
    expect(await cached()).toHaveLength(1);
  });

  it('downloads again if a cached library is truncated', async () => {
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
      words: ['python3 not found', 'to fix: install Python 3'],
    },
    {
      name: 'Python has no pip',
      prepare: () => program('python3', '#!/bin/sh\n[ "$1" != -m ]\n'),
      words: ['Python has no pip', 'python3-pip'],
    },
    {
      name: 'there is no network',
      prepare: () => write('offline', ''),
      words: ['could not be downloaded', 'no route', 'to fix: make the Python package index reachable'],
    },
    {
      name: 'there is no compiler',
      prepare: () => rm(join(root, 'bin', 'g++')),
      words: ['no C++ compiler', 'Debian: g++ make'],
    },
    {
      name: 'the binding does not compile',
      prepare: () => write(DRIVER, 'throw new Error("c++")'),
      words: ['did not compile', 'Error: c++', 'to fix: report this'],
    },
    {
      name: 'there are no headers of Node',
      prepare: () => write(DRIVER, 'throw new Error("getaddrinfo ENOTFOUND a.host")'),
      words: ['did not compile', 'to fix: make Node’s headers available'],
    },
    {
      name: 'the library ends the process that loads it',
      prepare: () => write(join(PACKAGE, 'dist', 'index.js'), 'process.abort()'),
      words: ['does not run', 'AVX'],
    },
    {
      name: 'the binding computes something else',
      prepare: () => changeExpectedValues(),
      words: ['does not run', 'self-test vector “colour ramps” differs by', 'to fix: report this'],
    },
  ])('never fails the installation: if $name, it reports that, with the cure', async ({ prepare, words }) => {
    await prepare();
    const { status, output } = stage();
    expect(status).toBe(0);
    for (const word of [...words, 'npm run postinstall']) expect(output).toContain(word);
    expect(existsSync(join(root, PACKAGE, 'deps', 'staged.json'))).toBe(false);
    const leftovers = (await cached().catch(() => [])).filter((name) => /\.\d+-\w{6}$/.test(name));
    expect(leftovers).toEqual([]);
  });

  it('is skipped with a message on request', async () => {
    expect(stage({ KIOSK_SKIP_NATIVE: '1' })).toMatchObject({
      status: 0,
      output: 'native backend: skipped, because KIOSK_SKIP_NATIVE is set\n',
    });
    expect(await downloads()).toBe(0);
  });

  it('compiles and runs in a folder whose path has spaces', async () => {
    const spaced = join(root, 'my kiosk dir');
    await createProject(spaced);
    const { stdout, stderr } = spawnSync(process.execPath, ['scripts/stage-native.mjs'], {
      cwd: spaced,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: homedir(), XDG_CACHE_HOME: process.env.XDG_CACHE_HOME },
    });
    expect(stdout + stderr).toBe('native backend: compiling the binding\nnative backend: ready\n');
    expect(existsSync(join(spaced, BINDING))).toBe(true);
  });

  it('makes pip use npm’s proxy', async () => {
    const requested: string[] = [];
    const proxy = createServer().on('connect', ({ url = '' }, socket) => {
      requested.push(url);
      socket.end('HTTP/1.1 502 this proxy only listens\r\n\r\n');
    });
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    try {
      await cp(join(project, 'package.json'), join(root, 'package.json'));
      await cp(join(project, 'bin'), join(root, 'bin'), { recursive: true });
      const { port } = proxy.address() as AddressInfo;
      await write('.npmrc', `https-proxy=http://127.0.0.1:${port}\n`);
      await rm(join(root, 'bin', 'python3'));
      const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'postinstall'], {
        cwd: root,
        env: { PATH: process.env.PATH, HOME: root, XDG_CACHE_HOME: join(root, 'cache') },
      });
      expect(requested).not.toEqual([]);
      for (const url of requested) expect(url).toMatch(/:443$/);
      expect(stdout).toContain('the library could not be downloaded');
    } finally {
      proxy.close();
    }
  });
});
