import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { LIBRARY_VERSION, npmSettingsForPip, pipArgumentsOf, requirementsOf } from './plan.mjs';
import { run, runs, StageError } from './run.mjs';

/** Present only in a complete folder, with the size of each file of lib/. */
const DONE = 'done.json';

const DOWNLOAD_LIMIT_MS = 30 * 60_000;
const UNPACK_LIMIT_MS = 10 * 60_000;

/**
 * Extracts the two libraries, arm64's OpenMP, and the C headers from the wheel; nothing else is needed. The libraries also look for
 * each other and for OpenMP in their own folder, so all are put into one.
 */
const UNPACK = `
import os, re, shutil, sys, zipfile
wheel, dest = sys.argv[1:3]
lib = re.compile(r'^(?:tensorflow|tensorflow_cpu_aws\\.libs)/(libtensorflow_(?:cc|framework)\\.so\\.2|libomp-[0-9a-f]+\\.so\\.5)$')
inc = re.compile(r'^tensorflow/(include/(?:tensorflow/c/|tensorflow/core/platform/ctstring|tensorflow/tsl/|tsl/).*)$')
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        hit = lib.match(name)
        path = 'lib/' + hit.group(1) if hit else (inc.match(name) or [None, None])[1]
        if path is None or path.endswith('/') or '..' in path:
            continue
        target = os.path.join(dest, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with archive.open(name) as source, open(target, 'wb') as sink:
            shutil.copyfileobj(source, sink, 1 << 20)
            sink.flush()
            os.fsync(sink.fileno())
`;

export function cacheFolder(env, arch) {
  const root = env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(root, 'dermoscopy-kiosk', `libtensorflow-${LIBRARY_VERSION}-${arch}`);
}

/**
 * The folder with lib/ and include/, from the cache or the wheel. It is created by a rename, complete or not at all, so that an
 * interrupted or concurrent installation is harmless.
 */
export async function libraryFolder({ wheel, arch, env, say }) {
  const folder = cacheFolder(env, arch);
  if (await isComplete(folder)) return folder;
  await requirePip(env);
  await mkdir(dirname(folder), { recursive: true });
  await removeLeftovers(folder);
  const work = await mkdtemp(`${folder}.${process.pid}-`);
  try {
    say(`downloading ${wheel.requirement} for ${arch} (about 200 MB, once; cached unpacked)`);
    await download(wheel, work, env);
    say('unpacking the library');
    await run('python3', ['-c', UNPACK, join(work, wheel.file), join(work, 'out')], {
      env,
      limitMs: UNPACK_LIMIT_MS,
    });
    await writeDone(join(work, 'out'));
    await rm(folder, { recursive: true, force: true });
    await rename(join(work, 'out'), folder).catch(async (error) => {
      // Another installation was faster; its folder is identical.
      if (!(await isComplete(folder))) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return folder;
}

async function requirePip(env) {
  if (await runs('python3', ['-m', 'pip', '--version'], env)) return;
  const python = await runs('python3', ['--version'], env);
  throw python
    ? new StageError('Python has no pip', 'install pip (Debian: python3-pip)')
    : new StageError('python3 not found', 'install Python 3 with pip (Debian: python3 python3-pip)');
}

async function download(wheel, work, env) {
  const requirements = join(work, 'requirements.txt');
  await writeFile(requirements, requirementsOf(wheel));
  try {
    await run('python3', pipArgumentsOf(wheel, requirements, work), {
      env: { ...env, ...npmSettingsForPip(env, await pipSettings(env)) },
      limitMs: DOWNLOAD_LIMIT_MS,
    });
  } catch (error) {
    throw new StageError(
      `the library could not be downloaded (${error.message})`,
      'make the Python package index reachable (npm’s proxy and cafile apply, and before them pip’s own settings)',
    );
  }
}

/** What pip is set to, by its files and its variables, as `global.proxy='http://…'`. */
async function pipSettings(env) {
  return run('python3', ['-m', 'pip', 'config', 'list'], { env, limitMs: 60_000 }).catch(() => '');
}

async function writeDone(folder) {
  const sizes = {};
  for (const name of await readdir(join(folder, 'lib')))
    sizes[name] = (await stat(join(folder, 'lib', name))).size;
  if (Object.keys(sizes).length < 2)
    throw new StageError('the wheel does not contain the library', 'report this');
  await writeFile(join(folder, DONE), JSON.stringify({ sizes }));
}

async function isComplete(folder) {
  try {
    const { sizes } = JSON.parse(await readFile(join(folder, DONE), 'utf8'));
    for (const [name, size] of Object.entries(sizes)) {
      if ((await stat(join(folder, 'lib', name))).size !== size) return false;
    }
    return true;
  } catch {
    return false;
  }
}

/** Work folders are named by the process that created them; those of processes that no longer run were interrupted. */
async function removeLeftovers(folder) {
  for (const name of await readdir(dirname(folder))) {
    const pid = name.startsWith(`${basename(folder)}.`)
      ? Number(/\.(\d+)-/.exec(name.slice(basename(folder).length))?.[1])
      : NaN;
    if (Number.isInteger(pid) && !isAlive(pid))
      await rm(join(dirname(folder), name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
