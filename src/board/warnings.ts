import { BOARD_WARNING_CODES, type BoardWarning } from '../protocol/board.ts';
import type { BoardCondition, BoardReading } from './port.ts';

/** A Raspberry Pi throttles from this temperature, °C: the lowest documented one of the supported boards. */
export const HOT_CELSIUS = 80;

/**
 * The warnings of a reading, most severe first. Conditions that occurred only between two readings count too: a voltage
 * dip lasts milliseconds.
 *
 * @param before the previous reading, if any
 */
export function warningsOf(reading: BoardReading, before?: BoardReading): readonly BoardWarning[] {
  const { underVoltage, tooHot, throttled, celsius } = reading;
  const stands: Readonly<Record<BoardWarning, boolean>> = {
    'under-voltage': happened(underVoltage, before?.underVoltage),
    hot: happened(tooHot, before?.tooHot) || (celsius !== undefined && celsius >= HOT_CELSIUS),
    throttled: happened(throttled, before?.throttled),
  };
  return BOARD_WARNING_CODES.filter((code) => stands[code]);
}

/** Now, or since the previous reading, which had none since boot. */
function happened(alarm: BoardCondition | undefined, before: BoardCondition | undefined): boolean {
  return alarm !== undefined && (alarm.now || (alarm.sinceBoot === true && before?.sinceBoot === false));
}
