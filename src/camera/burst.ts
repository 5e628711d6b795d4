import { abortReason, type Clock } from '../lib/clock.ts';
import { KioskError } from '../lib/errors.ts';
import type { Camera, CameraStatus, Frame } from './port.ts';

export interface BurstOptions {
  readonly count: number;
  /** `Clock.monotonic()`: frames that arrived before it may have been exposed before the press and are never used. */
  readonly notBefore: number;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * The next frames of the running stream. At the time-out those that have come are enough, if there is one.
 *
 * @throws KioskError `camera/lost`, `camera/stalled`, `camera/timeout`; the signal's reason when aborted
 */
export function captureBurst(camera: Camera, options: BurstOptions): Promise<readonly Frame[]> {
  const { count, notBefore, timeoutMs, clock, signal } = options;
  return new Promise((resolve, reject) => {
    const frames: Frame[] = [];
    const releases: (() => void)[] = [];
    const finish = (settle: () => void): void => {
      for (const release of releases.splice(0)) release();
      settle();
    };
    const fail = (error: Error): void => {
      finish(() => {
        reject(error);
      });
    };
    const gone = goneError(camera.status());
    if (gone !== undefined || signal.aborted) {
      fail(gone ?? abortReason(signal));
      return;
    }
    const abort = (): void => {
      fail(abortReason(signal));
    };
    signal.addEventListener('abort', abort);
    releases.push(
      () => {
        signal.removeEventListener('abort', abort);
      },
      camera.onStatus((status) => {
        const error = goneError(status);
        if (error !== undefined) fail(error);
      }),
      camera.onFrame((frame) => {
        if (frame.receivedAt < notBefore) return;
        frames.push(frame);
        if (frames.length >= count) {
          finish(() => {
            resolve(frames);
          });
        }
      }),
      clock.after(timeoutMs, () => {
        if (frames.length === 0) {
          fail(new KioskError('camera/timeout', `no frame within ${timeoutMs} ms of the press`));
          return;
        }
        finish(() => {
          resolve(frames);
        });
      }),
    );
  });
}

/** `starting` is not gone: the first frame may come within the time-out. */
function goneError({ state, reason }: CameraStatus): KioskError | undefined {
  if (state === 'lost') return new KioskError('camera/lost', reason ?? 'the camera is gone');
  if (state === 'stalled') return new KioskError('camera/stalled', reason ?? 'the camera sends no pictures');
  return undefined;
}
