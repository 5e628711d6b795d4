/** A light that is on or off. Its driver: a GPIO line. */
export interface Lamp {
  /** Display name; once started. */
  readonly location: string;
  /** Requests the lamp, initially dark. @throws KioskError `gpio/…` with its cure */
  start(): Promise<void>;
  /** @throws Error if the lamp is no longer available */
  light(on: boolean): void;
  /** Leaves it dark. May be called twice; never throws. */
  stop(): Promise<void>;
}

/** The state of the kiosk's lamp. */
export type LampStatus =
  | { readonly state: 'none' }
  | { readonly state: 'ready'; readonly location: string }
  | { readonly state: 'failed'; readonly reason: string };
