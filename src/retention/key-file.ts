import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from '../lib/errors.ts';
import { writeDurably } from '../lib/durable-file.ts';
import { keyLost } from './errors.ts';
import { KEY_BYTES } from './sealing.ts';

/**
 * The kiosk's key for images: 32 random bytes in a file that nobody else may read.
 *
 * @returns `undefined` if it does not exist
 * @throws KioskError `picture/key-lost` if the file is not a valid key
 */
export async function readKey(path: string): Promise<Buffer | undefined> {
  try {
    const key = await readFile(path);
    if (key.length !== KEY_BYTES) throw keyLost(`in ${path} is invalid: it must have ${KEY_BYTES} bytes`);
    await chmod(path, 0o600).catch(() => undefined);
    return key;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

export async function makeKey(path: string): Promise<Buffer> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const key = randomBytes(KEY_BYTES);
  await writeDurably(path, key);
  return key;
}
