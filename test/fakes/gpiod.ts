import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { GpiodLine, GpiodModule } from '../../src/gpio/drivers/gpiod.ts';
import { refusal, Wire } from './wire.ts';

const ACTIVE_LOW = 4;

/** A board whose chips are files in a real folder, with a fake node-libgpiod for its lines. */
export class GpiodBoard {
  readonly root = mkdtempSync(join(tmpdir(), 'kiosk-gpiod-'));
  readonly #chips = new Map<string, { label: string; lines: number }>();
  readonly #wires = new Map<string, Wire>();
  /** What was done to the lines, in order. */
  readonly done: string[] = [];
  /** The error code with which the next request, or the opening of a chip, fails. */
  readonly refuse: { request?: string; chip?: string } = {};
  version = '1.6.3';

  dispose(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  addChip(name: string, label: string, lines: number): this {
    writeFileSync(join(this.root, name), '');
    this.#chips.set(name, { label, lines });
    return this;
  }

  addPi5(): this {
    return this.addChip('gpiochip0', 'gpio-brcmstb@107d508500', 32).addChip('gpiochip10', 'pinctrl-rp1', 54);
  }

  wire(label: string, line: number): Wire {
    const key = `${label} ${line}`;
    const wire = this.#wires.get(key) ?? new Wire();
    this.#wires.set(key, wire);
    return wire;
  }

  readonly load = (): Promise<GpiodModule> => {
    const { refuse } = this;
    const chipAt = (path: string) => this.#chips.get(basename(path));
    const lineOf = (label: string, offset: number) => this.#line(label, offset);
    class Chip {
      readonly label: string;
      readonly numberOfLines: number;

      constructor(path: string) {
        const chip = chipAt(path);
        if (refuse.chip !== undefined || chip === undefined) throw refusal(refuse.chip ?? 'ENOENT');
        this.label = chip.label;
        this.numberOfLines = chip.lines;
      }

      getLine(offset: number): GpiodLine {
        return lineOf(this.label, offset);
      }
    }
    return Promise.resolve({ version: this.version, Chip });
  };

  #line(label: string, offset: number): GpiodLine {
    const wire = this.wire(label, offset);
    let activeLow = false;
    let held = false;
    const request = (what: string, flags: number): void => {
      if (this.refuse.request !== undefined) throw refusal(this.refuse.request);
      this.done.push(`${what} ${label} ${offset} flags ${flags}`);
      activeLow = (flags & ACTIVE_LOW) !== 0;
      held = true;
    };
    const requireHeld = (): void => {
      if (!held) throw refusal('EPERM');
    };
    return {
      requestInputModeFlags: (_consumer, flags) => {
        request('input', flags);
      },
      requestOutputModeFlags: (_consumer, flags, value) => {
        request('output', flags);
        wire.set((value === 1) !== activeLow);
      },
      getValue: () => {
        requireHeld();
        return wire.high === activeLow ? 0 : 1;
      },
      setValue: (value) => {
        requireHeld();
        wire.set((value === 1) !== activeLow);
      },
      release: () => {
        held = false;
        this.done.push(`release ${offset}`);
      },
    };
  }
}
