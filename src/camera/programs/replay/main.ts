import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../../lib/clock.ts';
import { cover, decode, encode } from '../../../vision/jpeg.ts';
import { fail, programArguments } from '../arguments.ts';
import { writeLive } from '../mjpeg-output.ts';

/** A folder of images as a camera: each is shown for a while, scaled to fill the frame, as MJPEG on standard output. */
async function run(): Promise<void> {
  const { text, number } = programArguments({
    dir: '',
    width: '960',
    height: '720',
    fps: '20',
    'seconds-per-picture': '5',
  });
  const pictures = picturesOf(text.dir);
  const secondsPerPicture = number('seconds-per-picture', 1);
  const [width, height] = [number('width', 64), number('height', 64)];
  let shown: { turn: number; jpeg: Uint8Array } = { turn: -1, jpeg: new Uint8Array() };

  await writeLive({
    fps: number('fps', 1),
    frames: 0,
    output: process.stdout,
    clock: systemClock,
    frame: async (seconds) => {
      const turn = Math.floor(seconds / secondsPerPicture);
      if (turn !== shown.turn) shown = { turn, jpeg: await frameOf(pictures, turn, width, height) };
      return shown.jpeg;
    },
  });
}

function picturesOf(dir: string): readonly string[] {
  if (dir === '') throw new Error('no image folder is set: set KIOSK_REPLAY_DIR');
  let names: string[];
  try {
    names = readdirSync(dir);
  } catch {
    throw new Error(`the folder ${dir} cannot be read`);
  }
  const pictures = names.filter((name) => /\.(png|jpe?g)$/i.test(name)).sort();
  if (pictures.length === 0) throw new Error(`the folder ${dir} has no PNG or JPEG image`);
  return pictures.map((name) => join(dir, name));
}

/** The image at a position, or the next one that can be decoded: a broken file does not end the replay. */
async function frameOf(
  pictures: readonly string[],
  turn: number,
  width: number,
  height: number,
): Promise<Uint8Array> {
  for (let skip = 0; skip < pictures.length; skip += 1) {
    const file = pictures[(turn + skip) % pictures.length] ?? '';
    try {
      return await encode(await cover(await decode(readFileSync(file)), width, height), 92);
    } catch (error) {
      process.stderr.write(`${file} is skipped: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  throw new Error('none of the images can be decoded');
}

process.on('SIGTERM', () => process.exit(0));
run().catch(fail);
