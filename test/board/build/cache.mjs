import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Cache of the board's parts between runs; may be deleted at any time. */
export function cacheRoot(env) {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'dermoscopy-kiosk', 'board');
}

/** Twelve hex digits that change with any of the inputs (strings or buffers). */
export function keyOf(...inputs) {
  const hash = createHash('sha256');
  for (const input of inputs) hash.update(input).update('\0');
  return hash.digest('hex').slice(0, 12);
}

/**
 * The folder of one part, from the cache or created by `make(folder)`. It is created by a rename, complete or not at all; folders of the
 * same part with another key are removed, since a complete root file system takes half a gigabyte.
 */
export async function cached(root, name, key, make) {
  const folder = join(root, `${name}-${key}`);
  if (existsSync(folder)) return folder;
  await mkdir(root, { recursive: true });
  await removeLeftovers(root);
  const work = await mkdtemp(join(root, `.${process.pid}-${name}-`));
  try {
    await make(work);
    for (const other of await readdir(root)) {
      if (other.startsWith(`${name}-`)) await rm(join(root, other), { recursive: true, force: true });
    }
    await rename(work, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return folder;
}

/** Work folders are named by the process that created them; those of processes that no longer run were interrupted. */
async function removeLeftovers(root) {
  for (const name of await readdir(root)) {
    const pid = Number(/^\.(\d+)-|^(?:program|packages)-(\d+)\./.exec(name)?.slice(1).find(Boolean));
    if (Number.isInteger(pid) && !existsSync(`/proc/${pid}`)) {
      await rm(join(root, name), { recursive: true, force: true });
    }
  }
}
