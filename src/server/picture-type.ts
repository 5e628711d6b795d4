import type { EncodedImage } from '../session/port.ts';

const SIGNATURES: readonly {
  readonly type: EncodedImage['contentType'];
  readonly bytes: readonly number[];
}[] = [
  { type: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
];

/** What a file is by its first bytes, whatever its name says; it is decoded in the inference process alone. */
export function pictureType(file: Uint8Array): EncodedImage['contentType'] | undefined {
  return SIGNATURES.find(({ bytes }) => bytes.every((byte, i) => file[i] === byte))?.type;
}
