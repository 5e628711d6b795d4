/** One line of a GPIO chip, as the settings name it. */
export interface LineRequest {
  /** Number of the line on its chip: the BCM number on a Raspberry Pi. */
  readonly line: number;
  /** Label of the chip; empty finds a Raspberry Pi's. */
  readonly chipLabel: string;
  /** The line is active when it is low. */
  readonly activeLow: boolean;
  /** Settings that errors send people to: the prefix of `_LINE` and `_CHIP`. */
  readonly setting: 'KIOSK_BUTTON' | 'KIOSK_LAMP';
}

export interface OpenLine {
  /** Where it is, for people: “GPIO line 17 of pinctrl-rp1”. */
  readonly location: string;
  /** Lets the line go, an output in its inactive level; throws nothing and may be called twice. */
  close(): void;
}

export interface InputLine extends OpenLine {
  /** Whether it was active when it was taken. */
  readonly active: boolean;
}

export interface OutputLine extends OpenLine {
  /** @throws Error when the line cannot be written any more */
  write(active: boolean): void;
}

/** A way to the lines of GPIO chips. Drivers: `onoff` (sysfs) and `gpiod` (character device, libgpiod 1.x). */
export interface Gpio {
  readonly driver: 'onoff' | 'gpiod';
  /**
   * Takes a line as an input; from then on `onLevel` is called with its level whenever that may have changed.
   *
   * @throws KioskError `gpio/…` with its cure, as `errors.ts` lists them
   */
  openInput(request: LineRequest, onLevel: (active: boolean) => void): Promise<InputLine>;
  /** Takes a line as an output, inactive at first. @throws KioskError `gpio/…`, as `openInput` */
  openOutput(request: LineRequest): Promise<OutputLine>;
}
