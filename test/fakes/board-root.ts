import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Board, BoardReading } from '../../src/board/port.ts';

/** A folder in place of `/`, with the files and programs of a board that a test writes there. */
export class BoardRoot {
  readonly path = mkdtempSync(join(tmpdir(), 'kiosk-board-'));

  dispose(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  write(file: string, text: string): this {
    const path = join(this.path, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return this;
  }

  /** @param script for `/bin/sh` */
  program(file: string, script: string): this {
    this.write(file, `#!/bin/sh\n${script}\n`);
    chmodSync(join(this.path, file), 0o755);
    return this;
  }

  /** The kernel's voltage alarm of a Raspberry Pi, after another sensor as on the real one. */
  voltageAlarm(on: boolean): this {
    return this.write('sys/class/hwmon/hwmon0/name', 'cpu_thermal\n')
      .write('sys/class/hwmon/hwmon1/name', 'rpi_volt\n')
      .write('sys/class/hwmon/hwmon1/in0_lcrit_alarm', on ? '1\n' : '0\n');
  }

  /** The firmware's throttling flags. */
  throttled(value: number): this {
    const answer = `throttled=0x${value.toString(16)}`;
    return this.program('usr/bin/vcgencmd', `[ "$1" = get_throttled ] && echo ${answer}`);
  }

  celsius(...zones: readonly number[]): this {
    zones.forEach((value, i) => {
      this.write(`sys/class/thermal/thermal_zone${i}/temp`, `${Math.round(value * 1000)}\n`);
    });
    return this;
  }
}

/** A board that reports nothing. */
export const SILENT: BoardReading = {
  model: undefined,
  underVoltage: undefined,
  throttled: undefined,
  tooHot: undefined,
  celsius: undefined,
  memory: undefined,
  disk: undefined,
  clockSynchronised: undefined,
};

/** A board in a state set by the test. */
export class FakeBoard implements Board {
  reading: BoardReading = SILENT;
  failure: Error | undefined;
  reads = 0;

  read(): Promise<BoardReading> {
    this.reads += 1;
    return this.failure === undefined ? Promise.resolve(this.reading) : Promise.reject(this.failure);
  }
}
