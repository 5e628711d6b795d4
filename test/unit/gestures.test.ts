import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dueAt,
  initialKeyState,
  nextKeyState,
  type Gesture,
  type GestureTimes,
  type KeyState,
} from '../../src/button/gestures.ts';

const TIMES: GestureTimes = { debounceMs: 60, longPressMs: 1000, stuckMs: 10_000, doublePressMs: 500 };

/** Longest time from an edge to its gesture, ms. */
const RESPONSE_MS = 100;

/** A level from a point in time on. */
interface Edge {
  readonly pressed: boolean;
  readonly at: number;
}

interface TimedGesture extends Gesture {
  /** When it was reported. */
  readonly reportedAt: number;
}

/** Plays edges and the time after them as a reader does, which reports the time when something is due and at `ticks`. */
function play(
  edges: readonly Edge[],
  {
    until,
    ticks = [],
    start = initialKeyState(false, 0),
  }: { until: number; ticks?: readonly number[]; start?: KeyState },
): readonly TimedGesture[] {
  const played: TimedGesture[] = [];
  let state = start;
  const feed = (reading: Parameters<typeof nextKeyState>[1]): void => {
    const step = nextKeyState(state, reading, TIMES);
    state = step.state;
    played.push(...step.gestures.map((gesture) => ({ ...gesture, reportedAt: reading.at })));
  };
  const readings = [
    ...edges.map(({ pressed, at }) => ({ type: 'level', pressed, at }) as const),
    ...ticks.map((at) => ({ type: 'time', at }) as const),
    { type: 'time', at: until } as const,
  ].sort((a, b) => a.at - b.at);
  for (const reading of readings) {
    for (let due = dueAt(state, TIMES); due < reading.at; due = dueAt(state, TIMES)) {
      feed({ type: 'time', at: due });
    }
    feed(reading);
  }
  return played;
}

/** Alternating levels from their durations, the first one down. */
function train(lengths: readonly number[], from = 1000): readonly Edge[] {
  let at = from;
  return lengths.map((length, i) => {
    const edge = { pressed: i % 2 === 0, at };
    at += length;
    return edge;
  });
}

/** Level changes of a contact that bounces for up to 40 ms before it settles. */
const bounces = fc
  .array(fc.double({ min: 0.1, max: 9, noNaN: true }), { maxLength: 12 })
  .map((lengths) => (lengths.length % 2 === 0 ? lengths : lengths.slice(1)))
  .filter((lengths) => lengths.reduce((sum, length) => sum + length, 0) <= 40);

/** Arbitrary levels, with durations that include the limits. */
const anything = fc
  .array(
    fc.oneof(
      fc.double({ min: 0, max: 70, noNaN: true }),
      fc.constantFrom(60, 440, 500, 999, 1000, 1060, 9_999, 10_000, 12_000),
    ),
    { maxLength: 40 },
  )
  .map((lengths) => train(lengths));

const types = (played: readonly Gesture[]): string[] => played.map(({ type }) => type);
const gestures = (played: readonly TimedGesture[]): Gesture[] => played.map(({ type, at }) => ({ type, at }));

