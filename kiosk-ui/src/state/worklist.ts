import { signal } from '@preact/signals';
import { open } from './state.ts';

/** The list of the log to show first, as requested by another page; taken by the log when it opens. */
const requested = signal<'unassigned' | undefined>(undefined);

export function openWorklist(list: 'unassigned'): void {
  requested.value = list;
  open('log');
}

/** The requested list, once. */
export function takeRequestedWorklist(): 'unassigned' | undefined {
  const list = requested.peek();
  requested.value = undefined;
  return list;
}
