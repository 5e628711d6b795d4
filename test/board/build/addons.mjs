import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { placeLibrary } from '../../../scripts/native/binding.mjs';
import { libraryFolder } from '../../../scripts/native/library.mjs';
import { planFor } from '../../../scripts/native/plan.mjs';
import { run } from '../../../scripts/native/run.mjs';

const COMPILE_LIMIT_MS = 30 * 60_000;
const TRIPLET = 'aarch64-linux-gnu';

/** Debian's g++-aarch64-linux-gnu; node-gyp takes these names from the environment. */
const CROSS = {
  CC: `${TRIPLET}-gcc`,
  CXX: `${TRIPLET}-g++`,
  LINK: `${TRIPLET}-g++`,
  AR: `${TRIPLET}-ar`,
};

/** Compiles for arm64 what npm compiles where it installs: SQLite, onoff's epoll, libgpiod's binding, TensorFlow's binding. */
export async function compileAddons({ modules, npm, debian, say }) {
  await npm(['install', '--omit=dev', '--no-save', 'node-libgpiod@0.5.3']);
  say('compiling better-sqlite3, epoll and node-libgpiod for arm64');
  // SQLite is one file of C, so one core is left for the others, and for the fetching of TensorFlow.
  await Promise.all([gyp(join(modules, 'better-sqlite3')), compileOthers(modules, debian, say)]);
}

async function compileOthers(modules, debian, say) {
  await gyp(join(modules, 'epoll'));
  await gyp(join(modules, 'node-libgpiod'), libgpiod(debian));
  await tensorflow(join(modules, '@tensorflow/tfjs-node'), say);
}

/** Only libgpiod itself is taken from the board's root: with all of it, its C library would stand before the compiler's own. */
function libgpiod(debian) {
  const lib = join(debian, 'usr/lib', TRIPLET);
  return {
    CXXFLAGS: `-idirafter ${join(debian, 'usr/include')}`,
    CFLAGS: `-idirafter ${join(debian, 'usr/include')}`,
    LDFLAGS: `-L${lib} -Wl,--allow-shlib-undefined`,
  };
}

async function gyp(folder, flags = {}) {
  await run(process.execPath, [nodeGyp(), 'rebuild', '--release', '--arch=arm64', `--nodedir=${nodeDir()}`], {
    cwd: folder,
    env: { ...process.env, ...CROSS, ...flags },
    limitMs: COMPILE_LIMIT_MS,
  });
}

/** The same library, pinned by the same hash, as `scripts/stage-native.mjs` stages on a board; only the compiler is another. */
async function tensorflow(folder, say) {
  const facts = { platform: 'linux', arch: 'arm64', glibc: 'yes', node: process.versions.node };
  const { wheel, skip } = planFor({ ...facts, skip: false, omitted: false });
  if (wheel === undefined) throw new Error(`tfjs-node for the board: ${skip}`);
  const library = await libraryFolder({ wheel, arch: 'arm64', env: process.env, say });
  say('compiling the binding of tfjs-node for arm64');
  await placeLibrary(folder, library);
  const program = join(dirname(dirname(folder)), '@mapbox/node-pre-gyp/bin/node-pre-gyp');
  await run(process.execPath, [program, 'install', '--build-from-source', '--target_arch=arm64'], {
    cwd: folder,
    env: { ...process.env, ...CROSS, npm_config_node_gyp: nodeGyp(), npm_config_nodedir: nodeDir() },
    limitMs: COMPILE_LIMIT_MS,
  });
  for (const name of await readdir(folder)) {
    if (/^build(?:-tmp-.*)?$/.test(name)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** npm's own copy of node-gyp, beside this Node. */
function nodeGyp() {
  const path = join(nodeDir(), 'lib/node_modules/npm/node_modules/node-gyp/bin/node-gyp.js');
  if (!existsSync(path))
    throw new Error(`there is no ${path}: the board needs the npm that came with this Node`);
  return path;
}

function nodeDir() {
  return dirname(dirname(process.execPath));
}
