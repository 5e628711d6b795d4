import type { JSX } from 'preact';
import type { Statistics } from '#protocol/statistics.ts';
import type { LogChoice } from '../format/log-filter.ts';

export interface SubpageProps {
  readonly statistics: Statistics;
  readonly choice: LogChoice;
}

/** One tab of the statistics: a plot, or the table that replaces it. */
export type Subpage = (props: SubpageProps) => JSX.Element;
