import process from 'node:process';
import type { Vitals } from '../../protocol/http.ts';
import type { Engine } from '../engines/port.ts';

/** Memory of this process, and the number of live tensors of its engine; memory is reported without a model too. */
export function vitalsOf(loaded: { readonly engine: Engine } | undefined): Vitals {
  const { rss, heapUsed } = process.memoryUsage();
  const tensors = loaded?.engine.tensorCount?.();
  return { residentBytes: rss, heapBytes: heapUsed, ...(tensors === undefined ? {} : { tensors }) };
}
