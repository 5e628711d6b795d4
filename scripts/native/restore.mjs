import { copyFile, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run, StageError } from './run.mjs';

const INSTALL_LIMIT_MS = 15 * 60_000;

/**
 * npm before 11 does not know `allowScripts`: it runs tfjs-node's own installer, and when that cannot reach its bucket, drops the
 * optional package and what only it needs. This restores them: the lock file is installed without scripts into a separate folder,
 * and only the missing packages are moved from there; nothing that npm has installed is touched.
 */
export async function restorePackage(root, name, env) {
  const modules = join(root, 'node_modules');
  await mkdir(modules, { recursive: true });
  const work = await mkdtemp(join(modules, '.restore-'));
  try {
    for (const file of ['package.json', 'package-lock.json'])
      await copyFile(join(root, file), join(work, file));
    if (existsSync(join(root, '.npmrc'))) await copyFile(join(root, '.npmrc'), join(work, '.npmrc'));
    await install(work, env);
    for (const path of await lockedPaths(root, name)) {
      // Checked one by one: a moved package includes those nested in it.
      if (!existsSync(join(root, path)) && existsSync(join(work, path))) {
        await move(join(work, path), join(root, path));
      }
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  if (!existsSync(join(modules, name, 'package.json'))) {
    throw new StageError(
      `${name} is not in the lock file`,
      'install from the project’s own package-lock.json',
    );
  }
}

async function install(work, env) {
  const npm = env.npm_execpath;
  const args = [
    'ci',
    '--ignore-scripts',
    '--omit=dev',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--prefix',
    work,
  ];
  const [program, first] = npm?.endsWith('js') ? [process.execPath, [npm]] : ['npm', []];
  try {
    // The outer `npm ci` passes on its own settings; those that name folders would lead back to it.
    const own = Object.entries(env).filter(
      ([key]) => !/^npm_config_(?:local_prefix|prefix|global)$|^INIT_CWD$/.test(key),
    );
    await run(program, [...first, ...args], {
      cwd: work,
      env: Object.fromEntries(own),
      limitMs: INSTALL_LIMIT_MS,
    });
  } catch (error) {
    throw new StageError(
      `tfjs-node was dropped by npm and could not be reinstalled (${error.message})`,
      'use npm 11, which does not run the package’s install script',
    );
  }
}

/**
 * Folders of the lock file, outer before inner, so that a moved package includes what is nested in it; the package itself last, so that
 * it exists only once all its dependencies do.
 */
async function lockedPaths(root, name) {
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path]) => path)
    .sort((a, b) => a.split('/').length - b.split('/').length)
    .sort((a, b) => Number(a === `node_modules/${name}`) - Number(b === `node_modules/${name}`));
}

async function move(from, to) {
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to);
}