describe('spikes', () => {
  it('of 1 to 50 ms are not a press, however many and however close', () => {
    const spikes = fc.array(
      fc.tuple(fc.double({ min: 1, max: 50, noNaN: true }), fc.double({ min: 0.1, max: 3000, noNaN: true })),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(spikes, (pairs) => {
        expect(play(train(pairs.flat()), { until: 1_000_000 })).toEqual([]);
      }),
    );
  });

  it('of 1 to 50 ms while pressed are not a release', () => {
    const dips = fc.array(fc.double({ min: 1, max: 50, noNaN: true }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(dips, (lengths) => {
        const edges = train([100, ...lengths.flatMap((length) => [length, 70])]);
        expect(types(play(edges, { until: 1900 })).filter((type) => type !== 'long')).toEqual(['pressed']);
      }),
    );
  });
});

describe('a press', () => {
  it('that bounces down and up is reported once, within 100 ms of its first edge', () => {
    fc.assert(
      fc.property(bounces, bounces, fc.integer({ min: 60, max: 900 }), (down, up, heldMs) => {
        const played = play(train([...down, heldMs, ...up, Infinity]), { until: 100_000 });
        expect(types(played)).toEqual(['pressed', 'released']);
        expect(played[0]!.reportedAt - 1000).toBeLessThanOrEqual(RESPONSE_MS);
        expect(played[0]!.at).toBeGreaterThanOrEqual(1000);
      }),
    );
  });

  it('has the time of its edge, not of its confirmation', () => {
    expect(play(train([5, 3, 300, Infinity]), { until: 5000 })).toEqual([
      { type: 'pressed', at: 1008, reportedAt: 1068 },
      { type: 'released', at: 1308, reportedAt: 1368 },
    ]);
  });

  it('is reported at once if the input is already debounced, however short it was', () => {
    const down = nextKeyState(
      initialKeyState(false, 0),
      { type: 'level', pressed: true, at: 100, proven: true },
      TIMES,
    );
    const up = nextKeyState(down.state, { type: 'level', pressed: false, at: 101, proven: true }, TIMES);
    expect([...down.gestures, ...up.gestures]).toEqual([
      { type: 'pressed', at: 100 },
      { type: 'released', at: 101 },
    ]);
  });

  it('right after another is a double press and has no further effect', () => {
    const played = play(train([100, 100, 3000, Infinity]), { until: 9000 });
    expect(gestures(played)).toEqual([
      { type: 'pressed', at: 1000 },
      { type: 'released', at: 1100 },
      { type: 'repeated', at: 1200 },
    ]);
  });

  it('that is held is reported as long, once', () => {
    const played = play(train([3000, Infinity]), { until: 9000 });
    expect(gestures(played)).toEqual([
      { type: 'pressed', at: 1000 },
      { type: 'long', at: 2000 },
      { type: 'released', at: 4000 },
    ]);
  });

  it('that is released just before the limit is not long', () => {
    expect(types(play(train([999, Infinity]), { until: 9000 }))).toEqual(['pressed', 'released']);
  });
});

describe('a key that stays down', () => {
  it('is reported once as pressed, long and stuck, and freed on release', () => {
    const dips = fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 20 });
    fc.assert(
      fc.property(dips, (lengths) => {
        const dipping = lengths.flatMap((length) => [length, 5000]);
        const held = play(train([12_000, ...dipping]), { until: 10_000_000 });
        expect(types(held)).toEqual(['pressed', 'long', 'stuck']);
        const freed = play(train([12_000, ...dipping, Infinity]), { until: 10_000_000 });
        expect(types(freed)).toEqual(['pressed', 'long', 'stuck', 'freed']);
      }),
    );
    const played = play(train([20_000, 1000, 100, Infinity]), { until: 60_000 });
    expect(gestures(played)).toEqual([
      { type: 'pressed', at: 1000 },
      { type: 'long', at: 2000 },
      { type: 'stuck', at: 11_000 },
      { type: 'freed', at: 21_000 },
      { type: 'pressed', at: 22_000 },
      { type: 'released', at: 22_100 },
    ]);
  });

  it('from the start is stuck, not pressed, and its next press counts', () => {
    const start = initialKeyState(true, 0);
    expect(play([], { until: 9_999, start })).toEqual([]);
    const played = play(
      [
        { pressed: false, at: 15_000 },
        { pressed: true, at: 16_000 },
      ],
      { until: 16_500, start },
    );
    expect(gestures(played)).toEqual([
      { type: 'stuck', at: 10_000 },
      { type: 'freed', at: 15_000 },
      { type: 'pressed', at: 16_000 },
    ]);
  });
});

describe('for any sequence of levels', () => {
  it('gestures have a valid order and presses a minimum interval', () => {
    const after: Readonly<Record<string, readonly Gesture['type'][]>> = {
      nothing: ['pressed', 'repeated'],
      pressed: ['released', 'long', 'stuck'],
      long: ['released', 'stuck'],
      repeated: ['pressed', 'repeated', 'stuck'],
      released: ['pressed', 'repeated'],
      stuck: ['freed'],
      freed: ['pressed', 'repeated'],
    };
    fc.assert(
      fc.property(anything, (edges) => {
        const played = play(edges, { until: 1_000_000 });
        types(played).forEach((type, i) => {
          expect(after[types(played)[i - 1] ?? 'nothing']).toContain(type);
        });
        const presses = played.filter(({ type }) => type === 'pressed');
        presses.slice(1).forEach(({ at }, i) => {
          expect(at - presses[i]!.at).toBeGreaterThanOrEqual(TIMES.doublePressMs);
        });
      }),
    );
  });

  it('the result does not depend on how often the time is reported', () => {
    const ticks = fc.array(fc.double({ min: 0, max: 60_000, noNaN: true }), { maxLength: 60 });
    fc.assert(
      fc.property(anything, ticks, (edges, at) => {
        const until = 1_000_000;
        expect(gestures(play(edges, { until, ticks: at }))).toEqual(gestures(play(edges, { until })));
      }),
    );
  });

  it('a clock that goes backwards is tolerated', () => {
    const { state } = nextKeyState(
      initialKeyState(false, 500),
      { type: 'level', pressed: true, at: 100 },
      TIMES,
    );
    expect(dueAt(state, TIMES)).toBe(560);
  });
});
