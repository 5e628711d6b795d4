import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Backoff, DEFAULT_BACKOFF } from '../../src/lib/backoff.ts';

function delays(backoff: Backoff, count: number): number[] {
  return Array.from({ length: count }, () => backoff.next());
}

describe('the delays between restarts', () => {
  it('follow the steps and repeat the last one', () => {
    const backoff = new Backoff({ steps: [2, 5, 15], jitter: 0, random: () => 0.9 });
    expect(delays(backoff, 6)).toEqual([2, 5, 15, 15, 15, 15]);
  });

  it('start over at the first step after a reset', () => {
    const backoff = new Backoff({ steps: [2, 5, 15], jitter: 0, random: () => 0 });
    delays(backoff, 5);
    backoff.reset();
    expect(delays(backoff, 2)).toEqual([2, 5]);
  });

  it('are extended by jitter × step × random number', () => {
    const backoff = new Backoff({ steps: [1_000, 2_000], jitter: 0.1, random: () => 0.5 });
    expect(backoff.next()).toBeCloseTo(1_050, 9);
    expect(backoff.next()).toBeCloseTo(2_100, 9);
  });

  it('are never shorter than their step or longer than step plus jitter, by default', () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(random, fc.integer({ min: 1, max: 20 }), (value, tries) => {
        const last = delays(new Backoff({ ...DEFAULT_BACKOFF, random: () => value }), tries).at(-1)!;
        const step = DEFAULT_BACKOFF.steps[tries - 1] ?? DEFAULT_BACKOFF.steps.at(-1)!;
        expect(last).toBeGreaterThanOrEqual(step);
        expect(last).toBeLessThanOrEqual(step * 1.1);
      }),
    );
  });

  it('increase from 2 seconds to 1 minute by default', () => {
    const backoff = new Backoff({ ...DEFAULT_BACKOFF, jitter: 0 });
    expect(delays(backoff, 6)).toEqual([2_000, 5_000, 15_000, 30_000, 60_000, 60_000]);
  });
});
