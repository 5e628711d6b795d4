export const THEMES = ['dark', 'light', 'by-time'] as const;

/** `by-time`: light during the day, dark otherwise. */
export type Theme = (typeof THEMES)[number];

/** Type of the screen, and with it everything that is touched. */
export const TEXT_SIZES = ['normal', 'large'] as const;

export type TextSize = (typeof TEXT_SIZES)[number];
