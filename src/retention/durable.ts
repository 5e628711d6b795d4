import { open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncToDisk } from '../lib/durable-file.ts';

/** What a write that was cut off leaves behind ends in this. */
export const PART = '.part';

/** Writes a file that is there whole or not at all, also after a power cut; nobody else may read it. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const part = `${path}${PART}`;
  try {
    const file = await open(part, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
  } catch (error) {
    await unlink(part).catch(() => undefined);
    throw error;
  }
  await syncToDisk(dirname(path));
}

/** Puts other bytes in the place of a file's first ones, on the disk when it settles. */
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

/** The first bytes of a file. */
export async function readStart(path: string, length: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
