import type { JSX } from 'preact';
import type { Statistics } from '#protocol/statistics.ts';
import type { LogChoice } from '../state/log-choice.ts';

export interface SubpageProps {
  readonly statistics: Statistics;
  readonly choice: LogChoice;
}

/** One tab of the statistics: a plot, or the table that replaces it. */
export type Subpage = (props: SubpageProps) => JSX.Element;
