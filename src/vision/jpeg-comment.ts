/** A JPEG with a comment segment immediately after its start. @see ITU-T T.81, B.2.4.5 */
export function withComment(jpeg: Uint8Array, comment: string): Uint8Array {
  const text = Buffer.from(comment, 'latin1');
  const segment = Buffer.alloc(4 + text.length);
  segment.writeUInt16BE(0xfffe, 0);
  segment.writeUInt16BE(2 + text.length, 2);
  text.copy(segment, 4);
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
}

/** The first comment of a JPEG; `undefined` if there is none before its image data. */
export function commentOf(jpeg: Uint8Array): string | undefined {
  const bytes = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1];
    if (marker === 0xda) return undefined;
    if (marker === 0xfe) return bytes.toString('latin1', at + 4, at + 2 + bytes.readUInt16BE(at + 2));
  }
  return undefined;
}
