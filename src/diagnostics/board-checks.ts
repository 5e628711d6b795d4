import type { BoardCondition, BoardReading } from '../board/port.ts';
import { HOT_CELSIUS } from '../board/warnings.ts';
import type { Check } from '../protocol/diagnostics.ts';
import { checkOf, NOT_REPORTED, size } from './check.ts';

/** With less available memory than this, bytes, the next page of a browser may get the inference process killed. */
const LITTLE_MEMORY = 150_000_000;

/** A session without its image takes a few kilobytes; below this limit, bytes, space must be freed soon. */
const LITTLE_DISK = 500_000_000;

export function boardCheck({ model }: BoardReading): Check {
  return checkOf('board', model === undefined ? 'unknown' : 'ok', model ?? NOT_REPORTED);
}

/** @param ownBytes resident memory of the kiosk's own process, without the inference process */
export function memoryCheck({ memory }: BoardReading, ownBytes: number): Check {
  const own = `the kiosk itself uses ${size(ownBytes)}`;
  if (memory === undefined) return checkOf('memory', 'unknown', `${NOT_REPORTED}; ${own}`);
  const found = `${size(memory.freeBytes)} of ${size(memory.totalBytes)} available; ${own}`;
  return memory.freeBytes < LITTLE_MEMORY
    ? checkOf('memory', 'warning', found, 'memory-short')
    : checkOf('memory', 'ok', found);
}

/** @param recording the outcome of a test write of a row or a file */
export function diskCheck({ disk }: BoardReading, recording: string): Check {
  if (disk === undefined) return checkOf('disk', 'ok', `${recording}; free space is ${NOT_REPORTED}`);
  const found = `${size(disk.freeBytes)} of ${size(disk.totalBytes)} free; ${recording}`;
  return disk.freeBytes < LITTLE_DISK
    ? checkOf('disk', 'warning', found, 'disk-full')
    : checkOf('disk', 'ok', found);
}

export function clockCheck({ clockSynchronised }: BoardReading, now: Date): Check {
  const time = `${now.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  switch (clockSynchronised) {
    case undefined:
      return checkOf('clock', 'unknown', `${time}; synchronisation ${NOT_REPORTED}`);
    case true:
      return checkOf('clock', 'ok', `${time}, synchronised`);
    case false:
      return checkOf('clock', 'warning', `${time}, not synchronised: it may be wrong`, 'clock-unset');
  }
}

export function powerCheck({ underVoltage, throttled }: BoardReading): Check {
  if (underVoltage === undefined && throttled === undefined) return checkOf('power', 'unknown', NOT_REPORTED);
  const alarms: readonly [string, BoardCondition | undefined][] = [
    ['under-voltage', underVoltage],
    ['throttled', throttled],
  ];
  const found = alarms.map(([name, alarm]) => `${name}: ${reported(alarm)}`).join('; ');
  if (bad(underVoltage)) return checkOf('power', 'warning', found, 'under-voltage');
  return bad(throttled) ? checkOf('power', 'warning', found, 'throttled') : checkOf('power', 'ok', found);
}

export function heatCheck({ celsius, tooHot }: BoardReading): Check {
  if (celsius === undefined && tooHot === undefined) return checkOf('heat', 'unknown', NOT_REPORTED);
  const degrees = celsius === undefined ? `temperature ${NOT_REPORTED}` : `${Math.round(celsius)} °C`;
  const found =
    tooHot === undefined ? degrees : `${degrees}; firmware temperature limit reached: ${reported(tooHot)}`;
  return bad(tooHot) || (celsius ?? 0) >= HOT_CELSIUS
    ? checkOf('heat', 'warning', found, 'hot')
    : checkOf('heat', 'ok', found);
}

/** A self-test must also report a dip of the previous night. */
function bad(alarm: BoardCondition | undefined): boolean {
  return alarm !== undefined && (alarm.now || alarm.sinceBoot === true);
}

function reported(alarm: BoardCondition | undefined): string {
  if (alarm === undefined) return NOT_REPORTED;
  if (alarm.now) return 'now';
  if (alarm.sinceBoot === undefined) return 'not now';
  return alarm.sinceBoot ? 'not now, but since boot' : 'no';
}
