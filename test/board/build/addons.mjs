import { join } from 'node:path';
import { compile, placeLibrary } from '../../../scripts/native/binding.mjs';
import { libraryFolder } from '../../../scripts/native/library.mjs';
import { nodeGyp } from '../../../scripts/native/node-gyp.mjs';
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

/**
 * Cross-compiles for arm64 what npm compiles at installation: SQLite, onoff's epoll, libgpiod's binding, TensorFlow's binding.
 * `node` is the folder of the board's Node, with its headers.
 */
export async function compileAddons({ modules, npm, node, debian, say }) {
  await npm(['install', '--omit=dev', '--no-save', 'node-libgpiod@0.5.3']);
  say('compiling better-sqlite3, epoll and node-libgpiod for arm64');
  // SQLite is one C file, so one core is left for the others, and for downloading TensorFlow.
  await Promise.all([
    gyp(join(modules, 'better-sqlite3'), node),
    compileOthers({ modules, node, debian, say }),
  ]);
}

async function compileOthers({ modules, node, debian, say }) {
  await gyp(join(modules, 'epoll'), node);
  await gyp(join(modules, 'node-libgpiod'), node, libgpiod(debian));
  await tensorflow(join(modules, '@tensorflow/tfjs-node'), say);
}

/** Only libgpiod itself is taken from the board's root file system: otherwise its C library would precede the compiler's own. */
function libgpiod(debian) {
  const lib = join(debian, 'usr/lib', TRIPLET);
  return {
    CXXFLAGS: `-idirafter ${join(debian, 'usr/include')}`,
    CFLAGS: `-idirafter ${join(debian, 'usr/include')}`,
    LDFLAGS: `-L${lib} -Wl,--allow-shlib-undefined`,
  };
}

async function gyp(folder, node, flags = {}) {
  const program = nodeGyp(process.env);
  if (program === undefined) throw new Error('there is no node-gyp: install npm, which brings it');
  await run(process.execPath, [program, 'rebuild', '--release', '--arch=arm64', `--nodedir=${node}`], {
    cwd: folder,
    env: { ...process.env, ...CROSS, ...flags },
    limitMs: COMPILE_LIMIT_MS,
  });
}

/** The same library, pinned by the same hash, as `scripts/stage-native.mjs` stages on a board; only the compiler differs. */
async function tensorflow(folder, say) {
  const facts = { platform: 'linux', arch: 'arm64', glibc: 'yes' };
  const { wheel, skip } = planFor({ ...facts, skip: false, omitted: false });
  if (wheel === undefined) throw new Error(`tfjs-node for the board: ${skip}`);
  const library = await libraryFolder({ wheel, arch: 'arm64', env: process.env, say });
  say('compiling the binding of tfjs-node for arm64');
  await placeLibrary(folder, library);
  await compile(folder, { ...process.env, ...CROSS }, 'arm64');
}
