const MARKER = 0xff;
const SOS = 0xda;

/**
 * Codes C4 (Huffman tables), C8 (reserved) and CC (arithmetic conditioning) are in the range of frame headers but are
 * none.
 */
const NO_FRAME_HEADER = [0xc4, 0xc8, 0xcc];

/**
 * The size in a JPEG's frame header, pixels, without decoding. `undefined` if there is no such header before the image
 * data.
 *
 * @see ITU-T T.81, B.2.2
 */
export function frameSize(jpeg: Uint8Array): { readonly width: number; readonly height: number } | undefined {
  const word = (at: number): number => ((jpeg[at] ?? 0) << 8) | (jpeg[at + 1] ?? 0);
  for (let at = 2; at + 8 < jpeg.length;) {
    const code = jpeg[at + 1] ?? 0;
    if (jpeg[at] !== MARKER || code === SOS) return undefined;
    if (code === MARKER) {
      at += 1;
      continue;
    }
    if (code >= 0xc0 && code <= 0xcf && !NO_FRAME_HEADER.includes(code))
      return { height: word(at + 5), width: word(at + 7) };
    at += 2 + word(at + 2);
  }
  return undefined;
}
