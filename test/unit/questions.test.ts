import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf } from '../../src/lib/errors.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { questionsOf } from '../../src/patient/questions.ts';
import { lampSignal } from '../../src/lamp/patterns.ts';
import {
  ASKED_CONTRAINDICATIONS,
  CHANGING_CONTRAINDICATIONS,
  type Contraindicated,
  type Contraindication,
} from '../../src/protocol/context.ts';
import type { View } from '../../src/protocol/view.ts';
import { SessionRunner } from '../../src/session/runner.ts';
import { FakeCamera } from '../fakes/camera.ts';
import { classification, FakeClassifier, MELANOMA } from '../fakes/classifier.ts';
import { FakeClock, settle } from '../fakes/clock.ts';
import { FakeImageStore } from '../fakes/image-store.ts';
import { MemoryStore } from '../fakes/store.ts';

const LATENCY_MS = 100;
const SETTINGS = {
  ...{ burstFrames: 1, burstSpanMs: 0, captureTimeoutMs: 3_000, sessionTimeoutMs: 20_000 },
  cameraLatencyMs: LATENCY_MS,
};

/** A kiosk of fakes that asks about every capture. */
class AskingKiosk {
  readonly clock = new FakeClock();
  readonly camera = new FakeCamera();
  readonly classifier = new FakeClassifier();
  readonly store = new MemoryStore(this.clock);
  readonly runner: SessionRunner;

  constructor(contraIndicated: Contraindicated = 'flag') {
    let presses = 0;
    this.runner = new SessionRunner({
      subject: () => ({}),
      questions: () => ASKED_CONTRAINDICATIONS,
      contraIndicated,
      ...{ camera: this.camera, classifier: this.classifier, store: this.store, clock: this.clock },
      images: new FakeImageStore(),
      blink: () => {},
      log: silentLogger,
      newId: () => `s${(presses += 1)}`,
      settings: SETTINGS,
    });
  }

  press(): string {
    return this.runner.press({ source: 'camera', at: this.clock.monotonic() }).id;
  }

  async frame(): Promise<void> {
    await this.clock.advance(LATENCY_MS);
    this.camera.push(Uint8Array.of(1), this.clock.monotonic());
    await settle();
  }

  /** A press up to its questions. */
  async asked(): Promise<string> {
    this.classifier.willClassify(classification(MELANOMA));
    const id = this.press();
    await this.frame();
    expect(this.runner.session().state).toBe('asking');
    return id;
  }

  /** What is stored of the answer to a session's questions. */
  stored(id: string): readonly Contraindication[] | null | undefined {
    return this.store.get(id)?.contra?.found;
  }
}

const NUMBER = /malignancy|probabilit|threshold|statement/;

describe('a capture that asks', () => {
  it('has no number on the screen or in the log before it is answered', async () => {
    const kiosk = new AskingKiosk();
    const id = await kiosk.asked();
    expect(kiosk.runner.session()).toEqual({
      state: 'asking',
      ...{ id, number: 1, source: 'camera', asked: ASKED_CONTRAINDICATIONS },
    });
    expect(kiosk.store.list({ limit: 10 }).sessions).toEqual([]);
    expect(JSON.stringify(kiosk.store.journal)).not.toMatch(NUMBER);
    kiosk.runner.answer({ session: id, found: [] });
    expect(kiosk.runner.session()).toMatchObject({
      state: 'showing',
      contra: { asked: ASKED_CONTRAINDICATIONS, found: [] },
    });
    expect(JSON.stringify(kiosk.runner.session())).toMatch(NUMBER);
    expect(kiosk.stored(id)).toEqual([]);
  });

  it('keeps the lamp from telling the outcome', async () => {
    const kiosk = new AskingKiosk();
    const id = await kiosk.asked();
    const signal = (): string =>
      lampSignal({ session: kiosk.runner.session(), button: { state: 'ready' } } as View);
    expect(signal()).toBe('busy');
    kiosk.runner.answer({ session: id, found: [] });
    expect(signal()).toBe('above');
  });

  it('stores what was found, once each', async () => {
    const kiosk = new AskingKiosk();
    const id = await kiosk.asked();
    kiosk.runner.answer({ session: id, found: ['bleeding', 'hidden', 'bleeding'] });
    expect(kiosk.stored(id)).toEqual(['bleeding', 'hidden']);
    expect(kiosk.store.get(id)).toMatchObject({ outcome: 'result' });
  });

  it('shows the result as not answered after a deliberate skip', async () => {
    const kiosk = new AskingKiosk();
    const id = await kiosk.asked();
    kiosk.runner.answer({ session: id, found: null });
    expect(kiosk.runner.session()).toMatchObject({ state: 'showing', contra: { found: null } });
    expect(kiosk.stored(id)).toBeNull();
  });

  it('is recorded as not answered when another press follows, which starts its own session', async () => {
    const kiosk = new AskingKiosk();
    const first = await kiosk.asked();
    const second = await kiosk.asked();
    expect(second).not.toBe(first);
    expect(kiosk.store.get(first)).toMatchObject({ outcome: 'result', contra: { found: null } });
    expect(kiosk.store.get(second)).toBeUndefined();
  });

  it('is recorded as not answered, and shows nothing, when it is left', async () => {
    const kiosk = new AskingKiosk();
    const id = await kiosk.asked();
    kiosk.runner.leave();
    expect(kiosk.runner.session()).toEqual({ state: 'ready' });
    expect(kiosk.stored(id)).toBeNull();
  });

  it('waits for an answer without a time limit, and does not count the wait as working time', async () => {
    const kiosk = new AskingKiosk();
    const id = await kiosk.asked();
    await kiosk.clock.advance(10 * SETTINGS.sessionTimeoutMs);
    expect(kiosk.runner.session().state).toBe('asking');
    kiosk.runner.answer({ session: id, found: [] });
    expect(kiosk.store.get(id)?.timings?.total).toBeLessThan(SETTINGS.sessionTimeoutMs);
  });

  it('withholds the result of a contraindicated lesion where such sessions are refused', async () => {
    const kiosk = new AskingKiosk('refuse');
    const id = await kiosk.asked();
    kiosk.runner.answer({ session: id, found: ['bleeding'] });
    expect(kiosk.runner.session()).toMatchObject({
      state: 'showing',
      result: { outcome: 'withheld', reason: 'contra-indicated' },
    });
    expect(JSON.stringify(kiosk.runner.session())).not.toMatch(NUMBER);
    expect(JSON.stringify(kiosk.store.get(id))).not.toMatch(NUMBER);
    const other = await kiosk.asked();
    kiosk.runner.answer({ session: other, found: null });
    expect(kiosk.store.get(other)).toMatchObject({ outcome: 'result', contra: { found: null } });
  });

  it('refuses an answer to another session, to what was not asked, and without a question', async () => {
    const kiosk = new AskingKiosk();
    const refusal = (session: string, found: readonly Contraindication[] | null): string => {
      try {
        kiosk.runner.answer({ session, found });
      } catch (error) {
        return codeOf(error);
      }
      return 'accepted';
    };
    expect(refusal('s1', [])).toBe('request/invalid');
    const id = await kiosk.asked();
    expect(refusal('another', [])).toBe('request/invalid');
    expect(refusal(id, ['ulcerated'])).toBe('request/invalid');
    expect(kiosk.runner.session().state).toBe('asking');
    expect(refusal(id, [])).toBe('accepted');
    expect(refusal(id, [])).toBe('request/invalid');
  });
});

