import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OnoffModule } from '../../src/gpio/drivers/onoff.ts';
import { refusal, Wire } from './wire.ts';

type Direction = ConstructorParameters<OnoffModule['Gpio']>[1];

/** A board whose chips are real files as in sysfs, with a fake onoff for its lines. */
export class SysfsGpio {
  readonly root = mkdtempSync(join(tmpdir(), 'kiosk-gpio-'));
  readonly wires = new Map<number, Wire>();
  /** What was done to the lines, in order. */
  readonly done: string[] = [];
  /** The error code with which the next line fails to open. */
  refuse: string | undefined;
  /** Methods that the next line overrides, to misbehave. */
  sullen: Partial<InstanceType<OnoffModule['Gpio']>> = {};

  constructor() {
    writeFileSync(join(this.root, 'export'), '');
  }

  dispose(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  addChip(label: string, { base, lines }: { base: number; lines: number }): this {
    const folder = join(this.root, `gpiochip${base}`);
    mkdirSync(folder);
    for (const [file, value] of Object.entries({ label, base, ngpio: lines }))
      writeFileSync(join(folder, file), `${value}\n`);
    return this;
  }

  /** A Raspberry Pi 5: the chip of the header is neither the first nor based at zero. */
  addPi5(): this {
    return this.addChip('gpio-brcmstb@107d508500', { base: 512, lines: 32 }).addChip('pinctrl-rp1', {
      base: 569,
      lines: 54,
    });
  }

  wire(number: number): Wire {
    const wire = this.wires.get(number) ?? new Wire();
    this.wires.set(number, wire);
    return wire;
  }

  /** Exports a line, as another program or a killed kiosk leaves it. */
  exportLine(number: number): void {
    mkdirSync(join(this.root, `gpio${number}`));
  }

  readonly load = (): Promise<OnoffModule> => Promise.resolve({ Gpio: this.#lines() });

  #lines(): OnoffModule['Gpio'] {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the class below has a `this` of its own
    const board = this;
    return class FakeOnoffLine {
      readonly #wire: Wire;
      readonly #number: number;
      readonly #direction: Direction;
      readonly #edge: 'both' | 'none';
      readonly #activeLow: boolean;
      #unwatch: () => void = () => {};

      constructor(
        number: number,
        direction: Direction,
        edge: 'both' | 'none',
        { activeLow }: { readonly activeLow: boolean },
      ) {
        if (board.refuse !== undefined) throw refusal(board.refuse);
        this.#number = number;
        this.#direction = direction;
        this.#edge = edge;
        this.#activeLow = activeLow;
        this.#wire = board.wire(number);
        board.done.push(`open ${number} ${direction}`);
        if (direction !== 'in') this.#wire.set(direction === 'high');
        Object.assign(this, board.sullen);
      }

      direction(): 'in' | 'out' {
        return this.#direction === 'in' ? 'in' : 'out';
      }

      edge(): 'both' | 'none' {
        return this.#edge;
      }

      readSync(): 0 | 1 {
        return this.#wire.high === this.#activeLow ? 0 : 1;
      }

      writeSync(value: 0 | 1): void {
        this.#wire.set((value === 1) !== this.#activeLow);
      }

      watch(listener: (error: Error | null | undefined, value: 0 | 1) => void): void {
        this.#unwatch = this.#wire.watch(() => {
          listener(null, this.readSync());
        });
      }

      unwatchAll(): void {
        this.#unwatch();
        board.done.push(`unwatch ${this.#number}`);
      }

      unexport(): void {
        board.done.push(`unexport ${this.#number}`);
      }
    };
  }
}
