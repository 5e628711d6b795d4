import { execFileSync } from 'node:child_process';
import { deflateSync } from 'node:zlib';
import { join } from 'node:path';

const phantom = join(import.meta.dirname, '..', '..', 'dist', 'camera', 'programs', 'phantom', 'main.js');

const drawn = new Map<string, Buffer>();

/** One JPEG of a phantom scene, which passes the gate without being a patient's skin. */
export function phantomPicture(scene = 'naevus', seed = 1): Buffer {
  const key = `${scene} ${seed}`;
  const picture = drawn.get(key) ?? draw(scene, seed);
  drawn.set(key, picture);
  // The caller may modify its copy.
  return Buffer.from(picture);
}

function draw(scene: string, seed: number): Buffer {
  const args = [
    phantom,
    '--width',
    '640',
    '--height',
    '480',
    '--fps',
    '20',
    '--scene',
    scene,
    '--seed',
    String(seed),
    '--frames',
    '1',
  ];
  return execFileSync(process.execPath, args, { maxBuffer: 50_000_000 });
}

/** A valid PNG of one colour, any size: 14,000 × 14,000 pixels are a few hundred kilobytes of file and 588 MB decoded. */
export function plainPng(width: number, height: number, grey = 128): Buffer {
  const row = Buffer.alloc(width + 1, grey);
  row[0] = 0;
  const rows: Buffer[] = new Array<Buffer>(height).fill(row);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** PNG's checksum (ISO 3309), bit by bit; `zlib.crc32` is not in Node 20.19. */
export function crc32(data: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** Every kind of bad file that issue 3 lists, with the expected reason. */
export function badPictures(): readonly { name: string; bytes: Buffer; reason: string }[] {
  const good = phantomPicture();
  return [
    { name: 'notes.jpg', bytes: Buffer.from('This is a text file.\n'), reason: 'picture/unsupported' },
    { name: 'truncated.jpg', bytes: good.subarray(0, good.length / 2), reason: 'picture/broken' },
    { name: 'huge.png', bytes: plainPng(14_000, 14_000), reason: 'picture/too-many-pixels' },
    {
      name: 'drawing.svg',
      bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      reason: 'picture/unsupported',
    },
    {
      name: 'moving.gif',
      bytes: Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
      reason: 'picture/unsupported',
    },
    { name: 'empty.jpg', bytes: Buffer.alloc(0), reason: 'picture/empty' },
  ];
}
