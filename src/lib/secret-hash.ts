import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/** 32 MB, three passes, off the event loop. @see OWASP Password Storage Cheat Sheet, scrypt */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 } satisfies ScryptOptions;
const HASH_BYTES = 32;
const SALT_BYTES = 16;

/** What is stored of a secret; both base64. */
export interface SaltedHash {
  readonly salt: string;
  readonly hash: string;
}

export function newSalt(): string {
  return randomBytes(SALT_BYTES).toString('base64');
}

/** @param salt base64 */
export async function saltedHash(secret: string, salt = newSalt()): Promise<SaltedHash> {
  return { salt, hash: (await derive(secret, salt)).toString('base64') };
}

/** Takes the same time wherever they differ. */
export async function matchesHash(secret: string, { salt, hash }: SaltedHash): Promise<boolean> {
  return timingSafeEqual(await derive(secret, salt), Buffer.from(hash, 'base64'));
}

function derive(secret: string, salt: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(secret, Buffer.from(salt, 'base64'), HASH_BYTES, COST, (error, hash) => {
      if (error === null) resolve(hash);
      else reject(error);
    });
  });
}
