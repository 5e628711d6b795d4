import { BOARD_WARNINGS } from '../../../../src/protocol/board.ts';
import { CHECK_TITLES, NO_PRESS } from '../../../../src/protocol/checkup.ts';
import { CLASS_IDS, LESION_CLASSES, type ClassId, type ClassKind } from '../../../../src/protocol/classes.ts';
import { INTENDED_USE } from '../../../../src/protocol/intended-use.ts';
import { FAULTS, RETAKE_REASONS, WITHHELD_REASONS } from '../../../../src/protocol/reasons.ts';
import type { CodeWords } from './code-words.ts';

/** The protocol's own words. */
export const EN_CODES: Omit<CodeWords, 'fields'> = {
  reasons: { ...RETAKE_REASONS, ...WITHHELD_REASONS, ...FAULTS },
  board: BOARD_WARNINGS,
  checks: CHECK_TITLES,
  noPress: NO_PRESS,
  classes: Object.fromEntries(CLASS_IDS.map((id) => [id, LESION_CLASSES[id].name])) as Record<
    ClassId,
    string
  >,
  kinds: Object.fromEntries(Object.values(LESION_CLASSES).map(({ kind, mark }) => [kind, mark])) as Record<
    ClassKind,
    string
  >,
  use: INTENDED_USE,
};
