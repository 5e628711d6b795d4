import type { Clock } from '../lib/clock.ts';
import { captureBurst } from './burst.ts';
import { frameSize } from './frame-size.ts';
import type { Camera, Frame } from './port.ts';

/**
 * A camera that has just been started takes longer for its first frame than a running one, ms; auto tries several
 * cameras.
 */
const FIRST_FRAME_MS = 30_000;

export interface CameraProbe {
  readonly driver: string;
  readonly simulated: boolean;
  /** Where it is, how it was chosen, and which settings were not applied. */
  readonly location?: string;
  /** Size of the frames, pixels; absent if it cannot be read. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Measured over the frames. */
  readonly fps: number;
  readonly frames: readonly Frame[];
}

/**
 * Starts a camera, takes frames, and always stops it.
 *
 * @throws KioskError `camera/…` with the reason if there are none
 */
export async function probeCamera(camera: Camera, clock: Clock, count = 20): Promise<CameraProbe> {
  await camera.start();
  try {
    await firstFrame(camera, clock);
    const frames = await captureBurst(camera, {
      count,
      notBefore: clock.monotonic(),
      timeoutMs: FIRST_FRAME_MS,
      clock,
      signal: new AbortController().signal,
    });
    const { driver, simulated } = camera;
    const { location } = camera.status();
    const [first, last] = [frames[0], frames.at(-1)];
    const size = last && frameSize(last.jpeg);
    const ms = (last?.receivedAt ?? 0) - (first?.receivedAt ?? 0);
    return {
      ...{ driver, simulated, frames, fps: ms === 0 ? 0 : (1000 * (frames.length - 1)) / ms },
      ...(location === undefined ? {} : { location }),
      ...(size === undefined ? {} : { size }),
    };
  } finally {
    await camera.stop();
  }
}

/** A lost camera does not end the probe while another may be tried; only the timeout does. */
function firstFrame(camera: Camera, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      cancel();
      forget();
      resolve();
    };
    const cancel = clock.after(camera.driver === 'auto' ? FIRST_FRAME_MS : FIRST_FRAME_MS / 3, done);
    const forget = camera.onFrame(done);
  });
}
