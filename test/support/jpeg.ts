const SOI = [0xff, 0xd8];
const EOI = [0xff, 0xd9];

/** A marker segment: its code, its length, its content. */
export function segment(code: number, content: readonly number[]): number[] {
  const length = content.length + 2;
  return [0xff, code, length >> 8, length & 0xff, ...content];
}

/** The segments of a JPEG around `scan`, which must already be byte-stuffed; it cannot be decoded. */
export function jpegShape(options: {
  readonly header?: readonly number[];
  readonly scan?: readonly number[];
}): Uint8Array {
  const { header = segment(0xe0, [0x4a, 0x46]), scan = [1, 2, 3] } = options;
  return Uint8Array.from([...SOI, ...header, ...segment(0xda, [1, 1, 0, 0, 63, 0]), ...scan, ...EOI]);
}
