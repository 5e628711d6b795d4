import { systemClock } from '../../../lib/clock.ts';
import { encode } from '../../../vision/jpeg.ts';
import { withComment } from '../../../vision/jpeg-comment.ts';
import { fail, programArguments } from '../arguments.ts';
import { writeLive } from '../mjpeg-output.ts';
import { Lens, sceneSize } from './lens.ts';
import { drawScene, SCENES } from './scene.ts';

/**
 * The phantom: a simulated dermatoscope that writes MJPEG to standard output. Each frame contains its exposure time in
 * a comment (ms of CLOCK_MONOTONIC, which all processes share), so that a test can prove that a classified frame is
 * younger than the press.
 */
async function run(): Promise<void> {
  const { text, number } = programArguments({
    width: '960',
    height: '720',
    fps: '20',
    scene: 'naevus',
    seed: '1',
    'seconds-per-scene': '20',
    frames: '0',
  });
  const scenes = scenesOf(text.scene);
  const size = { width: number('width', 64), height: number('height', 64) };
  const [seed, secondsPerScene] = [number('seed'), number('seconds-per-scene', 1)];
  const lens = new Lens(size, seed);
  let shown = -1;

  await writeLive({
    fps: number('fps', 1),
    frames: number('frames'),
    output: process.stdout,
    clock: systemClock,
    frame: async (seconds, index) => {
      const turn = scenes.length > 1 ? Math.floor(seconds / secondsPerScene) : 0;
      const name = scenes[turn % scenes.length] ?? '';
      if (turn !== shown) {
        const scene = drawScene(name, sceneSize(size), seed + turn);
        if (scene !== undefined) lens.turnTo(scene);
        shown = turn;
      }
      const exposed = Number(process.hrtime.bigint()) / 1e6;
      const jpeg = await encode(lens.expose(seconds), 88);
      return withComment(jpeg, `kiosk exposed=${exposed.toFixed(3)} frame=${index} scene=${name}`);
    },
  });
}

/** Scenes by name, separated by commas, or `all`. */
function scenesOf(text: string): readonly string[] {
  const names = text === 'all' ? SCENES : text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !SCENES.includes(name));
  if (unknown === undefined) return names;
  throw new Error(`there is no scene “${unknown}”; there are: ${SCENES.join(', ')}, all`);
}

process.on('SIGTERM', () => process.exit(0));
run().catch(fail);
