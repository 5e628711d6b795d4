import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pinnedNode } from '../../../scripts/pinned-node.mjs';
import { pruneModules } from '../../../scripts/prune-modules.mjs';
import { run } from '../../../scripts/native/run.mjs';
import { cached, keyOf } from './cache.mjs';
import { compileAddons } from './addons.mjs';

const INSTALL_LIMIT_MS = 15 * 60_000;

/**
 * The project's own installation for arm64: what `npm ci --omit=dev` installs on a board, with npm's arm64 binaries, cross-compiled add-ons
 * in place of those that npm would compile there, and the Node that ships.
 *
 * @returns {Promise<string>} a folder with `node`, its licence and `node_modules`
 */
export async function installation({ cache, project, debian, say }) {
  // Not package.json: the lock file has all of its information on packages, and its commands change more often.
  const lock = join(project, 'package-lock.json');
  const prune = join(project, 'scripts/prune-modules.mjs');
  const pins = join(project, 'scripts/pinned-node.json');
  const own = [import.meta.filename, join(import.meta.dirname, 'addons.mjs'), prune, pins];
  const texts = await Promise.all([lock, ...own].map((file) => readFile(file)));
  return cached(cache, 'installation', keyOf(...texts), async (work) => {
    say('installing the project for arm64');
    for (const name of ['package.json', 'package-lock.json'])
      await copyFile(join(project, name), join(work, name));
    await npm(work, ['ci', '--omit=dev', '--libc=glibc']);
    const node = await pinnedNode({ arch: 'arm64', say });
    await copyFile(join(node, 'bin/node'), join(work, 'node'));
    await copyFile(join(node, 'LICENSE'), join(work, 'node.LICENSE'));
    const modules = join(work, 'node_modules');
    await compileAddons({ modules, npm: (args) => npm(work, args), node, debian, say });
    await pruneModules(modules, 'arm64');
  });
}

function npm(cwd, [command, ...args]) {
  const target = [
    '--cpu=arm64',
    '--os=linux',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
  ];
  // An npm that runs this script passes on settings of its own, such as the folder it was started in.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !/^npm_|^INIT_CWD$/.test(key)),
  );
  return run('npm', [command, ...target, ...args], { cwd, env, limitMs: INSTALL_LIMIT_MS });
}
