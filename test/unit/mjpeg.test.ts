import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MjpegSplitter } from '../../src/camera/mjpeg.ts';
import { jpegShape, segment } from '../support/jpeg.ts';

const bytes = fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 40 });

/** Entropy-coded data as in a file: every FF is followed by 00 or a restart marker. */
const scan = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 254 }).map((byte) => [byte]),
      fc.constant([0xff, 0x00]),
      fc.integer({ min: 0xd0, max: 0xd7 }).map((restart) => [0xff, restart]),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.flat());

const header = fc
  .array(
    fc
      .tuple(fc.constantFrom(0xdb, 0xc0, 0xc4, 0xe0, 0xe1, 0xfe), bytes)
      .map(([code, content]) => segment(code, content)),
    { maxLength: 4 },
  )
  .map((segments) => segments.flat());

const image = fc.record({ header, scan }).map(jpegShape);

function split(stream: readonly Uint8Array[]): Buffer[] {
  const splitter = new MjpegSplitter();
  return stream.flatMap((chunk) => splitter.push(chunk)).map((frame) => Buffer.from(frame));
}

function cut(stream: Buffer, lengths: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  let at = 0;
  for (const length of lengths) {
    chunks.push(stream.subarray(at, at + length));
    at += length;
  }
  return [...chunks, stream.subarray(at)];
}

describe('splitting an MJPEG stream', () => {
  it('returns the same images however the stream is chunked', () => {
    fc.assert(
      fc.property(
        fc.array(image, { maxLength: 4 }),
        fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 60 }),
        (images, lengths) => {
          const frames = split(cut(Buffer.concat(images), lengths));
          expect(frames).toEqual(images.map((one) => Buffer.from(one)));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('returns the same frames for one chunk as for single bytes, even for noise', () => {
    const noise = fc.array(fc.constantFrom(0xff, 0xff, 0xd8, 0xd9, 0xda, 0xe1, 0, 2, 7), { maxLength: 80 });
    fc.assert(
      fc.property(noise, image, noise, (before, one, after) => {
        const stream = Buffer.from([...before, ...one, ...after]);
        expect(split([...stream].map((byte) => Uint8Array.of(byte)))).toEqual(split([stream]));
      }),
      { numRuns: 500 },
    );
  });

  it('ignores the start and end of a thumbnail in an EXIF segment or a comment', () => {
    const thumbnail = [...jpegShape({})];
    const one = jpegShape({
      header: [...segment(0xe1, thumbnail), ...segment(0xfe, [...thumbnail, 0xff, 0xd9])],
    });
    expect(split([one, one])).toEqual([Buffer.from(one), Buffer.from(one)]);
  });

  it('returns an image of several scans, with fill bytes before a marker, as one frame', () => {
    const more = [0xff, 0xff, ...segment(0xc4, [9]), ...segment(0xda, [1]), 4, 5];
    const one = jpegShape({ scan: [1, 2, ...more] });
    expect(split([one])).toEqual([Buffer.from(one)]);
  });

  it('skips data between images', () => {
    const one = jpegShape({});
    const boundary = Buffer.from('\r\n--boundary\r\nContent-Type: image/jpeg\r\n\r\n');
    const stray = Uint8Array.of(0xff, 0xd9, 0xff, 0xff);
    expect(split([boundary, one, boundary, stray, one])).toEqual([Buffer.from(one), Buffer.from(one)]);
  });

  it('drops an image that is truncated in its scan and keeps the next one', () => {
    const broken = jpegShape({ scan: [7, 7, 7] }).subarray(0, -2);
    const whole = jpegShape({ scan: [8] });
    expect(split([broken, whole])).toEqual([Buffer.from(whole)]);
  });

  it('drops an image that is truncated between segments and keeps the next one', () => {
    const whole = jpegShape({});
    expect(split([Uint8Array.of(0xff, 0xd8, ...segment(0xe0, [1])), whole])).toEqual([Buffer.from(whole)]);
  });

  it('does not return the thumbnail of a truncated image', () => {
    const broken = jpegShape({ header: segment(0xe1, [...jpegShape({ scan: [6] })]) }).subarray(0, -2);
    const whole = jpegShape({ scan: [8] });
    expect(split([broken, whole])).toEqual([Buffer.from(whole)]);
  });

  it('resynchronises after an image that is truncated within a segment', () => {
    const broken = Uint8Array.of(0xff, 0xd8, 0xff, 0xe1, 0, 20, 1, 2, 3);
    const whole = jpegShape({ scan: [1, 2, 3, 4, 5, 6, 7, 8] });
    expect(split([broken, whole, whole, whole]).at(-1)).toEqual(Buffer.from(whole));
  });

  it('handles an image larger than its initial buffer', () => {
    const one = Buffer.concat([
      jpegShape({}).subarray(0, -2),
      Buffer.alloc(300_000, 5),
      Buffer.from([0xff, 0xd9]),
    ]);
    const lengths = new Array<number>(10).fill(65_536);
    expect(split(cut(Buffer.concat([one, one]), lengths)).map((frame) => frame.equals(one))).toEqual([
      true,
      true,
    ]);
  });

  it('drops an image that does not end within 16 MiB and keeps the next one', () => {
    const start = jpegShape({}).subarray(0, -2);
    const endless = new Array<Uint8Array>(257).fill(Buffer.alloc(65_536, 5));
    const whole = jpegShape({ scan: [8] });
    expect(split([start, ...endless, Uint8Array.of(0xff, 0xd9), whole])).toEqual([Buffer.from(whole)]);
  });

  it('returns each image in its own buffer', () => {
    const splitter = new MjpegSplitter();
    const first = jpegShape({ scan: [1, 1, 1] });
    const [frame] = splitter.push(first);
    splitter.push(jpegShape({ scan: [2, 2, 2] }));
    expect(frame).toEqual(first);
  });
});
