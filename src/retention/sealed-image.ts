import { createHash, randomBytes } from 'node:crypto';
import type { KeptMask } from '../protocol/http.ts';
import type { ImageType } from '../lib/image-signature.ts';
import type { ImageWithMask } from './port.ts';
import { KEY_BYTES, seal, unseal } from './sealing.ts';

/**
 * The file of one image: a header of fixed length, then image and mask, encrypted with a key generated for this image
 * alone. That key is in the header, encrypted with the kiosk's key. So overwriting one disk block makes the whole image
 * unreadable, even for the owner of the kiosk's key.
 */
export const HEAD_BYTES = 1024;

/** The unencrypted metadata of an image; all of it is authenticated with the encrypted data. */
export interface ImageLabel {
  readonly format: 1;
  /** Id of the session; of the overview image, if `lesion` is present. */
  readonly session: string;
  /** Of an overview image: the lesion it shows. */
  readonly lesion?: string;
  /** Milliseconds since 1970 by the wall clock. */
  readonly keptWallMs: number;
  /** It expires when either is reached: by the wall clock, or by the non-decreasing clock. */
  readonly dueWallMs: number;
  readonly dueMs: number;
  readonly contentType: ImageType;
  /** Hex SHA-256 of the image's bytes. */
  readonly sha256: string;
  readonly pictureBytes: number;
  /** The mask's side, if there is one; its values follow the image, a byte each. */
  readonly mask?: Omit<KeptMask, 'values'>;
}

/** A header as read. Without a key the image was erased, and only its file is left to be deleted. */
export interface SealedHead {
  readonly label: ImageLabel;
  readonly about: string;
  readonly key: Buffer | undefined;
  /** Why it was erased, and by which operator. */
  readonly gone?: string | undefined;
  readonly goneBy?: string | undefined;
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function sealImage(kioskKey: Uint8Array, label: ImageLabel, { picture, mask }: ImageWithMask): Buffer {
  const about = JSON.stringify(label);
  const key = randomBytes(KEY_BYTES);
  const content = Buffer.concat([picture.bytes, Uint8Array.from(mask?.values ?? [])]);
  const wrapped = seal(kioskKey, key, about).toString('base64');
  return Buffer.concat([padded({ about, key: wrapped }), seal(key, content, about)]);
}

/** The header that replaces an image's own when it is erased. */
export function erasedHead({ about }: SealedHead, gone: string, goneBy?: string): Buffer {
  return padded({ about, gone, ...(goneBy === undefined ? {} : { goneBy }) });
}

/** @returns `undefined` if it is not a valid header */
export function headOf(bytes: Uint8Array): SealedHead | undefined {
  try {
    const head = JSON.parse(Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString()) as Written;
    const label = JSON.parse(head.about) as ImageLabel;
    if ((label.format as number) !== 1) return undefined;
    const { about, key, gone, goneBy } = head;
    return {
      ...{ label, about, key: key === undefined ? undefined : Buffer.from(key, 'base64') },
      ...(gone === undefined ? {} : { gone }),
      ...(goneBy === undefined ? {} : { goneBy }),
    };
  } catch {
    return undefined;
  }
}

/** Whether this image was sealed with the kiosk's key; a modified header fails too. */
export function opens(kioskKey: Uint8Array, { key, about }: SealedHead): boolean {
  return key !== undefined && unseal(kioskKey, key, about) !== undefined;
}

/** @returns `undefined` if anything was modified */
export function unsealImage(kioskKey: Uint8Array, file: Uint8Array): ImageWithMask | undefined {
  const head = headOf(file);
  if (head?.key === undefined) return undefined;
  const { label, about } = head;
  const key = unseal(kioskKey, head.key, about);
  const content = key && unseal(key, file.subarray(HEAD_BYTES), about);
  if (content === undefined) return undefined;
  const picture = {
    bytes: content.subarray(0, label.pictureBytes),
    contentType: label.contentType,
  };
  if (label.mask === undefined) return { picture };
  return { picture, mask: { ...label.mask, values: [...content.subarray(label.pictureBytes)] } };
}

interface Written {
  readonly about: string;
  readonly key?: string;
  readonly gone?: string;
  readonly goneBy?: string;
}

/** JSON, padded with spaces to the full length: the previous content is overwritten completely. */
function padded(head: Written): Buffer {
  const text = Buffer.from(JSON.stringify(head));
  if (text.length > HEAD_BYTES) throw new RangeError('the header of the image is too long');
  return Buffer.concat([text, Buffer.alloc(HEAD_BYTES - text.length, ' ')]);
}
