/** A light that is on or off. Its driver: a GPIO line. */
export interface Lamp {
  /** Where it is, for people; once started. */
  readonly location: string;
  /** Takes the lamp, dark at first. @throws KioskError `gpio/…` with its cure */
  start(): Promise<void>;
  /** @throws Error when the lamp is there no more */
  light(on: boolean): void;
  /** Leaves it dark. May be called twice; throws nothing. */
  stop(): Promise<void>;
}

/** How the kiosk's lamp is. */
export type LampStatus =
  | { readonly state: 'none' }
  | { readonly state: 'ready'; readonly location: string }
  | { readonly state: 'failed'; readonly reason: string };
