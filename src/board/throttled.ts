import type { BoardCondition, BoardReading } from './port.ts';

/** Bits of `vcgencmd get_throttled`: the current state; shifted by sixteen, the state since boot. */
const UNDER_VOLTAGE = 0;
const FREQUENCY_CAPPED = 1;
const THROTTLED = 2;
const SOFT_TEMPERATURE_LIMIT = 3;
const SINCE_BOOT = 16;

export type Throttling = Pick<BoardReading, 'underVoltage' | 'throttled' | 'tooHot'>;

/**
 * Parses the response of a Raspberry Pi's firmware, such as `throttled=0x50005`.
 *
 * @returns `undefined` for anything else
 * @see Raspberry Pi documentation, “vcgencmd”, get_throttled
 */
export function readThrottled(answer: string): Throttling | undefined {
  const hex = /^throttled=0x([0-9a-f]{1,8})$/i.exec(answer.trim())?.[1];
  if (hex === undefined) return undefined;
  const value = Number.parseInt(hex, 16);
  const alarm = (...bits: readonly number[]): BoardCondition => ({
    now: bits.some((bit) => isSet(value, bit)),
    sinceBoot: bits.some((bit) => isSet(value, bit) || isSet(value, bit + SINCE_BOOT)),
  });
  return {
    underVoltage: alarm(UNDER_VOLTAGE),
    throttled: alarm(FREQUENCY_CAPPED, THROTTLED),
    tooHot: alarm(SOFT_TEMPERATURE_LIMIT),
  };
}

function isSet(value: number, bit: number): boolean {
  return ((value >>> bit) & 1) === 1;
}
