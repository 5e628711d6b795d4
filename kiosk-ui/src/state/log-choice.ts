import { signal } from '@preact/signals';
import type { LogQuery } from '#protocol/log-query.ts';
import { open } from './state.ts';

/** What to show of the log; absent parts do not filter. A single day is `from` and `to`. */
export type LogChoice = Omit<LogQuery, 'day'>;

/** What the log shows when it is opened next. */
export const nextLogChoice = signal<LogChoice>({});

/** Opens the log at a worklist or with a filter. */
export function openLog(choice: LogChoice): void {
  nextLogChoice.value = choice;
  open('log');
}
