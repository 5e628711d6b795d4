import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { open, rename, rm, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Suffix of a file that is being written; left behind by a power cut. */
export const PART = '.part';

/** Flushes a file's data, or a folder's entries: a rename or removal is durable only once its folder is flushed. */
export async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}

/**
 * Replaces a file atomically and durably: after a power cut it is either the complete old one or the complete new one.
 * Readable by its owner only.
 *
 * @param part path to write to until the file is complete; in the same folder
 */
export async function writeDurably(
  file: string,
  content: string | Uint8Array | AsyncIterable<string>,
  part = `${file}${PART}`,
): Promise<void> {
  try {
    const handle = await open(part, 'w', 0o600);
    try {
      if (typeof content === 'string' || content instanceof Uint8Array) await handle.writeFile(content);
      else for await (const piece of content) await handle.writeFile(piece);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncToDisk(dirname(file));
}

/** As `writeDurably`, for a small text before the event loop runs; creates the folder if needed. */
export function writeDurablySync(file: string, text: string): void {
  const folder = dirname(file);
  const part = `${file}${PART}`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const handle = openSync(part, 'w', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(part, file);
  const entries = openSync(folder, 'r');
  try {
    fsyncSync(entries);
  } finally {
    closeSync(entries);
  }
}

/**
 * Creates an empty file that only its owner may read, unless it exists. An existing one must not be opened and closed
 * here: that would release the locks SQLite holds on it in this process (fcntl(2)).
 */
export function createPrivate(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, 'wx', 0o600));
}

/** Overwrites a file's first bytes, durably. */
export async function overwriteStart(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.write(bytes, 0, bytes.length, 0);
    await file.sync();
  } finally {
    await file.close();
  }
}

export async function removeDurably(path: string): Promise<void> {
  await unlink(path);
  await syncToDisk(dirname(path));
}

/** The first `length` bytes of a file, or as many as it has. */
export async function readStart(path: string, length: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
