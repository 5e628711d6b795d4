// Removes files that are not needed at run time from installed modules: node scripts/prune-modules.mjs MODULES
// The only list of them, for the images (docker/install) and the Debian packages (scripts/deb).
import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Sources, and files needed only for compiling. */
const COMPILING = [
  ...['@tensorflow/tfjs-node/binding', '@tensorflow/tfjs-node/deps/include'],
  ...['node-gyp', 'nan'],
];

/** Each add-on is compiled in its own folder. */
const ADDONS = ['better-sqlite3', 'epoll', 'node-libgpiod'];
const OF_AN_ADDON = ['deps', 'src', ...['obj', 'obj.target', 'test_extension.node'].map(released)];

/** onnxruntime contains binaries for every system. */
const RUNTIMES = 'onnxruntime-node/bin/napi-v6';

/** Maps of bundled sources, most of them TensorFlow's, and types are read by debuggers and compilers only. */
const READ_BY_TOOLS = /\.(?:map|[cm]?ts|flow)$/;

/**
 * @param {string} modules a folder `node_modules`
 * @param {string} arch the processor it is for, as Node names it
 */
export async function pruneModules(modules, arch) {
  const addons = ADDONS.flatMap((addon) => OF_AN_ADDON.map((part) => join(addon, part)));
  const systems = ['darwin', 'win32', ...['x64', 'arm64'].filter((name) => name !== arch).map(onLinux)];
  const others = systems.map((system) => join(RUNTIMES, system));
  for (const name of [...COMPILING, ...addons, ...others])
    await rm(join(modules, name), { recursive: true, force: true });
  await pruneFiles(modules);
}

/** Names that begin with a dot are settings of linters, tests and version control, and npm's own. */
async function pruneFiles(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.') || (entry.isFile() && READ_BY_TOOLS.test(entry.name)))
      await rm(path, { recursive: true });
    else if (entry.isDirectory()) await pruneFiles(path);
  }
}

function released(part) {
  return join('build/Release', part);
}

function onLinux(arch) {
  return join('linux', arch);
}

if (basename(process.argv[1] ?? '') === basename(import.meta.filename)) {
  const [modules] = process.argv.slice(2);
  if (modules === undefined) throw new Error('specify the folder node_modules');
  await pruneModules(modules, process.arch);
}
