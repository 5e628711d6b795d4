import { abortReason, type Clock } from '../lib/clock.ts';
import { KioskError } from '../lib/errors.ts';
import type { Camera, CameraStatus, Frame } from './port.ts';

export interface BurstOptions {
  readonly count: number;
  /**
   * From the first frame to the last, ms: the frames are spread evenly over it. 0 (the default) takes consecutive
   * frames.
   */
  readonly spanMs?: number;
  /** `Clock.monotonic()`: frames that arrived before it may have been exposed before the press and are never used. */
  readonly notBefore: number;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Collects the next frames of the running stream, consecutive or spread over a span. At the timeout, the frames
 * received so far are enough, if there is at least one.
 *
 * @throws KioskError `camera/lost`, `camera/stalled`, `camera/timeout`; the signal's reason when aborted
 */
export function captureBurst(camera: Camera, options: BurstOptions): Promise<readonly Frame[]> {
  const { count, spanMs = 0, notBefore, timeoutMs, clock, signal } = options;
  const apart = count > 1 ? spanMs / (count - 1) : 0;
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
        const due = frames[0] === undefined ? notBefore : frames[0].receivedAt + frames.length * apart;
        if (frame.receivedAt < due) return;
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

/** `starting` is not lost: the first frame may still arrive before the timeout. */
function goneError({ state, reason }: CameraStatus): KioskError | undefined {
  if (state === 'lost') return new KioskError('camera/lost', reason ?? 'the camera is disconnected');
  if (state === 'stalled') return new KioskError('camera/stalled', reason ?? 'the camera sends no frames');
  if (state === 'stopped') return new KioskError('camera/lost', 'the camera stream is stopped');
  return undefined;
}
