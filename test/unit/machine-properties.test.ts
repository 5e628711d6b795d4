import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptsPress, READY, step, type Effect, type Event, type State } from '../../src/session/machine.ts';
import { viewOf } from '../../src/session/view.ts';
import { classification, fit, NAEVUS, unfit } from '../fakes/classifier.ts';
import { FakeImageStore } from '../fakes/image-store.ts';

/** Random events; their ids are mostly those of the newest session, else of an older one. */
const template = fc.record({
  age: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(3) }),
  kind: fc.oneof(
    { weight: 4, arbitrary: fc.constant('next' as const) },
    { weight: 1, arbitrary: fc.constant('reject' as const) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        ...(['pressed', 'opened', 'captured', 'fit', 'unfit', 'classified', 'recorded'] as const),
        ...([
          'failed',
          'timedOut',
          'answered',
          'opined',
          'accepted',
          'discarded',
          'dismissed',
          'left',
          'stopped',
        ] as const),
      ),
    },
  ),
});
type Kind = Exclude<(typeof template extends fc.Arbitrary<infer T> ? T : never)['kind'], 'next' | 'reject'>;

/** The event that advances each state, so that random sequences reach every state. */
const FORWARD: Record<State['name'], Kind> = {
  ready: 'pressed',
  opening: 'opened',
  capturing: 'captured',
  checking: 'fit',
  classifying: 'classified',
  asking: 'answered',
  opinion: 'opined',
  recording: 'recorded',
  retake: 'pressed',
  showing: 'accepted',
  disposing: 'recorded',
  fault: 'dismissed',
};

interface Moment {
  readonly before: State;
  readonly event: Event;
  readonly after: State;
  readonly effects: readonly Effect[];
}

function eventOf(kind: Kind, id: string, pressId: string): Event {
  switch (kind) {
    case 'pressed':
      // Every other session asks, every third for an opinion, the first for both: few histories get far into a second.
      return {
        ...{ type: kind, id: pressId, source: 'camera', asks: Number(pressId) % 2 ? ['bleeding'] : [] },
        ...(Number(pressId) % 3 === 1 ? { blind: true } : {}),
      };
    case 'opened':
      return { type: kind, id, number: Number(id) };
    case 'fit':
      return { type: 'assessed', id, assessment: fit() };
    case 'unfit':
      return { type: 'assessed', id, assessment: unfit('too-dark') };
    case 'classified':
      return { type: kind, id, classification: classification(NAEVUS) };
    case 'answered':
      return { type: kind, id, found: [], refused: false };
    case 'opined':
      return { type: kind, id, opinion: 'benign' };
    case 'failed':
      return { type: kind, id, code: 'inference/died' };
    case 'captured':
    case 'recorded':
    case 'timedOut':
      return { type: kind, id };
    case 'accepted':
    case 'discarded':
    case 'dismissed':
    case 'left':
    case 'stopped':
      return { type: kind };
  }
}

/** `reject` advances like `next`, but with an image that the gate rejects. */
function kindIn(state: State, kind: Kind | 'next' | 'reject'): Kind {
  if (kind === 'reject' && state.name === 'checking') return 'unfit';
  return kind === 'next' || kind === 'reject' ? FORWARD[state.name] : kind;
}

/** A history from templates, ended by a stop. Sessions are numbered 1, 2, 3 … in the order of their presses. */
const history = fc.array(template, { maxLength: 120 }).map((templates) => {
  const moments: Moment[] = [];
  let state: State = READY;
  let presses = 0;
  const apply = (event: Event): void => {
    const { state: after, effects } = step(state, event);
    moments.push({ before: state, event, after, effects });
    state = after;
  };
  for (const { age, kind } of templates) {
    const resolved = kindIn(state, kind);
    const newest = 'session' in state ? Number(state.session.id) : presses;
    if (resolved === 'pressed') presses += 1;
    apply(eventOf(resolved, String(Math.max(1, newest - age)), String(presses)));
  }
  apply({ type: 'stopped' });
  return moments;
});

function holds(check: (moments: readonly Moment[]) => void, seed?: number): void {
  fc.assert(fc.property(history, check), { numRuns: 300, ...(seed === undefined ? {} : { seed }) });
}

function has(effects: readonly Effect[], type: Effect['type']): boolean {
  return effects.some((effect) => effect.type === type);
}

