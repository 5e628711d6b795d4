import type { Service } from '../lib/lifecycle.ts';

/** One complete JPEG of the live stream. */
export interface Frame {
  readonly jpeg: Uint8Array;
  /** Counts up from 0 across restarts of the camera program. */
  readonly sequence: number;
  /** `Clock.monotonic()` when its last byte arrived. */
  readonly receivedAt: number;
}

export interface CameraStatus {
  /**
   * `stalled`: the program runs but sends no frames; `lost`: no program or no device; `stopped`: the stream was ended
   * on purpose, for a still or with the kiosk.
   */
  readonly state: 'starting' | 'live' | 'stalled' | 'lost' | 'stopped';
  readonly reason?: string;
  /** While live: where the camera is, how it was chosen, and which settings were not applied. */
  readonly location?: string;
}

/** A live stream. It starts even without a device, and recovers automatically. */
export interface Camera extends Service {
  readonly driver: string;
  /** True if the frames are drawn or replayed rather than captured through a lens. */
  readonly simulated: boolean;
  status(): CameraStatus;
  /** Both return the function that unsubscribes. */
  onStatus(listener: (status: CameraStatus) => void): () => void;
  onFrame(listener: (frame: Frame) => void): () => void;
}

/**
 * A driver: a program that writes MJPEG to its standard output, as an argument list (never a shell string), and
 * explanations of its errors.
 */
export interface CameraProgram {
  readonly driver: string;
  readonly simulated: boolean;
  readonly command: string;
  readonly args: readonly string[];
  /** See `CameraStatus`. */
  readonly location?: string;
  /** One sentence for the screen from the program's exit status and the last lines of its standard error. */
  explain(exit: { code: number | null; signal: string | null }, stderrTail: string): string;
}

/**
 * A driver whose program is determined at every start: the camera may have been plugged in meanwhile, or be another
 * one.
 */
export interface CameraDriver {
  /** As long as nothing was found. */
  readonly driver: string;
  readonly simulated: boolean;
  /** @throws KioskError `camera/lost` with one sentence: no program, no device */
  find(): Promise<CameraProgram>;
  /** The program found last has sent a frame. */
  confirmStreaming?(): void;
  /**
   * A string that identifies the connected devices, without opening one; unchanged as long as nothing is plugged in or
   * unplugged.
   */
  deviceFingerprint?(): string;
}

/** The settings of a real camera; empty or 0 leaves a value to the camera. */
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
  /** Red and blue gains (`1.8,1.4`), or a colour temperature in kelvin. */
  readonly cameraWhiteBalance: string;
  /** libcamera: dioptres; V4L2: in the control’s own unit. */
  readonly cameraFocus: string;
  /** Central fraction of width and height that is used, 0–1. */
  readonly cameraCrop: number;
  /** Degrees, clockwise. */
  readonly cameraRotation: '0' | '90' | '180' | '270';
}

/** What a camera has converged to in front of a white card, as far as it reports it. */
export type ConvergedSettings = Partial<
  Pick<CameraSettings, 'cameraExposureUs' | 'cameraGain' | 'cameraWhiteBalance' | 'cameraFocus'>
>;
