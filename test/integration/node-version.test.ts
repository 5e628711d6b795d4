import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const project = join(import.meta.dirname, '..', '..');
let root: string;

/** Makes the project require a version of Node, for example one newer than this one. */
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kiosk-old-node-'));
  for (const name of ['bin', 'scripts']) await cp(join(project, name), join(root, name), { recursive: true });
  await setNode('>=99.12');
});

afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

async function setNode(engines: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(project, 'package.json'), 'utf8')) as object;
  await writeFile(join(root, 'package.json'), JSON.stringify({ ...manifest, engines: { node: engines } }));
}

function run(program: string, ...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

it.each([
  ['kiosk', [process.execPath, 'bin/kiosk.js', 'help']],
  ['what npm runs after an installation', ['npm', 'run', '--silent', 'postinstall']],
  ['npm start', ['npm', '--silent', 'start']],
  ['npm test', ['npm', '--silent', 'test']],
  ['npm run build', ['npm', 'run', '--silent', 'build']],
])('reports in one sentence that Node is too old: %s', (_, [program, ...args]) => {
  expect(run(program!, ...args)).toEqual({
    status: 1,
    output: `The kiosk needs Node 99.12 or later; this is ${process.versions.node}. See docs/install.md.\n`,
  });
});

it.each([
  ['0.1', true],
  [process.versions.node, true],
  [`${process.versions.node.split('.')[0]!}.999`, false],
  [`${Number(process.versions.node.split('.')[0]) + 1}.0`, false],
  ['9.99', true],
])('compares versions as numbers: %s suffices is %s', async (needed, suffices) => {
  await setNode(`>=${needed}`);
  expect(run(process.execPath, 'bin/require-node.js').status).toBe(suffices ? 0 : 1);
});
