import { codeOf, cureOf, describe } from '../lib/errors.ts';
import { BOARD_WARNINGS } from '../protocol/board.ts';
import {
  CHECK_CURES,
  CHECK_TITLES,
  type Check,
  type CheckId,
  type CheckState,
  type CureCode,
} from '../protocol/diagnostics.ts';
import { FAULTS, GATE_REASONS, isFaultCode } from '../protocol/reasons.ts';

/** Shown for anything that the board, a driver or a program does not report. */
export const NOT_REPORTED = 'not reported by this board';

export function checkOf(id: CheckId, state: CheckState, found: string, cureCode?: CureCode): Check {
  const check = { id, title: CHECK_TITLES[id], state, found };
  return cureCode === undefined ? check : { ...check, cure: cureWith(cureCode), cureCode };
}

function cureWith(code: CureCode): string {
  if (code in CHECK_CURES) return CHECK_CURES[code as keyof typeof CHECK_CURES];
  const words = { ...GATE_REASONS, ...FAULTS, ...BOARD_WARNINGS };
  return words[code as keyof typeof words].cure;
}

/** Runs a check; an error it throws is its finding, with its cure where the message does not name one. */
export async function attempt(id: CheckId, part: () => Check | Promise<Check>): Promise<Check> {
  try {
    return await part();
  } catch (error) {
    const [code, cure] = [codeOf(error), cureOf(error)];
    if (cure === undefined) return checkOf(id, 'failed', describe(error));
    if (isFaultCode(code)) return checkOf(id, 'failed', describe(error), code);
    return { ...checkOf(id, 'failed', describe(error)), cure };
  }
}

/** Whether a kiosk with these findings can work. */
export function passes(checks: readonly Pick<Check, 'state'>[]): boolean {
  return checks.every(({ state }) => state !== 'failed');
}

const MEGA = 1_000_000;

/** Bytes in readable units. */
export function size(bytes: number): string {
  return bytes >= 1_000 * MEGA ? `${(bytes / MEGA / 1_000).toFixed(1)} GB` : `${Math.round(bytes / MEGA)} MB`;
}
