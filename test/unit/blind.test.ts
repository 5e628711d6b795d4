import { describe, expect, it } from 'vitest';
import { codeOf } from '../../src/lib/errors.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { lampSignal } from '../../src/lamp/patterns.ts';
import { ASKED_CONTRAINDICATIONS } from '../../src/protocol/context.ts';
import type { OpinionCommand } from '../../src/protocol/assessments.ts';
import type { View } from '../../src/protocol/view.ts';
import { exportOf } from '../../src/reports/sessions/export.ts';
import { statisticsOf } from '../../src/reports/sessions/statistics.ts';
import { SessionRunner } from '../../src/session/runner.ts';
import type { SessionRunnerOptions } from '../../src/session/options.ts';
import { FakeCamera } from '../fakes/camera.ts';
import { classification, FakeClassifier, MELANOMA, NAEVUS } from '../fakes/classifier.ts';
import { FakeClock, settle } from '../fakes/clock.ts';
import { FakeImageStore } from '../fakes/image-store.ts';
import { MemoryStore } from '../fakes/store.ts';

const LATENCY_MS = 100;
const SETTINGS = {
  ...{ burstFrames: 1, burstSpanMs: 0, captureTimeoutMs: 3_000, sessionTimeoutMs: 20_000 },
  cameraLatencyMs: LATENCY_MS,
};
/** Longer than an opinion is waited for. */
const LONG_MS = 3_600_000;

/** A kiosk of fakes that asks for an opinion before every result. */
class BlindKiosk {
  readonly clock = new FakeClock();
  readonly camera = new FakeCamera();
  readonly classifier = new FakeClassifier();
  readonly store = new MemoryStore(this.clock);
  readonly runner: SessionRunner;

  constructor(options: Pick<SessionRunnerOptions, 'questions' | 'contraIndicated'> = {}) {
    let presses = 0;
    this.runner = new SessionRunner({
      subject: () => ({}),
      blind: () => true,
      ...options,
      ...{ camera: this.camera, classifier: this.classifier, store: this.store, clock: this.clock },
      images: new FakeImageStore('ask'),
      blink: () => {},
      log: silentLogger,
      newId: () => `s${(presses += 1)}`,
      settings: SETTINGS,
    });
  }

  /** A press up to the end of the analysis. */
  async captured(found = classification(MELANOMA)): Promise<string> {
    this.classifier.willClassify(found);
    const { id } = this.runner.press({ source: 'camera', at: this.clock.monotonic() });
    await this.clock.advance(LATENCY_MS);
    this.camera.push(Uint8Array.of(1), this.clock.monotonic());
    await settle();
    return id;
  }

  async opined(opinion: OpinionCommand['opinion'], found = classification(MELANOMA)): Promise<string> {
    const session = await this.captured(found);
    this.runner.giveOpinion({ session, opinion });
    return session;
  }

  lamp(): string {
    return lampSignal({ session: this.runner.session(), button: { state: 'ready' } } as View);
  }
}

const NUMBER = /malignancy|probabilit|threshold|statement|withheld/;

