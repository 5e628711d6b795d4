import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../lib/clock.ts';
import { codeOf, describe, KioskError, systemCode } from '../../lib/errors.ts';
import { chipOf, type Chip } from '../chips.ts';
import { gpioError } from '../errors.ts';
import type { Gpio, InputLine, LineRequest, OutputLine } from '../port.ts';

/** Not a dependency: it builds against libgpiod 1.x only, and a kiosk must install without it. */
const PACKAGE = 'node-libgpiod';

/**
 * The package has no edge events, so the line is polled at this interval, ms: a spike appears at most this much longer
 * than it was.
 */
const POLL_MS = 5;

/** Bits of libgpiod 1.x's request flags. */
const ACTIVE_LOW = 1 << 2;
const BIAS_PULL_DOWN = 1 << 4;
const BIAS_PULL_UP = 1 << 5;

const CONSUMER = 'dermoscopy-kiosk';

/** The part of node-libgpiod 0.5 that the driver needs. */
export interface GpiodModule {
  /** Version of libgpiod itself. */
  readonly version: string;
  readonly Chip: new (path: string) => GpiodChip;
}

export interface GpiodChip {
  readonly label: string;
  readonly numberOfLines: number;
  getLine(offset: number): GpiodLine;
}

export interface GpiodLine {
  requestInputModeFlags(consumer: string, flags: number): void;
  requestOutputModeFlags(consumer: string, flags: number, value: number): void;
  getValue(): number;
  setValue(value: number): void;
  release(): void;
}

export interface GpiodGpioOptions {
  readonly clock: Clock;
  readonly devRoot?: string;
  readonly load?: () => Promise<GpiodModule>;
}

interface FoundChip extends Chip {
  readonly chip: GpiodChip;
}

/**
 * GPIO through the character device, by node-libgpiod. The pull of an input is part of the request: no config.txt is
 * needed.
 */
export class GpiodGpio implements Gpio {
  readonly driver = 'gpiod';
  readonly #options: GpiodGpioOptions;

  constructor(options: GpiodGpioOptions) {
    this.#options = options;
  }

  openInput(request: LineRequest, onLevel: (active: boolean) => void): Promise<InputLine> {
    return this.#open(request, (line, { location, flags, keep }) => {
      line.requestInputModeFlags(CONSUMER, flags | (request.activeLow ? BIAS_PULL_UP : BIAS_PULL_DOWN));
      const read = (): boolean => line.getValue() === 1;
      const active = read();
      const stop = this.#poll(read, active, onLevel);
      const close = (): void => {
        stop();
        release(line, keep);
      };
      return { location, active, close };
    });
  }

  openOutput(request: LineRequest): Promise<OutputLine> {
    return this.#open(request, (line, { location, flags, keep }) => {
      line.requestOutputModeFlags(CONSUMER, flags, 0);
      const write = (active: boolean): void => {
        line.setValue(active ? 1 : 0);
      };
      const close = (): void => {
        try {
          write(false);
        } catch {
          // The line has already been released.
        }
        release(line, keep);
      };
      return { location, write, close };
    });
  }

  async #open<T>(
    request: LineRequest,
    use: (line: GpiodLine, with_: { location: string; flags: number; keep: Set<object> }) => T,
  ): Promise<T> {
    const { line, activeLow, setting } = request;
    const { chip, label } = this.#chipOf(await this.#load(), request);
    const location = `GPIO line ${line} of ${label}`;
    try {
      const handle = chip.getLine(line);
      // The package closes a chip when it is garbage-collected, and the line with it.
      return use(handle, { location, flags: activeLow ? ACTIVE_LOW : 0, keep: new Set([chip]) });
    } catch (error) {
      throw gpioError(error, location, setting);
    }
  }

  async #load(): Promise<GpiodModule> {
    const module = await (this.#options.load ?? loadGpiod)();
    if (typeof module.Chip !== 'function' || !module.version.startsWith('1.')) {
      throw new KioskError(
        'gpio/no-driver',
        `${PACKAGE} with libgpiod ${module.version} is not supported: it needs libgpiod 1.x (Debian 12); use KIOSK_BUTTON=input or onoff instead`,
      );
    }
    return module;
  }

  /** Skips files that are not chips. A permission error matters only if the requested chip is not among the others. */
  #chipOf(gpiod: GpiodModule, request: LineRequest): FoundChip {
    const { devRoot = '/dev' } = this.#options;
    const found: FoundChip[] = [];
    let refused: KioskError | undefined;
    for (const name of readdirSync(devRoot).filter((name) => /^gpiochip\d+$/.test(name))) {
      const path = join(devRoot, name);
      try {
        const chip = new gpiod.Chip(path);
        found.push({ chip, label: chip.label, lines: chip.numberOfLines });
      } catch (error) {
        const told = gpioError(error, path, request.setting);
        if (told.code === 'gpio/no-permission') refused = told;
      }
    }
    try {
      return chipOf(found, request);
    } catch (error) {
      throw codeOf(error) === 'gpio/no-chip' && refused !== undefined ? refused : error;
    }
  }

  #poll(read: () => boolean, first: boolean, onLevel: (active: boolean) => void): () => void {
    const { clock } = this.#options;
    let last = first;
    let cancel = (): void => undefined;
    const look = (): void => {
      try {
        const level = read();
        if (level !== last) onLevel(level);
        last = level;
      } catch {
        // The line is being released: the level stays what it was.
      }
      cancel = clock.after(POLL_MS, look);
    };
    cancel = clock.after(POLL_MS, look);
    return () => {
      cancel();
    };
  }
}

function release(line: GpiodLine, keep: Set<object>): void {
  if (keep.size === 0) return;
  keep.clear();
  try {
    line.release();
  } catch {
    // The line has already been released.
  }
}

/**
 * Loaded by a name that the compiler does not resolve: the package may be absent, and any error it throws is reported
 * as such.
 */
async function loadGpiod(): Promise<GpiodModule> {
  try {
    const loaded = (await import(PACKAGE)) as { readonly default?: GpiodModule } & GpiodModule;
    return loaded.default ?? loaded;
  } catch (cause) {
    const absent = systemCode(cause) === 'ERR_MODULE_NOT_FOUND';
    throw new KioskError(
      'gpio/no-driver',
      absent
        ? `the package ${PACKAGE} is not installed: see docs/hardware.md; it needs libgpiod 1.x`
        : `the package ${PACKAGE} cannot be loaded: it needs libgpiod 1.x, as on Debian 12 (${describe(cause)})`,
      { cause: absent ? undefined : cause },
    );
  }
}
