import {
  copyFile,
  cp,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeGyp, nodePrefix } from './node-gyp.mjs';
import { sameStamp } from './plan.mjs';
import { run, runs, StageError } from './run.mjs';

/** Written last; states what the binding was built for. */
const STAMP = 'staged.json';

/** The linker needs these names; at run time the libraries' own names count. */
const LINK_NAMES = {
  'libtensorflow.so': 'libtensorflow_cc.so.2',
  'libtensorflow_framework.so': 'libtensorflow_framework.so.2',
};

const COMPILE_LIMIT_MS = 30 * 60_000;
const CHECK_LIMIT_MS = 10 * 60_000;

/** Small, and sufficient to show that the library loads, runs on this processor and computes correctly. */
const CHECKED_WITH = 'model/bundles/seed-cnn';

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
  throw new StageError('no C++ compiler or make found', 'install them (Debian: g++ make)');
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
  // Only the compiler reads the headers; the link is removed afterwards.
  await symlink(join(library, 'include'), join(deps, 'include'));
}

/** A hard link costs no space; another file system, or one without links, gets a copy. */
async function linkOrCopy(from, to) {
  await link(from, to).catch(() => copyFile(from, to));
}

/**
 * Compiles in a temporary folder: the package's build description breaks on a space in its path, and users name the installation folder.
 * The result is then moved to where the package looks for it.
 *
 * @param {string} packageDir with the library in place, see `placeLibrary`
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [arch] another processor than this one's; `env` then names its compiler
 */
export async function compile(packageDir, env, arch = process.arch) {
  const program = createRequire(join(packageDir, 'package.json')).resolve(
    '@mapbox/node-pre-gyp/bin/node-pre-gyp',
  );
  const gyp = nodeGyp(env);
  if (gyp === undefined) throw new StageError('node-gyp not found', 'install npm, which includes it');
  const work = await mkdtemp(join(folderWithoutSpaces(), 'kiosk-binding-'));
  try {
    await cp(join(packageDir, 'binding'), join(work, 'binding'), { recursive: true });
    for (const name of ['package.json', 'binding.gyp'])
      await copyFile(join(packageDir, name), join(work, name));
    await symlink(join(packageDir, 'deps'), join(work, 'deps'));
    await run(process.execPath, [program, 'install', '--build-from-source', `--target_arch=${arch}`], {
      cwd: work,
      env: { ...env, npm_config_node_gyp: gyp, ...(await headers(env, work)) },
      limitMs: COMPILE_LIMIT_MS,
    });
    await rm(join(packageDir, 'lib'), { recursive: true, force: true });
    await cp(join(work, 'lib'), join(packageDir, 'lib'), { recursive: true });
  } catch (error) {
    throw new StageError(`the binding did not compile (${error.message})`, compileCure(error.message));
  } finally {
    await rm(work, { recursive: true, force: true });
    await rm(join(packageDir, 'deps', 'include'), { force: true });
  }
}

function folderWithoutSpaces() {
  const folder = [tmpdir(), '/tmp', '/var/tmp'].find((path) => !/\s/.test(path) && existsSync(path));
  if (folder === undefined)
    throw new StageError('no folder to compile in', 'set TMPDIR to a folder whose path has no spaces');
  return folder;
}

/**
 * The headers of this Node, or those named by npm's settings; without either node-gyp downloads them, which many networks block. They
 * are linked, because node-gyp breaks on a space in their path too.
 */
async function headers(env, work) {
  const own = existsSync(join(nodePrefix(), 'include', 'node', 'node_api.h')) ? nodePrefix() : undefined;
  const folder = own ?? env.npm_config_nodedir;
  if (!folder) return {};
  await symlink(folder, join(work, 'node'));
  return { npm_config_nodedir: join(work, 'node') };
}

/** Chosen by the output of the compiler or node-gyp. */
function compileCure(message) {
  if (/node_api\.h|node version|headers|ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN/i.test(message))
    return 'make Node’s headers available: npm config set nodedir FOLDER, where FOLDER contains include/node';
  if (/Python/.test(message)) return 'install Python 3';
  if (/ENOSPC|No space left/i.test(message)) return 'free some space in the folder for temporary files';
  return 'report this, with the line above';
}

/** In a separate process: a library that this processor cannot run kills it, not the installation. */
export async function check(packageDir, { root, env }) {
  const program = join(import.meta.dirname, 'check-binding.mjs');
  try {
    await run(process.execPath, [program, packageDir, join(root, CHECKED_WITH)], {
      env: { ...env, TF_CPP_MIN_LOG_LEVEL: '2' },
      limitMs: CHECK_LIMIT_MS,
    });
  } catch (error) {
    throw new StageError(
      `the binding was built but does not run (${error.message})`,
      error.signal ? 'check that the processor supports AVX' : 'report this, with the line above',
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
