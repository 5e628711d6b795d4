const EXIF = Buffer.from('Exif\0\0', 'latin1');
const APP1 = 0xe1;
const SOS = 0xda;
/** Tag of the orientation, and the TIFF type of a 16-bit integer. */
const ORIENTATION = 0x0112;
const SHORT = 3;

/** Exponent with which displays decode; a PNG that is encoded for it needs no correction. */
const DISPLAY_GAMMA = 2.2;

/**
 * Whether a JPEG's orientation has another type than its standard demands: libvips turns such an image, a browser does not. What the screen shows and
 * what is judged must be the same image.
 *
 * @see CIPA DC-008 (Exif), 4.6.4: one SHORT
 */
export function hasOddOrientation(jpeg: Uint8Array): boolean {
  const tiff = exifOf(jpeg);
  if (tiff === undefined || tiff.length < 8) return false;
  const little = tiff.readUInt16BE(0) === 0x4949;
  const short = (at: number): number =>
    at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  const long = (at: number): number =>
    at + 4 > tiff.length ? 0 : little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at);
  const directory = long(4);
  for (let i = 0; i < short(directory); i += 1) {
    const entry = directory + 2 + 12 * i;
    if (short(entry) === ORIENTATION) return short(entry + 2) !== SHORT || long(entry + 4) !== 1;
  }
  return false;
}

/** The TIFF structure of the first Exif segment. */
function exifOf(jpeg: Uint8Array): Buffer | undefined {
  const bytes = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== SOS;) {
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    const data = bytes.subarray(at + 4, end);
    if (bytes[at + 1] === APP1 && data.subarray(0, EXIF.length).equals(EXIF))
      return data.subarray(EXIF.length);
    at = end;
  }
  return undefined;
}

/**
 * The exponent by which a browser corrects a PNG's samples (0–1) for display, from its gAMA chunk; `undefined` if they are shown as they are, or if the
 * image has a colour profile, which libvips applies.
 *
 * @see PNG (Third Edition), 11.3.2.2 and 13.13
 */
export function displayExponentOf(png: Uint8Array): number | undefined {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  let exponent: number | undefined;
  for (let at = 8; at + 12 <= bytes.length;) {
    const kind = bytes.toString('latin1', at + 4, at + 8);
    if (kind === 'iCCP' || kind === 'sRGB' || kind === 'cICP') return undefined;
    if (kind === 'gAMA') exponent = 100_000 / (bytes.readUInt32BE(at + 8) * DISPLAY_GAMMA);
    if (kind === 'IDAT') break;
    at += 12 + bytes.readUInt32BE(at);
  }
  const corrects = exponent !== undefined && Number.isFinite(exponent) && Math.abs(exponent - 1) > 0.02;
  return corrects ? exponent : undefined;
}
