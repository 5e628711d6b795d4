import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import sharp from 'sharp';

/** Why tests that need a display are skipped, with the cure; `undefined` if they can run. */
export const displayMissing: string | undefined = existsSync('/usr/bin/Xvfb')
  ? undefined
  : 'needs a virtual display: sudo apt-get install xvfb';

/** Fields of an X window dump, by their position in its header of 32-bit numbers. */
const HEADER = { size: 0, width: 4, height: 5, bytesPerLine: 12, colours: 19 };
const COLOUR_BYTES = 12;

export interface XDisplay {
  /** For the variable DISPLAY. */
  readonly name: string;
  /** What it shows, as a PNG. */
  picture(): Promise<Buffer>;
  stop(): Promise<void>;
}

/** A display in memory, for a browser with a window. @param folder for its framebuffer */
export async function startDisplay(folder: string, width: number, height: number): Promise<XDisplay> {
  const size = ['-screen', '0', `${width}x${height}x24`, '-fbdir', folder];
  const server = spawn('Xvfb', ['-displayfd', '3', '-nolisten', 'tcp', ...size], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const ended = once(server, 'exit');
  const [number] = (await once(server.stdio[3] as Readable, 'data')) as [Buffer];
  return {
    name: `:${number.toString().trim()}`,
    picture: async () => pngOf(await readFile(join(folder, 'Xvfb_screen0'))),
    stop: async () => {
      server.kill();
      await ended;
    },
  };
}

/** The framebuffer is an X window dump: a header, a table of colours, and 4 bytes a pixel (blue, green, red, none). */
function pngOf(dump: Buffer): Promise<Buffer> {
  const field = (name: keyof typeof HEADER): number => dump.readUInt32BE(4 * HEADER[name]);
  const [width, height, line] = [field('width'), field('height'), field('bytesPerLine')];
  const start = field('size') + COLOUR_BYTES * field('colours');
  const data = Buffer.alloc(3 * width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = start + y * line + 4 * x;
      const to = 3 * (y * width + x);
      for (let channel = 0; channel < 3; channel += 1) data[to + channel] = dump[from + 2 - channel]!;
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}
