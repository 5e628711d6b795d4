import type { Gpio, LineRequest, OutputLine } from '../../gpio/port.ts';
import type { Lamp } from '../port.ts';

export interface GpioLampOptions {
  readonly gpio: Gpio;
  readonly request: LineRequest;
}

/** A lamp on a GPIO line, through a driver stage: a pin supplies only a few milliamperes. */
export class GpioLamp implements Lamp {
  readonly #options: GpioLampOptions;
  #line: OutputLine | undefined;

  constructor(options: GpioLampOptions) {
    this.#options = options;
  }

  get location(): string {
    return this.#line === undefined ? '' : `${this.#line.location} by ${this.#options.gpio.driver}`;
  }

  async start(): Promise<void> {
    const { gpio, request } = this.#options;
    this.#line = await gpio.openOutput(request);
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
