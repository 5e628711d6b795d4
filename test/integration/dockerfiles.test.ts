import { execFile, spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KioskProcess } from '../support/kiosk-process.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');
const lint = join(root, 'docker', 'lint');
const health = join(root, 'docker', 'health.mjs');
const missing =
  spawnSync(lint, ['--installed']).status === 0
    ? undefined
    : 'the linters are not installed: docker/lint --install';

describe('the linters', () => {
  let folder: string;

  beforeEach(async (context) => {
    if (missing !== undefined) context.skip(missing);
    folder = await mkdtemp(join(tmpdir(), 'kiosk-images-'));
    for (const name of ['.github', 'docker', 'Dockerfile', 'Dockerfile.arm64', 'docker-compose.yml'])
      await cp(join(root, name), join(folder, name), { recursive: true });
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('accept the images, their scripts, the compose file and the forms of .github', async () => {
    expect(await run(lint, [root])).toEqual({ stdout: '', stderr: '' });
  });

  it.each([
    ['Dockerfile.arm64', 'WORKDIR /src', 'RUN cd /src', 'DL3003'],
    ['docker/install', '"$home/docker" "$home/model"', '$home/docker $home/model', 'SC2086'],
    ['docker-compose.yml', 'restart: always', 'restart: [always]', 'restart'],
    ['.github/dependabot.yml', 'interval: monthly', 'interval: sometimes', 'interval'],
    ['.github/ISSUE_TEMPLATE/config.yml', 'about: ', 'abuot: ', 'about'],
    ['.github/ISSUE_TEMPLATE/1-bug.yml', 'type: textarea', 'type: textaria', 'textaria'],
  ])('find a mistake in %s', async (name, right, wrong, found) => {
    const text = await readFile(join(folder, name), 'utf8');
    expect(text).toContain(right);
    await writeFile(join(folder, name), text.replace(right, wrong));
    const { status, stdout } = spawnSync(lint, [folder], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stdout).toContain(found);
  });
});

describe('pruning of node_modules', () => {
  const kept = [
    'better-sqlite3/build/Release/better_sqlite3.node',
    'better-sqlite3/lib/index.js',
    `onnxruntime-node/bin/napi-v6/linux/${process.arch}/onnxruntime_binding.node`,
    'pino/lib/deps.js',
  ];
  const foreign = process.arch === 'x64' ? 'arm64' : 'x64';
  const pruned = [
    '.bin/node-gyp',
    'better-sqlite3/deps/sqlite3.c',
    'epoll/build/Release/obj.target/epoll.o',
    `onnxruntime-node/bin/napi-v6/linux/${foreign}/onnxruntime_binding.node`,
    'onnxruntime-node/bin/napi-v6/win32/x64/onnxruntime.dll',
    'pino/lib/deps.js.map',
    'pino/pino.d.ts',
    'pino/.github/workflows/ci.yml',
  ];

  it('removes sources, objects, source maps and binaries for other machines, and nothing that is needed at run time', async () => {
    const modules = await mkdtemp(join(tmpdir(), 'kiosk-modules-'));
    try {
      for (const name of [...kept, ...pruned]) {
        await mkdir(join(modules, dirname(name)), { recursive: true });
        await writeFile(join(modules, name), '');
      }
      await run(process.execPath, [join(root, 'scripts', 'prune-modules.mjs'), modules]);
      const remaining = (await readdir(modules, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => relative(modules, join(entry.parentPath, entry.name)));
      expect(remaining.sort()).toEqual([...kept].sort());
    } finally {
      await rm(modules, { recursive: true });
    }
  });
});

it('has two kiosk images that differ only in their processor', async () => {
  const same = (text: string): string =>
    text
      .split('\n')
      .filter((line) => !/^# (The kiosk’s|The kiosk's|Build:)/.test(line))
      .join('\n')
      .replace('"arm64"', '"amd64"');
  const [x64, arm64] = await Promise.all(
    ['Dockerfile', 'Dockerfile.arm64'].map((name) => readFile(join(root, name), 'utf8')),
  );
  expect(same(arm64!)).toBe(same(x64!));
});

it('reports a kiosk with an unplugged camera as live but not ready, so that Docker does not restart it', async () => {
  const kiosk = await KioskProcess.start({
    KIOSK_CAMERA: 'replay',
    KIOSK_REPLAY_DIR: '/nonexistent',
  });
  try {
    const env = { ...process.env, KIOSK_PORT: new URL(kiosk.url).port };
    const check = (what: string) => spawnSync(process.execPath, [health, what], { env }).status;
    expect((await kiosk.json('/health/ready')).status).toBe(503);
    expect((await kiosk.json('/health/live')).status).toBe(200);
    expect(check('ready')).toBe(1);
    expect(check('live')).toBe(0);
    await kiosk.end();
    expect(check('live')).toBe(1);
  } finally {
    await kiosk.dispose();
  }
});
