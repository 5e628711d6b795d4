/** The image formats that the kiosk accepts. */
export type ImageType = 'image/jpeg' | 'image/png';

/** An image in the format of its file. */
export interface EncodedImage {
  readonly bytes: Uint8Array;
  readonly contentType: ImageType;
}

const JPEG = [0xff, 0xd8, 0xff];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * A file's format by its first bytes; its name and declared type are never trusted. `undefined` for all but JPEG and
 * PNG.
 */
export function imageTypeOf(bytes: Uint8Array): ImageType | undefined {
  if (startsWith(bytes, JPEG)) return 'image/jpeg';
  if (startsWith(bytes, PNG)) return 'image/png';
  return undefined;
}

/** A guess for the error message to the sender. */
export function describeSignature(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 256)).toString('latin1');
  if (head.startsWith('GIF8')) return 'a GIF';
  if (/^RIFF....WEBP/s.test(head)) return 'a WebP';
  if (/^(II\*\0|MM\0\*)/.test(head)) return 'a TIFF';
  if (head.startsWith('%PDF')) return 'a PDF';
  if (/^....ftyp/s.test(head)) return 'a HEIC, AVIF or video file';
  if (/^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)?<svg/i.test(head)) return 'an SVG';
  return isText(bytes.subarray(0, 256)) ? 'text' : 'something else';
}

/** UTF-8 without control characters; a character truncated at the end is allowed. */
function isText(head: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return /^[\t\n\r\P{Cc}]*$/u.test(text);
  } catch {
    return false;
  }
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}
