import { describe, expect, it } from 'vitest';
import { edge, RELEASED, settle, type LineState } from '../../src/button/debounce.ts';

const DEBOUNCE_MS = 30;

/** Plays edges, each a level and the time it came, settling the line as its driver does: when it has been quiet long enough. */
function pressesOf(edges: readonly (readonly [raw: boolean, at: number])[], start: LineState = RELEASED) {
  const presses: number[] = [];
  let state = start;
  edges.forEach(([raw, at], i) => {
    state = edge(state, raw, at);
    const next = edges[i + 1]?.[1] ?? Infinity;
    if (next - at < DEBOUNCE_MS) return;
    const settled = settle(state, at + DEBOUNCE_MS, DEBOUNCE_MS);
    state = settled.state;
    if (settled.press !== undefined) presses.push(settled.press);
  });
  return presses;
}

describe('the debouncing of a button', () => {
  it('counts a press at its edge, not when it is proved', () => {
    expect(
      pressesOf([
        [true, 100],
        [false, 200],
      ]),
    ).toEqual([100]);
  });

  it('counts a press that bounces once, at the first edge of the level that lasts', () => {
    expect(
      pressesOf([
        [true, 100],
        [false, 103],
        [true, 105],
        [false, 300],
        [true, 302],
        [false, 304],
      ]),
    ).toEqual([105]);
  });

  it('does not count a spike, nor the release', () => {
    expect(
      pressesOf([
        [true, 100],
        [false, 101],
      ]),
    ).toEqual([]);
  });

  it('does not take a repeated level for a new edge', () => {
    expect(
      pressesOf([
        [true, 100],
        [true, 120],
        [false, 300],
      ]),
    ).toEqual([100]);
  });

  it('counts no press for a line that was held down at the start, and the next one after its release', () => {
    const held = { pressed: true, raw: true, since: 0 };
    expect(
      pressesOf(
        [
          [false, 500],
          [true, 900],
        ],
        held,
      ),
    ).toEqual([900]);
  });
});
