import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Gpio as OnoffLine } from 'onoff';
import { KioskError } from '../../lib/errors.ts';
import { chipOf, sysfsChips } from '../chips.ts';
import { gpioError } from '../errors.ts';
import type { Gpio, InputLine, LineRequest, OpenLine, OutputLine } from '../port.ts';

/** The part of onoff that the driver needs; tests pass fake lines. */
export interface OnoffModule {
  readonly Gpio: new (
    number: number,
    direction: 'in' | 'high' | 'low',
    edge: 'both' | 'none',
    options: { readonly activeLow: boolean },
  ) => Pick<OnoffLine, 'readSync' | 'writeSync' | 'watch' | 'unwatchAll' | 'unexport' | 'direction' | 'edge'>;
}

type Line = InstanceType<OnoffModule['Gpio']>;

export interface OnoffGpioOptions {
  readonly sysfsRoot?: string;
  readonly load?: () => Promise<OnoffModule>;
}

/** GPIO through sysfs. onoff's own debouncing loses a tap that is shorter than its time, so edges are read raw. */
export class OnoffGpio implements Gpio {
  readonly driver = 'onoff';
  readonly #root: string;
  readonly #load: () => Promise<OnoffModule>;

  constructor({ sysfsRoot = '/sys/class/gpio', load = loadOnoff }: OnoffGpioOptions = {}) {
    this.#root = sysfsRoot;
    this.#load = load;
  }

  openInput(request: LineRequest, onLevel: (active: boolean) => void): Promise<InputLine> {
    return this.#open(request, 'in', (line, open) => {
      // onoff silently ignores errors when it configures a line that was already exported, so the result is checked.
      if (line.direction() !== 'in' || line.edge() !== 'both') {
        throw new KioskError(
          'gpio/no-line',
          `${open.location} cannot be an input with edge detection: set ${request.setting}_LINE`,
        );
      }
      line.watch((error, value) => {
        if (error === null || error === undefined) onLevel(value === 1);
      });
      return { ...open, active: line.readSync() === 1 };
    });
  }

  openOutput(request: LineRequest): Promise<OutputLine> {
    // These two words of sysfs are physical levels, whatever the active level is.
    return this.#open(request, request.activeLow ? 'high' : 'low', (line, open) => {
      if (line.direction() !== 'out') {
        throw new KioskError(
          'gpio/no-line',
          `${open.location} cannot be an output: set ${request.setting}_LINE`,
        );
      }
      const write = (active: boolean): void => {
        line.writeSync(active ? 1 : 0);
      };
      const close = (): void => {
        quietly(() => {
          write(false);
        });
        open.close();
      };
      return { ...open, write, close };
    });
  }

  async #open<T extends OpenLine>(
    request: LineRequest,
    direction: 'in' | 'high' | 'low',
    use: (line: Line, open: OpenLine) => T,
  ): Promise<T> {
    const { line, activeLow, setting } = request;
    const chip = chipOf(sysfsChips(this.#root, setting), request);
    const number = chip.base + line;
    const location = `GPIO line ${line} of ${chip.label}`;
    const { Gpio } = await this.#load();
    let opened: OpenLine | undefined;
    try {
      const shared = existsSync(join(this.#root, `gpio${number}`));
      // Without permission, onoff would retry opening ten thousand times and block the event loop meanwhile.
      if (!shared) accessSync(join(this.#root, 'export'), constants.W_OK);
      const gpio = new Gpio(number, direction, direction === 'in' ? 'both' : 'none', { activeLow });
      opened = { location, close: closer(gpio, shared) };
      return use(gpio, opened);
    } catch (error) {
      opened?.close();
      throw gpioError(error, `${location} (${number} in sysfs)`, setting);
    }
  }
}

/**
 * A line that was already exported stays exported: it may belong to the running kiosk while `kiosk doctor` checks it.
 */
function closer(line: Line, shared: boolean): () => void {
  let open = true;
  return () => {
    if (!open) return;
    open = false;
    quietly(() => {
      line.unwatchAll();
      if (!shared) line.unexport();
    });
  };
}

/** Errors while a line is released have no receiver. */
function quietly(act: () => void): void {
  try {
    act();
  } catch {
    // The line has already been released.
  }
}

async function loadOnoff(): Promise<OnoffModule> {
  return import('onoff').catch((cause: unknown) => {
    throw new KioskError(
      'gpio/no-driver',
      'the package onoff cannot be loaded: install a C++ compiler with make, then run npm ci again',
      { cause },
    );
  });
}
