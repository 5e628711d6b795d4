import type { Clock } from '../lib/clock.ts';
import { KioskError } from '../lib/errors.ts';
import { readText, type ReadText } from '../lib/read-text.ts';
import { matchesHash, saltedHash } from '../lib/secret-hash.ts';
import { isFitPin, PIN_LENGTH } from '../protocol/pin.ts';
import { readPin, RESET, writePin, type PinRecord, type PinState } from './pin-file.ts';

/** This many consecutive wrong attempts are tolerated as typing errors with gloves. */
const FREE_TRIES = 3;
const FIRST_DELAY_MS = 30_000;
/**
 * At one attempt per hour a six-digit PIN lasts for decades; if it is forgotten, it can be reset from the command line.
 */
const LONGEST_DELAY_MS = 3_600_000;

/**
 * Delay after a number of consecutive wrong attempts, ms: none at first, then 30 s, doubling each time, at most an
 * hour.
 */
export function delayAfter(failures: number, freeTries = FREE_TRIES): number {
  if (failures < freeTries) return 0;
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - freeTries));
}

export interface PinOptions {
  readonly dataDir: string;
  readonly clock: Clock;
  /** Unless given, from the disk. */
  readonly read?: ReadText;
}

export interface PinStatus {
  readonly isSet: boolean;
  /** Whether it has been removed from the command line since. */
  readonly wasReset: boolean;
  /** Until the next attempt is accepted, ms. */
  readonly waitMs: number;
}

/**
 * The technician's PIN. A wrong attempt is counted on disk before it is compared, so that a power cut does not reset
 * it; the resulting delay restarts with every start, so that a restart does not shorten it and the clock need not be
 * right.
 */
export class Pin {
  readonly #options: PinOptions;
  /** Time of the last wrong attempt, or of the start. */
  #waitsSince: number;
  #busy = false;

  constructor(options: PinOptions) {
    this.#options = options;
    this.#waitsSince = options.clock.monotonic();
  }

  /** Reads the file once. @throws KioskError `store/failed` if it is damaged */
  async status(): Promise<PinStatus> {
    const state = await this.#read();
    const record = recordIn(state);
    return {
      isSet: record !== undefined,
      wasReset: state === RESET,
      waitMs: record === undefined ? 0 : this.#waitMs(record),
    };
  }

  /** @throws KioskError `pin/weak`; `store/…` if it cannot be saved */
  async set(pin: string): Promise<void> {
    if (!isFitPin(pin, PIN_LENGTH)) throw new KioskError('pin/weak', 'the PIN is too simple');
    writePin(this.#options.dataDir, { ...(await saltedHash(pin)), failures: 0 });
  }

  /**
   * @returns consecutive wrong attempts; 0 if the PIN is right
   * @throws KioskError `pin/wait` before the delay is over, or during another attempt; `store/…` if the attempt
   *   cannot be counted
   */
  async try(pin: string): Promise<number> {
    if (this.#busy) throw tooEarly();
    this.#busy = true;
    try {
      const record = recordIn(await this.#read());
      if (record === undefined) throw new KioskError('settings/locked', 'there is no PIN');
      if (this.#waitMs(record) > 0) throw tooEarly();
      const failures = record.failures + 1;
      writePin(this.#options.dataDir, { ...record, failures });
      this.#waitsSince = this.#options.clock.monotonic();
      const right = await matchesHash(pin, record);
      this.#waitsSince = this.#options.clock.monotonic();
      if (!right) return failures;
      writePin(this.#options.dataDir, { ...record, failures: 0 });
      return 0;
    } finally {
      this.#busy = false;
    }
  }

  #read(): Promise<PinState> {
    const { dataDir, read = readText } = this.#options;
    return readPin(dataDir, read);
  }

  #waitMs({ failures }: PinRecord): number {
    const waited = this.#options.clock.monotonic() - this.#waitsSince;
    return Math.max(0, delayAfter(failures) - waited);
  }
}

function recordIn(state: PinState): PinRecord | undefined {
  return state === RESET ? undefined : state;
}

function tooEarly(): KioskError {
  return new KioskError('pin/wait', 'wait before the next attempt');
}