/** Counts of something, by session. */
function tally(): { add: (id: string) => void; of: (id: string) => number } {
  const counts = new Map<string, number>();
  return {
    add: (id) => counts.set(id, (counts.get(id) ?? 0) + 1),
    of: (id) => counts.get(id) ?? 0,
  };
}

describe('for any sequence of events the kiosk', () => {
  it('reaches every state in these tests', () => {
    const seen = new Set<string>();
    holds((moments) => {
      for (const { after } of moments) seen.add(after.name);
    }, 1);
    expect([...seen].sort()).toEqual(Object.keys(FORWARD).sort());
  });

  it('runs one session at a time', () => {
    holds((moments) => {
      let open: string | undefined;
      for (const { effects, after } of moments) {
        if (has(effects, 'settle')) open = undefined;
        if (has(effects, 'open')) {
          expect(open).toBeUndefined();
          open = 'session' in after ? after.session.id : undefined;
        }
      }
    });
  });

  it('shows only a result that was recorded', () => {
    holds((moments) => {
      for (const { before, event, after } of moments) {
        if (after.name !== 'showing' || before.name === 'showing') continue;
        expect(event.type).toBe('recorded');
        expect(before).toMatchObject({ name: 'recording', session: after.session });
      }
    });
  });

  it('sends no score to the screen in any other state', () => {
    holds((moments) => {
      for (const { after } of moments) {
        if (after.name === 'showing' || after.name === 'disposing') continue;
        expect(JSON.stringify(viewOf(after, new FakeImageStore()))).not.toMatch(/malignancy|probability/);
      }
    });
  });

  it('closes every opened session exactly once, and no other', () => {
    holds((moments) => {
      const [opened, ended] = [tally(), tally()];
      const ids = new Set<string>();
      for (const { before, event, after, effects } of moments) {
        if (!('session' in before)) continue;
        const { id } = before.session;
        ids.add(id);
        if (before.name === 'opening' && after.name === 'capturing') opened.add(id);
        if (before.name === 'recording' && event.type === 'recorded' && after !== before) ended.add(id);
        if (has(effects, 'close')) ended.add(id);
      }
      for (const id of ids) expect([id, ended.of(id)]).toEqual([id, opened.of(id)]);
    });
  });

  it('notifies waiters once, and leaves no timer running', () => {
    holds((moments) => {
      const [armed, disarmed, settled] = [tally(), tally(), tally()];
      const ids = new Set<string>();
      for (const { before, after, effects } of moments) {
        if (has(effects, 'armTimer') && 'session' in after) {
          ids.add(after.session.id);
          armed.add(after.session.id);
        }
        if ('session' in before) {
          if (has(effects, 'disarmTimer')) disarmed.add(before.session.id);
          if (has(effects, 'settle')) settled.add(before.session.id);
        }
      }
      // Disarmed once more if it asks: waiting for an answer has no time limit.
      for (const id of ids) {
        expect([armed.of(id), settled.of(id)]).toEqual([1, 1]);
        expect(disarmed.of(id)).toBeGreaterThanOrEqual(1);
      }
    });
  });

  it('drops the image whenever a result is left or there will be none', () => {
    holds((moments) => {
      for (const { before, after, effects } of moments) {
        if (after === before) continue;
        const leaves = (before.name === 'showing' && after.name !== 'disposing') || before.name === 'retake';
        if (leaves || ['ready', 'fault', 'opening'].includes(after.name)) {
          expect(has(effects, 'dropPicture')).toBe(true);
        }
      }
    });
  });

  it('cancels the work of a session that ends before its result', () => {
    holds((moments) => {
      for (const { before, after, effects } of moments) {
        // Questions that were left are recorded without being shown; nothing is at work any more.
        const wasLeft = before.name === 'recording' && before.left === true;
        const wasAtWork = !acceptsPress(before) && before.name !== 'disposing' && !wasLeft;
        if (wasAtWork && (after.name === 'fault' || after.name === 'ready')) {
          expect(has(effects, 'cancel')).toBe(true);
        }
      }
    });
  });

  it('never mutates a state', () => {
    holds((moments) => {
      moments.forEach(({ before, event }) => {
        const copy = structuredClone(before);
        step(before, event);
        expect(before).toEqual(copy);
      });
    });
  });
});
