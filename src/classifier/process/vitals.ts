import process from 'node:process';
import type { Vitals } from '../../protocol/http.ts';
import type { Engine } from '../engines/port.ts';

/** What this process takes, and how many tensors its engine keeps alive; it has memory without a model, too. */
export function vitalsOf(loaded: { readonly engine: Engine } | undefined): Vitals {
  const { rss, heapUsed } = process.memoryUsage();
  const tensors = loaded?.engine.tensorCount?.();
  return { residentBytes: rss, heapBytes: heapUsed, ...(tensors === undefined ? {} : { tensors }) };
}
