import { describe, expect, it } from 'vitest';
import { commentOf, withComment } from '../../src/vision/jpeg-comment.ts';
import { describeSignature, imageTypeOf } from '../../src/lib/image-signature.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('the first bytes of a file', () => {
  it('identify a JPEG and a PNG', () => {
    expect(imageTypeOf(Buffer.from([0xff, 0xd8, 0xff, 0xdb, 0, 1]))).toBe('image/jpeg');
    expect(imageTypeOf(Buffer.from('89504e470d0a1a0a00', 'hex'))).toBe('image/png');
  });

  it.each([
    ['GIF89a…', 'a GIF'],
    ['RIFF\x10\0\0\0WEBPVP8 ', 'a WebP'],
    ['II*\0\x08', 'a TIFF'],
    ['MM\0*\x08', 'a TIFF'],
    ['%PDF-1.7', 'a PDF'],
    ['\0\0\0\x1cftypheic', 'a HEIC, AVIF or video file'],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'an SVG'],
    ['<?xml version="1.0"?>\n<!-- made by hand -->\n<svg/>', 'an SVG'],
    ['A letter.\r\n', 'text'],
    ['\x01\x02\x03\0', 'something else'],
    ['\xff\xd8', 'something else'],
  ])('of %j are neither, and are described', (text, name) => {
    expect(imageTypeOf(bytes(text))).toBeUndefined();
    expect(describeSignature(bytes(text))).toBe(name);
  });

  it('are text in any language, even if the last inspected character is incomplete', () => {
    expect(describeSignature(Buffer.from('Größe — 大きさ'))).toBe('text');
    expect(describeSignature(Buffer.from(`a${'ü'.repeat(400)}`))).toBe('text');
  });
});

describe('the comment of a JPEG', () => {
  const jpeg = Buffer.from('ffd8ffe00004aabbffda0000ffd9', 'hex');

  it('can be read back, and the rest of the file is unchanged', () => {
    const marked = withComment(jpeg, 'kiosk exposed=12.500 frame=3 scene=naevus');
    expect(commentOf(marked)).toBe('kiosk exposed=12.500 frame=3 scene=naevus');
    expect(Buffer.concat([marked.subarray(0, 2), marked.subarray(2 + 4 + 41)])).toEqual(jpeg);
  });

  it('is found after other segments, the newest first', () => {
    const inner = withComment(jpeg, 'first');
    const behind = Buffer.concat([jpeg.subarray(0, 8), inner.subarray(2, 2 + 4 + 5), jpeg.subarray(8)]);
    expect(commentOf(behind)).toBe('first');
    expect(commentOf(withComment(inner, 'second'))).toBe('second');
  });

  it.each([
    ['without one', jpeg],
    ['cut short', jpeg.subarray(0, 3)],
    ['empty', Buffer.alloc(0)],
  ])('of a file that is %s is absent', (_, file) => {
    expect(commentOf(file)).toBeUndefined();
  });
});