describe('for any sequence of presses, answers and silence the kiosk', () => {
  const action = fc.oneof(
    { weight: 3, arbitrary: fc.constant('capture') },
    { weight: 3, arbitrary: fc.constantFrom('press', 'remote press', 'frame', 'left', 'silence') },
    {
      weight: 3,
      arbitrary: fc.record({
        found: fc.constantFrom<readonly Contraindication[] | null>([], ['bleeding'], null),
        /** Of which session: the newest, or an earlier one. */
        age: fc.constantFrom(0, 0, 1, 2),
      }),
    },
  );

  it('stores *none* for exactly the sessions whose *None of these* was accepted', async () => {
    let none = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 10, maxLength: 40, size: 'max' }), async (actions) => {
        const kiosk = new AskingKiosk();
        const sent = new Set<string>();
        const ids: string[] = [];
        const attempt = (act: () => void): void => {
          try {
            act();
          } catch (error) {
            expect(codeOf(error)).toMatch(/request\/invalid|session\/busy/);
          }
        };
        for (const next of actions) {
          if (next === 'capture') attempt(() => ids.push(kiosk.press()));
          if (next === 'capture' || next === 'frame') await kiosk.frame();
          else if (next === 'press' || next === 'remote press') attempt(() => ids.push(kiosk.press()));
          else if (next === 'left') kiosk.runner.leave();
          else if (next === 'silence') await kiosk.clock.advance(5_000);
          else if (typeof next === 'object') {
            const { found, age } = next;
            const session = ids.at(-1 - age) ?? 'nobody';
            attempt(() => {
              kiosk.runner.answer({ session, found });
              if (found?.length === 0) sent.add(session);
            });
          }
        }
        kiosk.runner.leave();
        const stored = ids.filter((id) => kiosk.stored(id)?.length === 0);
        none += stored.length;
        expect(new Set(stored)).toEqual(sent);
      }),
      { numRuns: 200, seed: 7 },
    );
    expect(none).toBeGreaterThan(20);
  });
});

describe('what is asked with a capture', () => {
  const lesion = { id: 'l', site: 'chest-left', label: '1' } as const;
  const context = (contraIndications: readonly Contraindication[] | null) => ({
    reference: 'A-1',
    lesions: [],
    lesion: { ...lesion, contraIndications },
  });
  const camera = { source: 'camera' } as const;

  it('is everything for an anonymous one and for a lesion that was never asked about', () => {
    expect(questionsOf(camera, undefined, 'on')).toEqual(ASKED_CONTRAINDICATIONS);
    expect(questionsOf(camera, { reference: 'A-1', lesions: [] }, 'on')).toEqual(ASKED_CONTRAINDICATIONS);
    expect(questionsOf(camera, context(null), 'on')).toEqual(ASKED_CONTRAINDICATIONS);
  });

  it('is what can change for a known lesion, whatever was found before', () => {
    expect(questionsOf(camera, context([]), 'on')).toEqual(CHANGING_CONTRAINDICATIONS);
    expect(questionsOf(camera, context(['bleeding']), 'on')).toEqual(CHANGING_CONTRAINDICATIONS);
  });

  it('is nothing for an uploaded file, or where the questions are switched off', () => {
    expect(questionsOf({ source: 'upload' }, undefined, 'on')).toEqual([]);
    expect(questionsOf(camera, undefined, 'off')).toEqual([]);
  });
});
