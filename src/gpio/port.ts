/** A line of a GPIO chip, as identified in the settings. */
export interface LineRequest {
  /** Number of the line on its chip: the BCM number on a Raspberry Pi. */
  readonly line: number;
  /** Label of the chip; empty detects a Raspberry Pi's. */
  readonly chipLabel: string;
  /** The line is active when low. */
  readonly activeLow: boolean;
  /** Settings named in errors: the prefix of `_LINE` and `_CHIP`. */
  readonly setting: 'KIOSK_BUTTON' | 'KIOSK_LAMP';
}

export interface OpenLine {
  /** Display name: “GPIO line 17 of pinctrl-rp1”. */
  readonly location: string;
  /** Releases the line, an output at its inactive level; never throws and may be called twice. */
  close(): void;
}

export interface InputLine extends OpenLine {
  /** Whether it was active when it was requested. */
  readonly active: boolean;
}

export interface OutputLine extends OpenLine {
  /** @throws Error if the line can no longer be written */
  write(active: boolean): void;
}

/** Access to the lines of GPIO chips. Drivers: `onoff` (sysfs) and `gpiod` (character device, libgpiod 1.x). */
export interface Gpio {
  readonly driver: 'onoff' | 'gpiod';
  /**
   * Requests a line as an input; from then on `onLevel` is called with its level whenever that may have changed.
   *
   * @throws KioskError `gpio/…` with its cure, as listed in `errors.ts`
   */
  openInput(request: LineRequest, onLevel: (active: boolean) => void): Promise<InputLine>;
  /** Requests a line as an output, initially inactive. @throws KioskError `gpio/…`, as `openInput` */
  openOutput(request: LineRequest): Promise<OutputLine>;
}
