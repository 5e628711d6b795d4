import type { Words } from './reasons.ts';

/**
 * What the board says against itself while the kiosk goes on, weightiest first. None of them changes a number: a result is computed
 * right or not at all, however slow the board is.
 */
export const BOARD_WARNINGS = {
  'under-voltage': {
    message: 'The power supply is too weak.',
    cure: 'Use the board’s own power supply and a short, thick cable.',
  },
  hot: {
    message: 'The board is too hot.',
    cure: 'Free its air vents, or give it a heat sink or a fan.',
  },
  throttled: {
    message: 'The board has slowed itself down.',
    cure: 'Look after its power supply and its cooling.',
  },
} as const satisfies Record<string, Words>;

export type BoardWarning = keyof typeof BOARD_WARNINGS;

/** In the order of `BOARD_WARNINGS`. */
export const BOARD_WARNING_CODES = Object.keys(BOARD_WARNINGS) as readonly BoardWarning[];
