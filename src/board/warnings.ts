import { BOARD_WARNING_CODES, type BoardWarning } from '../protocol/board.ts';
import type { BoardCondition, BoardReading } from './port.ts';

/** From here on a Raspberry Pi slows itself down for heat, °C: of all boards that are meant the lowest that is documented. */
export const HOT_CELSIUS = 80;

/**
 * What a reading warns of, weightiest first. What happened only in between counts as well: a dip in the supply is over in milliseconds.
 *
 * @param before the reading before it, if there was one
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

/** Now, or since the reading before, which knew of none since the start. */
function happened(alarm: BoardCondition | undefined, before: BoardCondition | undefined): boolean {
  return alarm !== undefined && (alarm.now || (alarm.sinceBoot === true && before?.sinceBoot === false));
}
