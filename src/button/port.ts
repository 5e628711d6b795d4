/** One press that survived debouncing. */
export interface Press {
  /** `Clock.monotonic()` of the edge: frames exposed before it are never used. */
  readonly at: number;
}

/** A thing that can be pressed. Drivers: `onoff` (GPIO by sysfs) and the virtual button (HTTP, screen, signal). */
export interface Button {
  readonly driver: string;
  /** @throws KioskError `button/…` when the hardware cannot be had; the kiosk then runs by touch only and says so. */
  start(onPress: (press: Press) => void): Promise<void>;
  stop(): Promise<void>;
}

/** The light at the button. A kiosk without one uses a lamp that does nothing. */
export interface Lamp {
  show(pattern: LampPattern): void;
}

/** `blink` is the answer to a press that is ignored because a session is under way. */
export type LampPattern = 'ready' | 'busy' | 'ok' | 'retake' | 'fault' | 'blink';
