export const THEMES = ['dark', 'light', 'by-time'] as const;

/** `by-time`: light during the day, dark otherwise. */
export type Theme = (typeof THEMES)[number];
