import { existsSync } from 'node:fs';
import { readdir, readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../lib/run-program.ts';
import type { Board, BoardReading, Capacity } from './port.ts';
import { readThrottled, type Throttling } from './throttled.ts';

/** The firmware responds within milliseconds; a hung program must not delay the reading. */
const PROGRAM_LIMIT_MS = 2_000;

/** Where distributions install `vcgencmd`. */
const VCGENCMD = ['usr/bin/vcgencmd', 'opt/vc/bin/vcgencmd'];
const TIMEDATECTL = ['usr/bin/timedatectl', 'bin/timedatectl'];

/** Readings outside this range, °C, come from a missing or broken sensor: some report −274 or 0 for “none”. */
const BELIEVABLE = { above: 0, below: 150 };

interface Options {
  /** Takes the place of `/`; tests pass a folder with their own board, including programs. */
  readonly root?: string;
  /** The disk of this folder is checked. */
  readonly dataDir: string;
}

/** A board running Linux: sysfs, procfs and, on a Raspberry Pi, its firmware. */
export class LinuxBoard implements Board {
  readonly #root: string;
  readonly #dataDir: string;

  constructor({ root = '/', dataDir }: Options) {
    this.#root = root;
    this.#dataDir = dataDir;
  }

  async read(): Promise<BoardReading> {
    const [model, throttling, celsius, memory, disk, clockSynchronised] = await Promise.all([
      this.#model(),
      this.#throttling(),
      this.#celsius(),
      this.#memory(),
      diskOf(this.#dataDir),
      this.#clockSynchronised(),
    ]);
    return { model, ...throttling, celsius, memory, disk, clockSynchronised };
  }

  /** The device tree of an ARM board, or the firmware's data of a PC. */
  async #model(): Promise<string | undefined> {
    for (const file of ['proc/device-tree/model', 'sys/class/dmi/id/product_name']) {
      // Strings in the device tree end with a zero byte.
      const text = (await this.#text(file))?.replaceAll('\0', '').trim();
      if (text !== undefined && text !== '') return text;
    }
    return undefined;
  }

  /** The kernel's alarm comes first: it needs no program and includes what happened since its last reading. */
  async #throttling(): Promise<Throttling> {
    const firmware = readThrottled((await this.#ask(VCGENCMD, ['get_throttled'])) ?? '');
    const alarm = await this.#voltageAlarm();
    const sinceBoot = firmware?.underVoltage?.sinceBoot;
    return {
      underVoltage:
        alarm === undefined
          ? firmware?.underVoltage
          : { now: alarm, sinceBoot: alarm || sinceBoot === true ? true : sinceBoot },
      throttled: firmware?.throttled,
      tooHot: firmware?.tooHot,
    };
  }

  /**
   * `rpi_volt` polls the firmware every two seconds: the alarm tells whether the voltage was too low at any time since
   * then.
   */
  async #voltageAlarm(): Promise<boolean | undefined> {
    const folder = 'sys/class/hwmon';
    for (const name of await this.#namesIn(folder)) {
      if ((await this.#text(join(folder, name, 'name')))?.trim() !== 'rpi_volt') continue;
      const alarm = (await this.#text(join(folder, name, 'in0_lcrit_alarm')))?.trim();
      if (alarm === '0' || alarm === '1') return alarm === '1';
    }
    return undefined;
  }

  async #celsius(): Promise<number | undefined> {
    const folder = 'sys/class/thermal';
    const zones = (await this.#namesIn(folder)).filter((name) => name.startsWith('thermal_zone'));
    const texts = await Promise.all(zones.map((zone) => this.#text(join(folder, zone, 'temp'))));
    const temperatures = texts
      .filter((text) => text !== undefined && /^-?\d+$/.test(text.trim()))
      .map((text) => Number(text) / 1000)
      .filter((value) => value > BELIEVABLE.above && value < BELIEVABLE.below);
    return temperatures.length === 0 ? undefined : Math.max(...temperatures);
  }

  async #memory(): Promise<Capacity | undefined> {
    const text = (await this.#text('proc/meminfo')) ?? '';
    const [freeBytes, totalBytes] = ['MemAvailable', 'MemTotal'].map((name) => {
      const kibibytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1];
      return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
    });
    return freeBytes === undefined || totalBytes === undefined ? undefined : { freeBytes, totalBytes };
  }

  /** systemd-timesyncd leaves a file; for other time daemons `timedatectl` reports the kernel's flag. */
  async #clockSynchronised(): Promise<boolean | undefined> {
    if (existsSync(join(this.#root, 'run/systemd/timesync/synchronized'))) return true;
    const answer = await this.#ask(TIMEDATECTL, ['show', '--property=NTPSynchronized', '--value']);
    return { yes: true, no: false }[answer?.trim() ?? ''];
  }

  async #text(path: string): Promise<string | undefined> {
    return readFile(join(this.#root, path), 'utf8').catch(() => undefined);
  }

  async #namesIn(folder: string): Promise<readonly string[]> {
    return readdir(join(this.#root, folder)).catch(() => []);
  }

  /** The output of the first of these programs that exists; `undefined` if none does, or it fails. */
  async #ask(programs: readonly string[], args: readonly string[]): Promise<string | undefined> {
    const program = programs.map((path) => join(this.#root, path)).find((path) => existsSync(path));
    if (program === undefined) return undefined;
    return runProgram(program, args, { timeoutMs: PROGRAM_LIMIT_MS }).then(
      (answer) => (answer?.code === 0 ? answer.stdout : undefined),
      () => undefined,
    );
  }
}

async function diskOf(folder: string): Promise<Capacity | undefined> {
  return statfs(folder).then(
    ({ bavail, blocks, bsize }) => ({ freeBytes: bavail * bsize, totalBytes: blocks * bsize }),
    () => undefined,
  );
}
