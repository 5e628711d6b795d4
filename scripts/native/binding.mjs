import { copyFile, link, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { sameStamp } from './plan.mjs';
import { run, runs, StageError } from './run.mjs';

/** Written last; says what the binding was built for. */
const STAMP = 'staged.json';

/** The linker asks for these names; what is loaded later goes by the libraries' own. */
const LINK_NAMES = {
  'libtensorflow.so': 'libtensorflow_cc.so.2',
  'libtensorflow_framework.so': 'libtensorflow_framework.so.2',
};

const COMPILE_LIMIT_MS = 30 * 60_000;
const CHECK_LIMIT_MS = 10 * 60_000;

/** One operation through the binding: the library loads, and runs on this processor. */
const CHECK = `
const tf = require(process.argv[1]);
const sum = tf.tidy(() => tf.add(tf.tensor1d([1, 2]), 1).sum().dataSync()[0]);
if (tf.getBackend() !== 'tensorflow' || sum !== 5) throw new Error('the backend answered ' + sum);
`;

export async function isStaged(packageDir, stamp) {
  const deps = join(packageDir, 'deps');
  try {
    if (!sameStamp(JSON.parse(await readFile(join(deps, STAMP), 'utf8')), stamp)) return false;
  } catch {
    return false;
  }
  return (
    existsSync(bindingPath(packageDir)) &&
    Object.values(LINK_NAMES).every((name) => existsSync(join(deps, 'lib', name)))
  );
}

export async function requireCompiler(env) {
  const compilers = env.CXX ? [env.CXX.split(' ')[0]] : ['g++', 'c++', 'clang++'];
  const found = await Promise.all(compilers.map((compiler) => runs(compiler, ['--version'], env)));
  if (found.includes(true) && (await runs('make', ['--version'], env))) return;
  throw new StageError('there is no C++ compiler with make', 'install them (Debian: g++ make)');
}

/** Puts the library where the package's own build description and the binding's run path look for it. */
export async function placeLibrary(packageDir, library) {
  const deps = join(packageDir, 'deps');
  await rm(deps, { recursive: true, force: true });
  await mkdir(join(deps, 'lib'), { recursive: true });
  for (const name of await readdir(join(library, 'lib'))) {
    await linkOrCopy(join(library, 'lib', name), join(deps, 'lib', name));
  }
  for (const [name, target] of Object.entries(LINK_NAMES)) await symlink(target, join(deps, 'lib', name));
  // Only the compiler reads the headers; the link goes when it is done.
  await symlink(join(library, 'include'), join(deps, 'include'));
}

/** A hard link costs no space; another file system, or one without links, gets a copy. */
async function linkOrCopy(from, to) {
  await link(from, to).catch(() => copyFile(from, to));
}

export async function compile(packageDir, env) {
  const program = createRequire(join(packageDir, 'package.json')).resolve(
    '@mapbox/node-pre-gyp/bin/node-pre-gyp',
  );
  const settings = { ...env, ...nodeGyp(env), ...headers(env) };
  try {
    await run(process.execPath, [program, 'install', '--build-from-source'], {
      cwd: packageDir,
      env: settings,
      limitMs: COMPILE_LIMIT_MS,
    });
  } catch (error) {
    throw new StageError(
      `the binding did not compile (${error.message})`,
      'install a C++ compiler, make and Python 3, and let Node’s headers be found (npm config nodedir) or fetched',
    );
  } finally {
    await removeBuildFolders(packageDir);
    await rm(join(packageDir, 'deps', 'include'), { force: true });
  }
}

async function removeBuildFolders(packageDir) {
  for (const name of await readdir(packageDir)) {
    if (/^build(?:-tmp-.*)?$/.test(name)) await rm(join(packageDir, name), { recursive: true, force: true });
  }
}

/** npm names its own node-gyp to the scripts it runs; run by hand, it is looked for beside this Node's npm. */
function nodeGyp(env) {
  if (env.npm_config_node_gyp) return {};
  const npm = join(prefix(), 'lib', 'node_modules', 'npm', 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  return existsSync(npm) ? { npm_config_node_gyp: npm } : {};
}

/** Headers that came with this Node save node-gyp a download, which many networks refuse. */
function headers(env) {
  if (env.npm_config_nodedir || !existsSync(join(prefix(), 'include', 'node', 'node_api.h'))) return {};
  return { npm_config_nodedir: prefix() };
}

function prefix() {
  return dirname(dirname(process.execPath));
}

/** In a process of its own: a library that this processor cannot run ends it, not the installation. */
export async function check(packageDir, env) {
  try {
    await run(process.execPath, ['-e', CHECK, packageDir], {
      env: { ...env, TF_CPP_MIN_LOG_LEVEL: '2' },
      limitMs: CHECK_LIMIT_MS,
    });
  } catch (error) {
    throw new StageError(
      `the binding was built but does not run (${error.message})`,
      'see whether the processor has AVX',
    );
  }
}

export async function writeStamp(packageDir, stamp) {
  await writeFile(join(packageDir, 'deps', STAMP), `${JSON.stringify(stamp)}\n`);
}

/** Where the package itself looks for its binding: the newest Node-API it knows that this Node has. */
function bindingPath(packageDir) {
  const { binary } = createRequire(import.meta.url)(join(packageDir, 'package.json'));
  const known = binary.napi_versions.filter((version) => version <= Number(process.versions.napi));
  const folder = binary.module_path.replace('{napi_build_version}', String(Math.max(...known)));
  return join(packageDir, folder, `${binary.module_name}.node`);
}
