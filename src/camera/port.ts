import type { Service } from '../lib/lifecycle.ts';

/** One whole JPEG of the live stream. */
export interface Frame {
  readonly jpeg: Uint8Array;
  /** Counts up from 0 over all restarts of the camera program. */
  readonly sequence: number;
  /** `Clock.monotonic()` at which its last byte arrived. */
  readonly receivedAt: number;
}

export interface CameraStatus {
  /**
   * `stalled`: the program lives but sends no frames; `lost`: there is no program or no device; `stopped`: its stream was ended on purpose, for
   * a still or with the kiosk.
   */
  readonly state: 'starting' | 'live' | 'stalled' | 'lost' | 'stopped';
  readonly reason?: string;
  /** While live: where the camera is and how it was chosen, and what of its settings does not hold. */
  readonly location?: string;
}

/** A live stream. It starts even when there is no device yet, and comes back by itself. */
export interface Camera extends Service {
  readonly driver: string;
  /** True when the pictures are drawn or replayed rather than seen through a lens. */
  readonly simulated: boolean;
  status(): CameraStatus;
  /** Both return the function that unsubscribes. */
  onStatus(listener: (status: CameraStatus) => void): () => void;
  onFrame(listener: (frame: Frame) => void): () => void;
}

/**
 * What a driver is: a program that writes MJPEG to its standard output, as an argument list (never a shell string), and a few
 * words about its faults.
 */
export interface CameraProgram {
  readonly driver: string;
  readonly simulated: boolean;
  readonly command: string;
  readonly args: readonly string[];
  /** See `CameraStatus`. */
  readonly location?: string;
  /** One sentence for the screen from how the program ended and the last lines of its standard error. */
  explain(exit: { code: number | null; signal: string | null }, stderrTail: string): string;
}

/** A driver whose program is made anew at every start: a camera may have been plugged in meanwhile, or be another one. */
export interface CameraDriver {
  /** As long as nothing was found. */
  readonly driver: string;
  readonly simulated: boolean;
  /** @throws KioskError `camera/lost` with one sentence: no program, no device */
  find(): Promise<CameraProgram>;
  /** The program found last has sent a frame. */
  confirmStreaming?(): void;
  /** Which devices are plugged in, in any words, without opening one; the same words as long as nothing is pulled out or plugged in. */
  deviceFingerprint?(): string;
}

/** What the settings say of a real camera; of each what is empty or 0 is left to the camera. */
export interface CameraSettings {
  /** A path (`/dev/v4l/by-id/…`), or the number of a libcamera camera. */
  readonly cameraDevice: string;
  readonly cameraWidth: number;
  readonly cameraHeight: number;
  readonly cameraFps: number;
  /** Microseconds. */
  readonly cameraExposureUs: number;
  /** libcamera: factor; V4L2: in the control’s own unit. */
  readonly cameraGain: number;
  /** Gains of red and blue (`1.8,1.4`), or a colour temperature in kelvin. */
  readonly cameraWhiteBalance: string;
  /** libcamera: dioptres; V4L2: in the control’s own unit. */
  readonly cameraFocus: string;
  /** Share of width and height around the centre that is used, 0–1. */
  readonly cameraCrop: number;
  /** Degrees, clockwise. */
  readonly cameraRotation: '0' | '90' | '180' | '270';
}

/** What a camera has found for itself while it looked at a white card; each where it tells. */
export type ConvergedSettings = Partial<
  Pick<CameraSettings, 'cameraExposureUs' | 'cameraGain' | 'cameraWhiteBalance' | 'cameraFocus'>
>;
