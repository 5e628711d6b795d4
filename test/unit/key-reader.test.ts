import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { KeyReader } from '../../src/button/reader.ts';
import type { Key, KeyEvent } from '../../src/button/port.ts';
import { systemClock } from '../../src/lib/clock.ts';

it('does not report a short press as long if the event loop was blocked meanwhile', async () => {
  const reported: string[] = [];
  let emit: (event: KeyEvent) => void = () => undefined;
  const key: Key = {
    ...{ driver: 'gpiod', holdsLine: true },
    start: (listener) => {
      emit = listener;
      return Promise.resolve();
    },
    stop: () => Promise.resolve(),
  };
  const reader = new KeyReader({
    key,
    times: { debounceMs: 5, longPressMs: 200, stuckMs: 10_000, doublePressMs: 0 },
    clock: systemClock,
    listener: {
      ...{ found: () => undefined, gone: () => undefined },
      gesture: ({ type }) => reported.push(type),
    },
  });
  await reader.start();
  const pressed = systemClock.monotonic();
  emit({ type: 'found', pressed: false, at: pressed - 100, location: 'a line' });
  emit({ type: 'level', pressed: true, at: pressed });
  await expect.poll(() => reported).toEqual(['pressed']);

  // The edge of the release, which the kernel queues until the event loop reads it.
  const { port1: kernel, port2: line } = new MessageChannel();
  line.on('message', () => {
    emit({ type: 'level', pressed: false, at: pressed + 100 });
  });
  const read = once(line, 'message');
  // Blocks the event loop right before its timers are checked.
  await setImmediate();
  kernel.postMessage('edge');
  while (systemClock.monotonic() < pressed + 600);
  await read;
  await expect.poll(() => reported).toEqual(['pressed', 'released']);
  kernel.close();
  await reader.stop();
});
