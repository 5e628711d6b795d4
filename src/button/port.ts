/**
 * Events of a driver. Times are `Clock.monotonic()`, ms. `found` comes first; a driver that can lose its device sends
 * `gone`, and `found` again when it is back.
 */
export type KeyEvent =
  /** The key is available; if it is held down at that moment, it is not being pressed. */
  | { readonly type: 'found'; readonly pressed: boolean; readonly at: number; readonly location: string }
  /** The raw level, as often as the driver likes. `proven`: already debounced upstream. */
  | { readonly type: 'level'; readonly pressed: boolean; readonly at: number; readonly proven?: true }
  | { readonly type: 'gone'; readonly at: number; readonly reason: string };

/**
 * A key: on a GPIO line, of an input device, or pressed by software only. It reports levels; `gestures.ts` interprets
 * them, for all drivers alike.
 */
export interface Key {
  readonly driver: string;
  /** True while it occupies a GPIO line: trying another driver for the same line is then pointless. */
  readonly holdsLine: boolean;
  /** @throws KioskError `gpio/…` or `button/…`, with its cure, if the hardware is unavailable; nothing is held then */
  start(emit: (event: KeyEvent) => void): Promise<void>;
  /** Releases the hardware; no more events. May be called twice. */
  stop(): Promise<void>;
}
