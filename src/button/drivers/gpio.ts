import type { Gpio, InputLine, LineRequest } from '../../gpio/port.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Key, KeyEvent } from '../port.ts';

export interface GpioKeyOptions {
  readonly gpio: Gpio;
  readonly request: LineRequest;
  readonly clock: Clock;
}

/** A key between a GPIO line and ground (or the supply), whichever driver provides the lines. */
export class GpioKey implements Key {
  readonly #options: GpioKeyOptions;
  #line: InputLine | undefined;

  constructor(options: GpioKeyOptions) {
    this.#options = options;
  }

  get driver(): string {
    return this.#options.gpio.driver;
  }

  get holdsLine(): boolean {
    return this.#line !== undefined;
  }

  async start(emit: (event: KeyEvent) => void): Promise<void> {
    const { gpio, request, clock } = this.#options;
    this.#line = await gpio.openInput(request, (pressed) => {
      // An edge before the first reading is part of the initial state.
      if (this.#line !== undefined) emit({ type: 'level', pressed, at: clock.monotonic() });
    });
    const { location, active } = this.#line;
    emit({ type: 'found', pressed: active, at: clock.monotonic(), location });
  }

  stop(): Promise<void> {
    this.#line?.close();
    this.#line = undefined;
    return Promise.resolve();
  }
}