describe('a capture that asks for an opinion before its result', () => {
  it('shows its image alone, and records nothing, before there is one', async () => {
    const kiosk = new BlindKiosk();
    const id = await kiosk.captured();
    expect(kiosk.runner.session()).toEqual({
      ...{ state: 'opinion', id, number: 1, source: 'camera' },
      picture: `/api/sessions/${id}/picture`,
    });
    expect(kiosk.runner.shown(id)?.picture.bytes).toEqual(Uint8Array.of(1));
    expect(kiosk.store.list({ limit: 10 }).sessions).toEqual([]);
    expect(JSON.stringify(kiosk.store.journal)).not.toMatch(NUMBER);
    expect(kiosk.lamp()).toBe('busy');
  });

  it('does not show either that the result is withheld', async () => {
    const kiosk = new BlindKiosk();
    const answer = classification(MELANOMA);
    const withheld = { ...answer, verdict: { outcome: 'withheld', reason: 'unsure' } } as const;
    await kiosk.captured(withheld);
    expect(JSON.stringify(kiosk.runner.session())).not.toMatch(NUMBER);
    expect(kiosk.lamp()).toBe('busy');
  });

  it('shows the result with the opinion, which is stored with its time and author', async () => {
    const kiosk = new BlindKiosk();
    const id = await kiosk.captured();
    const at = new Date(kiosk.clock.wall()).toISOString();
    kiosk.runner.giveOpinion({ session: id, opinion: 'benign' }, 'op-1');
    expect(kiosk.runner.session()).toMatchObject({ state: 'showing', opinionBefore: 'benign' });
    expect(JSON.stringify(kiosk.runner.session())).toMatch(NUMBER);
    expect(kiosk.lamp()).toBe('above');
    const opinionBefore = { opinion: 'benign', at, operator: 'op-1' };
    expect(kiosk.store.get(id)).toMatchObject({ outcome: 'result', opinionBefore });
    expect(kiosk.store.get(id)?.journal.at(-1)?.body).toMatchObject({ opinionBefore });
  });

  it('shows the result without an opinion if none is given in time', async () => {
    const kiosk = new BlindKiosk();
    const id = await kiosk.captured();
    await kiosk.clock.advance(LONG_MS);
    expect(kiosk.runner.session()).toMatchObject({ state: 'showing', opinionBefore: null });
    expect(kiosk.store.get(id)).toMatchObject({ outcome: 'result', opinionBefore: { opinion: null } });
    expect(kiosk.store.get(id)?.timings?.total).toBeLessThan(SETTINGS.sessionTimeoutMs);
  });

  it('is recorded without an opinion, and shows nothing, when everybody has left', async () => {
    const kiosk = new BlindKiosk();
    const id = await kiosk.captured();
    kiosk.runner.leave();
    expect(kiosk.runner.session()).toEqual({ state: 'ready' });
    expect(kiosk.store.get(id)?.opinionBefore?.opinion).toBeNull();
  });

  it('is recorded without an opinion when another press follows, whose time limit is its own', async () => {
    const kiosk = new BlindKiosk();
    const first = await kiosk.captured();
    const second = await kiosk.captured();
    expect(kiosk.store.get(first)?.opinionBefore?.opinion).toBeNull();
    expect(kiosk.runner.session()).toMatchObject({ state: 'opinion', id: second });
    expect(kiosk.store.get(second)).toBeUndefined();
  });

  it('asks about contraindications first, and for no opinion where the result is refused', async () => {
    const kiosk = new BlindKiosk({ questions: () => ASKED_CONTRAINDICATIONS, contraIndicated: 'refuse' });
    const first = await kiosk.captured();
    kiosk.runner.answer({ session: first, found: [] });
    expect(kiosk.runner.session().state).toBe('opinion');
    kiosk.runner.giveOpinion({ session: first, opinion: 'unsure' });
    expect(kiosk.store.get(first)).toMatchObject({
      contra: { found: [] },
      opinionBefore: { opinion: 'unsure' },
    });
    const second = await kiosk.captured();
    kiosk.runner.answer({ session: second, found: ['bleeding'] });
    expect(kiosk.runner.session().state).toBe('showing');
    expect(kiosk.store.get(second)).not.toHaveProperty('opinionBefore');
  });

  it('refuses an opinion on another session or without a question, and to store the image', async () => {
    const kiosk = new BlindKiosk();
    const refusal = (session: string): string => {
      try {
        kiosk.runner.giveOpinion({ session, opinion: 'benign' });
      } catch (error) {
        return codeOf(error);
      }
      return 'accepted';
    };
    expect(refusal('s1')).toBe('request/invalid');
    const id = await kiosk.captured();
    expect(refusal('another')).toBe('request/invalid');
    await expect(kiosk.runner.keepPicture(id)).rejects.toMatchObject({ code: 'session/picture-gone' });
    expect(refusal(id)).toBe('accepted');
    expect(refusal(id)).toBe('request/invalid');
  });
});

describe('the statistics of opinions from before the result', () => {
  it('count agreement before it and changes after it', async () => {
    const kiosk = new BlindKiosk();
    const naevus = (): ReturnType<typeof classification> => classification(NAEVUS);
    const followed = await kiosk.opined('benign');
    kiosk.store.addReview(followed, { kind: 'clinician', value: 'agree' });
    const kept = await kiosk.opined('malignant');
    kiosk.store.addReview(kept, { kind: 'clinician', value: 'agree' });
    const against = await kiosk.opined('benign', naevus());
    kiosk.store.addReview(against, { kind: 'clinician', value: 'disagree' });
    const named = await kiosk.opined('benign', naevus());
    kiosk.store.addReview(named, { kind: 'clinician', value: 'agree', opinion: 'bkl' });
    await kiosk.opined('malignant', naevus());
    await kiosk.opined('unsure');
    await kiosk.opined(null);
    const { blind } = await statisticsOf(kiosk.store, {});
    expect(blind).toEqual({
      asked: 7,
      opinions: { benign: 3, malignant: 2, unsure: 1, none: 1 },
      agreement: { count: 3, of: 5 },
      changed: { count: 2, of: 4 },
      followed: 1,
    });
  });

  it('are exported at the end of each row', async () => {
    const kiosk = new BlindKiosk();
    const at = new Date(kiosk.clock.wall() + LATENCY_MS).toISOString();
    await kiosk.opined(null);
    let text = '';
    for await (const page of exportOf(kiosk.store, {}, { format: 'json', references: false })) text += page;
    expect(JSON.parse(text)).toMatchObject([
      { opinion_before: 'none', opinion_before_at: at, opinion_before_by: null },
    ]);
  });
});
