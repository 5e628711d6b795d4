import { fail, programArguments } from '../../camera/programs/arguments.ts';
import { writeLive } from '../../camera/programs/mjpeg-output.ts';
import { Lens, sceneSize } from '../../camera/programs/phantom/lens.ts';
import { systemClock } from '../../lib/clock.ts';
import { encode } from '../../vision/jpeg.ts';
import { drawPracticeScene } from './scenes.ts';

/** The simulated dermatoscope of practice, small and slow, since the kiosk's own camera runs as well: one scene, as MJPEG on standard output, as long as there is a reader. */
async function run(): Promise<void> {
  const { text, number } = programArguments({
    ...{ width: '640', height: '480', fps: '10', scene: 'naevus', frames: '0' },
  });
  const size = { width: number('width', 64), height: number('height', 64) };
  const scene = drawPracticeScene(text.scene, sceneSize(size));
  if (scene === undefined) throw new Error(`practice has no scene ${text.scene}`);
  const lens = new Lens(size, 1);
  lens.turnTo(scene);
  await writeLive({
    ...{ fps: number('fps', 1), frames: number('frames'), output: process.stdout, clock: systemClock },
    frame: (seconds) => encode(lens.expose(seconds), 88),
  });
}

run().catch(fail);
