import type { Gpio, LineRequest, OutputLine } from '../../gpio/port.ts';
import type { Lamp } from '../port.ts';

/** A lamp on a GPIO line, through whatever drives it: a pin gives a few milliamperes and no more. */
export class GpioLamp implements Lamp {
  readonly #gpio: Gpio;
  readonly #request: LineRequest;
  #line: OutputLine | undefined;

  constructor(gpio: Gpio, request: LineRequest) {
    this.#gpio = gpio;
    this.#request = request;
  }

  get place(): string {
    return this.#line === undefined ? '' : `${this.#line.place} by ${this.#gpio.driver}`;
  }

  async start(): Promise<void> {
    this.#line = await this.#gpio.openOutput(this.#request);
  }

  light(on: boolean): void {
    this.#line?.write(on);
  }

  stop(): Promise<void> {
    this.#line?.close();
    this.#line = undefined;
    return Promise.resolve();
  }
}
