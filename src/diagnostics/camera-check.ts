import type { Camera, CameraStatus, Frame } from '../camera/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Check } from '../protocol/diagnostics.ts';
import { checkOf } from './check.ts';

/** How long frames are counted, ms. */
const SAMPLE_MS = 1_000;

/** A stream slower than this fraction of the requested rate is reported. */
const SLOW = 0.6;

export interface CameraSample {
  readonly driver: string;
  readonly simulated: boolean;
  readonly status: CameraStatus;
  /** Frames per second over the sample; `undefined` if there were too few frames. */
  readonly fps: number | undefined;
  readonly last: Frame | undefined;
}

/**
 * Observes a started camera for one second.
 *
 * @param firstFrameMs longest wait for the first frame; the second starts with it
 */
export async function sampleCamera(
  camera: Camera,
  { clock, firstFrameMs }: { readonly clock: Clock; readonly firstFrameMs: number },
): Promise<CameraSample> {
  const frames: Frame[] = [];
  await new Promise<void>((resolve) => {
    let cancel = clock.after(firstFrameMs, finish);
    const unsubscribe = camera.onFrame((frame) => {
      frames.push(frame);
      if (frames.length > 1) return;
      cancel();
      cancel = clock.after(SAMPLE_MS, finish);
    });
    function finish(): void {
      unsubscribe();
      resolve();
    }
  });
  const { driver, simulated } = camera;
  return { driver, simulated, status: camera.status(), fps: rateOf(frames), last: frames.at(-1) };
}

/** @param wantedFps the rate requested by the settings */
export function cameraCheck(
  { driver, simulated, status, fps, last }: CameraSample,
  wantedFps: number,
): Check {
  const name = simulated ? `${driver} (simulated)` : driver;
  if (last === undefined) {
    const fault = status.state === 'stalled' ? 'camera/stalled' : 'camera/lost';
    return checkOf('camera', 'failed', `${name}: ${status.reason ?? 'no frame received'}`, fault);
  }
  const rate = fps === undefined ? 'one frame per second' : `${fps.toFixed(1)} frames per second`;
  const found = `${name}: ${rate} of ${wantedFps}; exposure not reported`;
  return (fps ?? 0) < SLOW * wantedFps
    ? checkOf('camera', 'warning', found, 'camera-slow')
    : checkOf('camera', 'ok', found);
}

function rateOf(frames: readonly Frame[]): number | undefined {
  const [first, last] = [frames[0], frames.at(-1)];
  if (first === undefined || last === undefined || last.receivedAt <= first.receivedAt) return undefined;
  return ((frames.length - 1) * 1_000) / (last.receivedAt - first.receivedAt);
}
