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

/** Longest time from an edge to its answer, ms. */
const ANSWER_MS = 100;

/** A level from a moment on. */
interface Edge {
  readonly pressed: boolean;
  readonly at: number;
}

interface JournalReplay extends Gesture {
  /** When it was told. */
  readonly toldAt: number;
}

/** Plays edges and the time that passes after them, as a reader does: told when something is due, and at `ticks`. */
function play(
  edges: readonly Edge[],
  {
    until,
    ticks = [],
    start = initialKeyState(false, 0),
  }: { until: number; ticks?: readonly number[]; start?: KeyState },
): readonly JournalReplay[] {
  const told: JournalReplay[] = [];
  let state = start;
  const tell = (reading: Parameters<typeof nextKeyState>[1]): void => {
    const step = nextKeyState(state, reading, TIMES);
    state = step.state;
    told.push(...step.gestures.map((gesture) => ({ ...gesture, toldAt: reading.at })));
  };
  const readings = [
    ...edges.map(({ pressed, at }) => ({ type: 'level', pressed, at }) as const),
    ...ticks.map((at) => ({ type: 'time', at }) as const),
    { type: 'time', at: until } as const,
  ].sort((a, b) => a.at - b.at);
  for (const reading of readings) {
    for (let due = dueAt(state, TIMES); due < reading.at; due = dueAt(state, TIMES)) {
      tell({ type: 'time', at: due });
    }
    tell(reading);
  }
  return told;
}

/** Alternating levels out of how long each lasts, the first of them down. */
function train(lengths: readonly number[], from = 1000): readonly Edge[] {
  let at = from;
  return lengths.map((length, i) => {
    const edge = { pressed: i % 2 === 0, at };
    at += length;
    return edge;
  });
}

/** Turns of a contact that bounces for up to 40 ms before it stays. */
const bounces = fc
  .array(fc.double({ min: 0.1, max: 9, noNaN: true }), { maxLength: 12 })
  .map((lengths) => (lengths.length % 2 === 0 ? lengths : lengths.slice(1)))
  .filter((lengths) => lengths.reduce((sum, length) => sum + length, 0) <= 40);

/** Anything that levels can do, in times that meet the limits. */
const anything = fc
  .array(
    fc.oneof(
      fc.double({ min: 0, max: 70, noNaN: true }),
      fc.constantFrom(60, 440, 500, 999, 1000, 1060, 9_999, 10_000, 12_000),
    ),
    { maxLength: 40 },
  )
  .map((lengths) => train(lengths));

const types = (told: readonly Gesture[]): string[] => told.map(({ type }) => type);
const gestures = (told: readonly JournalReplay[]): Gesture[] => told.map(({ type, at }) => ({ type, at }));

describe('spikes', () => {
  it('of 1 to 50 ms are no press, however many and however close', () => {
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

  it('on the other side are no release', () => {
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
  it('that bounces down and up is one, answered within 100 ms of its first edge', () => {
    fc.assert(
      fc.property(bounces, bounces, fc.integer({ min: 60, max: 900 }), (down, up, heldMs) => {
        const told = play(train([...down, heldMs, ...up, Infinity]), { until: 100_000 });
        expect(types(told)).toEqual(['pressed', 'released']);
        expect(told[0]!.toldAt - 1000).toBeLessThanOrEqual(ANSWER_MS);
        expect(told[0]!.at).toBeGreaterThanOrEqual(1000);
      }),
    );
  });

  it('is of the time of its edge, not of its proof', () => {
    expect(play(train([5, 3, 300, Infinity]), { until: 5000 })).toEqual([
      { type: 'pressed', at: 1008, toldAt: 1068 },
      { type: 'released', at: 1308, toldAt: 1368 },
    ]);
  });

  it('counts at once if the input is already debounced, however short it was', () => {
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

  it('right after another is a double press, and nothing more comes of it', () => {
    const told = play(train([100, 100, 3000, Infinity]), { until: 9000 });
    expect(gestures(told)).toEqual([
      { type: 'pressed', at: 1000 },
      { type: 'released', at: 1100 },
      { type: 'repeated', at: 1200 },
    ]);
  });

  it('that lasts is a long one, once', () => {
    const told = play(train([3000, Infinity]), { until: 9000 });
    expect(gestures(told)).toEqual([
      { type: 'pressed', at: 1000 },
      { type: 'long', at: 2000 },
      { type: 'released', at: 4000 },
    ]);
  });

  it('that is released a moment too early is not a long one', () => {
    expect(types(play(train([999, Infinity]), { until: 9000 }))).toEqual(['pressed', 'released']);
  });
});

describe('a key that stays down', () => {
  it('is one press, one long press and stuck, for hours, and freed when it comes up', () => {
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
    const told = play(train([20_000, 1000, 100, Infinity]), { until: 60_000 });
    expect(gestures(told)).toEqual([
      { type: 'pressed', at: 1000 },
      { type: 'long', at: 2000 },
      { type: 'stuck', at: 11_000 },
      { type: 'freed', at: 21_000 },
      { type: 'pressed', at: 22_000 },
      { type: 'released', at: 22_100 },
    ]);
  });

  it('since it was found is no press, but stuck, and its next press counts', () => {
    const start = initialKeyState(true, 0);
    expect(play([], { until: 9_999, start })).toEqual([]);
    const told = play(
      [
        { pressed: false, at: 15_000 },
        { pressed: true, at: 16_000 },
      ],
      { until: 16_500, start },
    );
    expect(gestures(told)).toEqual([
      { type: 'stuck', at: 10_000 },
      { type: 'freed', at: 15_000 },
      { type: 'pressed', at: 16_000 },
    ]);
  });
});

describe('whatever the levels do', () => {
  it('gestures come in an order that makes sense, and presses never in a storm', () => {
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
        const told = play(edges, { until: 1_000_000 });
        types(told).forEach((type, i) => {
          expect(after[types(told)[i - 1] ?? 'nothing']).toContain(type);
        });
        const presses = told.filter(({ type }) => type === 'pressed');
        presses.slice(1).forEach(({ at }, i) => {
          expect(at - presses[i]!.at).toBeGreaterThanOrEqual(TIMES.doublePressMs);
        });
      }),
    );
  });

  it('it does not matter how often the time is reported', () => {
    const ticks = fc.array(fc.double({ min: 0, max: 60_000, noNaN: true }), { maxLength: 60 });
    fc.assert(
      fc.property(anything, ticks, (edges, at) => {
        const until = 1_000_000;
        expect(gestures(play(edges, { until, ticks: at }))).toEqual(gestures(play(edges, { until })));
      }),
    );
  });

  it('a clock that reads earlier than before does no harm', () => {
    const { state } = nextKeyState(
      initialKeyState(false, 500),
      { type: 'level', pressed: true, at: 100 },
      TIMES,
    );
    expect(dueAt(state, TIMES)).toBe(560);
  });
});
