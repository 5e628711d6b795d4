import type { LesionMark } from '#protocol/patients.ts';

/** `plain`: a value without a statement; `none`: a lesion without a result. */
export type Mark = LesionMark | 'plain' | 'none';

const CIRCLE = 'M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0';

/** The shapes of the result's band, around their centre; colour is never the only difference. */
export const MARK_PATHS: Readonly<Record<Mark, string>> = {
  above: 'M0 -6L6 5H-6Z',
  at: 'M0 -6.5L6.5 0L0 6.5L-6.5 0Z',
  below: 'M0 6L-6 -5H6Z',
  'no-answer': 'M-6 -2.2H6V2.2H-6Z',
  plain: CIRCLE,
  none: CIRCLE,
};
