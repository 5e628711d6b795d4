import type { Gpio as OnoffGpio } from 'onoff';
import type { Clock } from '../../lib/clock.ts';
import { KioskError } from '../../lib/errors.ts';
import { edge, RELEASED, settle, type LineState } from '../debounce.ts';
import { gpioChips, gpioError, sysfsNumber } from '../gpio-base.ts';
import type { Button, Press } from '../port.ts';

/** What the driver needs of onoff's Gpio; tests hand in a line of their own. */
export type GpioLine = Pick<OnoffGpio, 'readSync' | 'watch' | 'unwatch' | 'unexport'>;

export interface OnoffButtonOptions {
  /** BCM number. */
  readonly line: number;
  /** Label of the chip; empty finds a Raspberry Pi's. */
  readonly chipLabel: string;
  readonly activeLow: boolean;
  readonly debounceMs: number;
  readonly clock: Clock;
  readonly sysfsRoot?: string;
  readonly openLine?: (number: number, activeLow: boolean) => Promise<GpioLine>;
}

/**
 * A button on a GPIO line through sysfs. onoff's own debouncing loses a tap that is shorter than its time, so both edges are taken raw and
 * debounced here.
 */
export class OnoffButton implements Button {
  readonly driver = 'onoff';
  readonly #options: OnoffButtonOptions;
  #gpio: GpioLine | undefined;
  #state: LineState = RELEASED;
  #cancel: () => void = () => undefined;

  constructor(options: OnoffButtonOptions) {
    this.#options = options;
  }

  async start(onPress: (press: Press) => void): Promise<void> {
    const {
      line,
      chipLabel,
      activeLow,
      clock,
      sysfsRoot = '/sys/class/gpio',
      openLine = openOnoff,
    } = this.#options;
    const number = sysfsNumber(gpioChips(sysfsRoot), line, chipLabel);
    try {
      this.#gpio = await openLine(number, activeLow);
      // A button held down at start is no press.
      const held = this.#gpio.readSync() === 1;
      this.#state = { pressed: held, raw: held, since: clock.monotonic() };
      this.#gpio.watch((error, value) => {
        if (error === null || error === undefined) this.#edge(value === 1, onPress);
      });
    } catch (error) {
      await this.stop();
      throw gpioError(error, `GPIO line ${line} (${number} in sysfs)`);
    }
  }

  stop(): Promise<void> {
    this.#cancel();
    this.#gpio?.unwatch();
    this.#gpio?.unexport();
    this.#gpio = undefined;
    return Promise.resolve();
  }

  #edge(raw: boolean, onPress: (press: Press) => void): void {
    const { clock, debounceMs } = this.#options;
    this.#state = edge(this.#state, raw, clock.monotonic());
    this.#cancel();
    this.#cancel = clock.after(debounceMs, () => {
      const { state, press } = settle(this.#state, clock.monotonic(), debounceMs);
      this.#state = state;
      if (press !== undefined) onPress({ at: press });
    });
  }
}

async function openOnoff(number: number, activeLow: boolean): Promise<GpioLine> {
  const { Gpio } = await import('onoff').catch((cause: unknown) => {
    throw new KioskError(
      'button/no-driver',
      'the package onoff does not load: install a C++ compiler with make, then run npm ci again',
      { cause },
    );
  });
  return new Gpio(number, 'in', 'both', { activeLow });
}
