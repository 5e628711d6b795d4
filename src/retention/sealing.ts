import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Length of an AES-256 key, bytes. */
export const KEY_BYTES = 32;

const CIPHER = 'aes-256-gcm';
/** Bytes; as recommended by NIST SP 800-38D for GCM. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Bytes added by sealing. */
export const SEAL_BYTES = NONCE_BYTES + TAG_BYTES;

/**
 * AES-256-GCM with a fresh random nonce.
 *
 * @param about additional authenticated data: not encrypted, and required unchanged for decryption
 * @returns nonce, tag, ciphertext
 */
export function seal(key: Uint8Array, bytes: Uint8Array, about: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(about));
  const hidden = [cipher.update(bytes), cipher.final()];
  return Buffer.concat([nonce, cipher.getAuthTag(), ...hidden]);
}

/** @returns `undefined` if key, additional data or a single bit differs */
export function unseal(key: Uint8Array, sealed: Uint8Array, about: string): Buffer | undefined {
  if (sealed.length < SEAL_BYTES) return undefined;
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(about));
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, SEAL_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(SEAL_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}
