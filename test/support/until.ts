import { setTimeout } from 'node:timers/promises';

/** Less than the time limit of a test, so that the failure reports what was missing, ms. */
export const LIMIT_MS = 45_000;

/**
 * Polls until the condition holds.
 *
 * @param what is expected, or the state found instead, for the error message
 */
export async function until(
  what: string | (() => string),
  condition: () => boolean | Promise<boolean>,
  limitMs = LIMIT_MS,
): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > end)
      throw new Error(`not within ${limitMs} ms: ${typeof what === 'string' ? what : what()}`);
    await setTimeout(20);
  }
}
