import type { Words } from './words.ts';

/**
 * Warnings of the board while the kiosk keeps running, most severe first. None of them changes a result: it is computed
 * correctly or not at all, however slow the board is.
 */
export const BOARD_WARNINGS = {
  'under-voltage': {
    message: 'The supply voltage is too low.',
    cure: 'Use the board’s original power supply and a short, thick cable.',
  },
  hot: {
    message: 'The board is too hot.',
    cure: 'Clear the air vents, or fit a heat sink or a fan.',
  },
  throttled: {
    message: 'The processor is throttled.',
    cure: 'Check the power supply and the cooling.',
  },
} as const satisfies Record<string, Words>;

export type BoardWarning = keyof typeof BOARD_WARNINGS;

/** In the order of `BOARD_WARNINGS`. */
export const BOARD_WARNING_CODES = Object.keys(BOARD_WARNINGS) as readonly BoardWarning[];
