/**
 * What a driver says of its key. Times are `Clock.monotonic()`, ms. It says `found` first; a driver that can lose its device says
 * `gone`, and `found` again when it is back.
 */
export type KeyEvent =
  /** The key is there; one that is held down at that moment is not being pressed. */
  | { readonly type: 'found'; readonly pressed: boolean; readonly at: number; readonly location: string }
  /** The raw level, as often as the driver likes. `proven`: something in front has debounced it already. */
  | { readonly type: 'level'; readonly pressed: boolean; readonly at: number; readonly proven?: true }
  | { readonly type: 'gone'; readonly at: number; readonly reason: string };

/**
 * A key: on a GPIO line, of an input device, or one that only software presses. It tells levels; what they mean is decided in
 * `gestures.ts`, for all drivers alike.
 */
export interface Key {
  readonly driver: string;
  /** True while a GPIO line is taken for it: there is no use then in trying another way to the same line. */
  readonly holdsLine: boolean;
  /** @throws KioskError `gpio/…` or `button/…`, with its cure, when the hardware cannot be had; nothing is held then */
  start(emit: (event: KeyEvent) => void): Promise<void>;
  /** Lets the hardware go; nothing is told any more. May be called twice. */
  stop(): Promise<void>;
}
