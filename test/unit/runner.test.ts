import { beforeEach, describe, expect, it } from 'vitest';
import type { Classifier } from '../../src/classifier/port.ts';
import { codeOf, KioskError } from '../../src/lib/errors.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import type { RetentionMode } from '../../src/protocol/retention.ts';
import type { SessionView } from '../../src/protocol/view.ts';
import { SessionRunner } from '../../src/session/runner.ts';
import type { SessionSubject } from '../../src/store/port.ts';
import { FakeCamera } from '../fakes/camera.ts';
import { classification, FakeClassifier, fit, MELANOMA, unfit } from '../fakes/classifier.ts';
import { FakeClock, settle } from '../fakes/clock.ts';
import { FakeImageStore } from '../fakes/image-store.ts';
import { MemoryStore } from '../fakes/store.ts';

const SETTINGS = {
  burstFrames: 3,
  burstSpanMs: 0,
  captureTimeoutMs: 3_000,
  cameraLatencyMs: 100,
  sessionTimeoutMs: 20_000,
  mmPerPixel: 0.02,
};

/** A clock that counts the armed timers. */
class CountingClock extends FakeClock {
  armed = 0;

  override after(ms: number, callback: () => void): () => void {
    this.armed += 1;
    let over = false;
    const once = (): void => {
      if (!over) this.armed -= 1;
      over = true;
    };
    const cancel = super.after(ms, () => {
      once();
      callback();
    });
    return () => {
      once();
      cancel();
    };
  }
}

/** A session runner in a kiosk of fakes. */
class Kiosk {
  readonly clock = new CountingClock();
  readonly camera = new FakeCamera();
  readonly classifier = new FakeClassifier();
  readonly store = new MemoryStore(this.clock);
  readonly images: FakeImageStore;
  blinks = 0;
  subject: () => SessionSubject = () => ({});
  readonly views: SessionView[] = [];
  readonly runner: SessionRunner;

  constructor(classifier?: Classifier, mode?: RetentionMode) {
    this.images = new FakeImageStore(mode);
    let presses = 0;
    this.runner = new SessionRunner({
      subject: () => this.subject(),
      camera: this.camera,
      classifier: classifier ?? this.classifier,
      store: this.store,
      images: this.images,
      blink: () => {
        this.blinks += 1;
      },
      clock: this.clock,
      log: silentLogger,
      newId: () => `s${(presses += 1)}`,
      settings: SETTINGS,
    });
    this.runner.onChange((view) => this.views.push(view));
  }

  press(): string {
    return this.runner.press({ source: 'camera', at: this.clock.monotonic() }).id;
  }

  upload(bytes: Uint8Array = Uint8Array.of(9)): string {
    const picture = { bytes, contentType: 'image/png' } as const;
    return this.runner.press({ source: 'upload', at: this.clock.monotonic(), picture }).id;
  }

  /** Frames until the burst is full, each marked by its number. */
  async frames(count = SETTINGS.burstFrames): Promise<void> {
    await this.clock.advance(SETTINGS.cameraLatencyMs);
    for (let i = 0; i < count; i += 1) this.camera.push(Uint8Array.of(i), this.clock.monotonic());
    await settle();
  }

  /** A press up to its result. */
  async result(): Promise<string> {
    const id = this.press();
    await this.frames();
    expect(this.state()).toBe('showing');
    return id;
  }

  state(): SessionView['state'] {
    return this.runner.session().state;
  }

  code(): string {
    const view = this.runner.session();
    return view.state === 'fault' ? view.code : view.state;
  }

  outcomes(): string[] {
    return this.store
      .list({ limit: 50 })
      .sessions.map(({ id, outcome, reason }) => [id, outcome, reason].filter(Boolean).join(' '));
  }

  kinds(): string[] {
    return this.store.journal.map(({ kind }) => kind);
  }
}

function codeThrown(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return codeOf(error);
  }
  return 'nothing was thrown';
}

async function codeOfRejection(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'it was resolved',
    (error: unknown) => codeOf(error),
  );
}

/** A classifier that ignores the abort signal: its answers come when the test releases them, however late. */
class UnabortableClassifier extends FakeClassifier {
  override assess(burst: readonly Uint8Array[]): ReturnType<Classifier['assess']> {
    return super.assess(burst, new AbortController().signal);
  }

  override classify(picture: Uint8Array): ReturnType<Classifier['classify']> {
    return super.classify(picture, new AbortController().signal);
  }
}

let kiosk: Kiosk;

beforeEach(() => {
  kiosk = new Kiosk();
});

describe('a press', () => {
  it('leads from the camera to a stored result', async () => {
    kiosk.classifier.willClassify(classification(MELANOMA));
    const id = kiosk.press();
    expect(kiosk.runner.session()).toEqual({ state: 'capturing', id, number: 1, source: 'camera' });
    await kiosk.frames();
    const view = await kiosk.runner.finished(id);
    expect(view).toEqual(kiosk.runner.session());
    if (view.state !== 'showing' || view.result.outcome !== 'result') throw new Error('no result');
    const stored = kiosk.store.get(id)!;
    expect(stored).toMatchObject({
      ...{ number: 1, outcome: 'result', disposition: 'unreviewed', statement: 'above' },
      malignancy: view.result.malignancy,
      threshold: view.result.threshold,
      model: view.result.model,
    });
    for (const share of view.result.classes) {
      expect(stored.probabilities?.[share.id]).toBe(share.probability);
    }
  });

  it('with an obscured lesion leads to a retake, without a score on the screen or in the store', async () => {
    const verdict = { outcome: 'unfit', reason: 'hair' } as const;
    const marks = { side: 16, cells: [17] };
    kiosk.classifier.willClassify({ ...classification(MELANOMA), lesion: { hair: 0.4 }, verdict, marks });
    const id = kiosk.press();
    await kiosk.frames();
    expect(kiosk.runner.session()).toEqual({
      state: 'retake',
      id,
      number: 1,
      source: 'camera',
      reason: 'hair',
      picture: `/api/sessions/${id}/picture`,
      marks,
    });
    const stored = kiosk.store.get(id)!;
    expect(stored).toMatchObject({ outcome: 'retake', reason: 'hair', lesion: { hair: 0.4 } });
    expect(stored.malignancy ?? stored.probabilities).toBeUndefined();
    expect(JSON.stringify(kiosk.store.journal)).not.toContain('marks');
    expect(kiosk.runner.shown(id)).toBeDefined();
    await expect(kiosk.runner.keepPicture(id)).rejects.toMatchObject({ code: 'session/picture-gone' });
    kiosk.runner.leave();
    expect(kiosk.runner.shown(id)).toBeUndefined();
  });

  it('shows every stage once, and the result only after it is stored', async () => {
    const storedWhenShown: boolean[] = [];
    kiosk.runner.onChange((view) => {
      if (view.state === 'showing') storedWhenShown.push(kiosk.store.get(view.id) !== undefined);
    });
    await kiosk.result();
    expect(kiosk.views.map(({ state }) => state)).toEqual([
      ...['capturing', 'checking', 'classifying', 'showing'],
    ]);
    expect(storedWhenShown).toEqual([true]);
  });

  it('uses no frame from before the press plus the camera latency', async () => {
    kiosk.press();
    await kiosk.clock.advance(99);
    kiosk.camera.push(Uint8Array.of(77), kiosk.clock.monotonic());
    await kiosk.clock.advance(1);
    await kiosk.frames();
    expect(kiosk.classifier.calls[0]?.pictures).toEqual([0, 1, 2].map((mark) => Uint8Array.of(mark)));
  });

  it('classifies and shows the best frame of the burst', async () => {
    kiosk.classifier.willAssess(fit(2));
    const id = await kiosk.result();
    expect(kiosk.classifier.calls.map(({ kind }) => kind)).toEqual(['assess', 'classify']);
    expect(kiosk.classifier.calls[1]?.pictures).toEqual([Uint8Array.of(2)]);
    expect(kiosk.runner.shown(id)?.picture).toEqual({
      bytes: Uint8Array.of(2),
      contentType: 'image/jpeg',
    });
  });

  it('records how long each stage took', async () => {
    const release = kiosk.classifier.hold('assess');
    const id = kiosk.press();
    await kiosk.frames();
    await kiosk.clock.advance(40);
    release();
    await settle();
    expect(kiosk.store.get(id)?.timings).toEqual({
      ...{ open: 0, capture: 100, assess: 40, classify: 0, total: 140 },
      ...{ 'assess.burstDecode': 1, 'assess.quality': 1 },
      ...{ 'classify.decode': 1, 'classify.prepare': 1, 'classify.network': 1 },
      ...{ 'classify.verdict': 1, 'classify.explain': 1 },
    });
  });

  it('requests a retake with the gate’s reason, and classifies nothing', async () => {
    kiosk.classifier.willAssess(unfit('too-blurred'));
    const id = kiosk.press();
    await kiosk.frames();
    await expect(kiosk.runner.finished(id)).resolves.toMatchObject({
      ...{ state: 'retake', reason: 'too-blurred' },
    });
    expect(kiosk.classifier.calls.map(({ kind }) => kind)).toEqual(['assess']);
    expect(kiosk.outcomes()).toEqual(['s1 retake too-blurred']);
    expect(kiosk.runner.shown(id)?.picture.contentType).toBe('image/jpeg');
    kiosk.runner.dismiss();
    expect(kiosk.state()).toBe('ready');
    expect(kiosk.runner.shown(id)).toBeUndefined();
  });

  it('shows a withheld result without a score and stores none', async () => {
    kiosk.classifier.willClassify(classification([Number.NaN, 0, 0, 0, 0, 0, 0]));
    const id = await kiosk.result();
    expect(JSON.stringify(kiosk.runner.session())).not.toMatch(/malignancy|probability/);
    expect(kiosk.outcomes()).toEqual(['s1 withheld not-finite']);
    expect(kiosk.store.get(id)).not.toHaveProperty('malignancy');
  });

  it('clears the previous result first', async () => {
    const first = await kiosk.result();
    const second = kiosk.press();
    expect(kiosk.runner.shown(first)).toBeUndefined();
    expect(kiosk.state()).toBe('capturing');
    await kiosk.frames();
    expect(kiosk.runner.session()).toMatchObject({ state: 'showing', id: second, number: 2 });
    expect(kiosk.store.get(first)?.disposition).toBe('unreviewed');
  });
});

describe('an upload', () => {
  it('is processed like a burst of one, without the camera', async () => {
    const id = kiosk.upload(Uint8Array.of(42));
    await settle();
    expect(kiosk.classifier.calls.map(({ pictures }) => pictures)).toEqual([
      [Uint8Array.of(42)],
      [Uint8Array.of(42)],
    ]);
    expect(kiosk.runner.shown(id)).toMatchObject({ picture: { contentType: 'image/png' } });
    expect(kiosk.store.get(id)).toMatchObject({ source: 'upload', outcome: 'result' });
  });

  it('has no scale, unlike a camera image', async () => {
    await kiosk.result();
    kiosk.upload();
    await settle();
    expect(kiosk.classifier.scales).toEqual([0.02, undefined]);
  });

  it.each(['picture/unsupported', 'picture/broken', 'picture/too-many-pixels'] as const)(
    'that is rejected with %s reports it and is dropped',
    async (code) => {
      kiosk = new Kiosk(new FakeClassifier().willAssess(new KioskError(code, 'no')));
      const id = kiosk.upload();
      await settle();
      await expect(kiosk.runner.finished(id)).resolves.toMatchObject({ state: 'fault', code });
      expect(kiosk.runner.shown(id)).toBeUndefined();
      expect(kiosk.outcomes()).toEqual([`s1 fault ${code}`]);
    },
  );
});

describe('a press during a session', () => {
  const holds: Record<string, (kiosk: Kiosk) => Promise<void>> = {
    capturing: () => Promise.resolve(),
    checking: async (kiosk) => {
      kiosk.classifier.hold('assess');
      await kiosk.frames();
    },
    classifying: async (kiosk) => {
      kiosk.classifier.hold('classify');
      await kiosk.frames();
    },
  };

  it.each(Object.entries(holds))(
    'is ignored with a blink and a journal row while %s',
    async (state, reach) => {
      const id = kiosk.press();
      await reach(kiosk);
      expect(kiosk.state()).toBe(state);
      const before = kiosk.views.length;
      expect(codeThrown(() => kiosk.press())).toBe('session/busy');
      expect(codeThrown(() => kiosk.upload())).toBe('session/busy');
      expect(kiosk.blinks).toBe(2);
      const rows = kiosk.store.journal.filter(({ kind }) => kind === 'press-ignored');
      expect(rows.map(({ body, session_id }) => [body, session_id])).toEqual([
        ['{"source":"camera"}', id],
        ['{"source":"upload"}', id],
      ]);
      expect(kiosk.views).toHaveLength(before);
    },
  );

  it('is rejected with a blink and a journal row if no session is allowed; the next one is opened', async () => {
    kiosk.subject = () => {
      throw new KioskError('lesion/contra-indicated', 'the test says so');
    };
    expect(codeThrown(() => kiosk.press())).toBe('lesion/contra-indicated');
    expect([kiosk.state(), kiosk.blinks]).toEqual(['ready', 1]);
    const rows = kiosk.store.journal.filter(({ kind }) => kind === 'press-ignored');
    expect(rows.map(({ body }) => body)).toEqual(['{"reason":"lesion/contra-indicated","source":"camera"}']);
    kiosk.subject = () => ({ patient: 'p', lesion: 'l' });
    const id = await kiosk.result();
    expect(kiosk.store.sessions).toMatchObject([{ id, patient_id: 'p', lesion_id: 'l' }]);
    expect(kiosk.store.verify()).toMatchObject({ intact: true });
  });

  it('has no side effects', async () => {
    kiosk.press();
    expect(codeThrown(() => kiosk.press())).toBe('session/busy');
    expect(await codeOfRejection(kiosk.runner.finished('s2'))).toBe('session/unknown');
    await kiosk.frames();
    expect(kiosk.state()).toBe('showing');
    expect(kiosk.outcomes()).toEqual(['s1 result']);
    expect(kiosk.camera.listeners).toBe(0);
  });

  it('is ignored even if the journal row cannot be written', () => {
    kiosk.press();
    kiosk.store.fail('store/full');
    expect(codeThrown(() => kiosk.press())).toBe('session/busy');
    expect(kiosk.state()).toBe('capturing');
  });
});

describe('a session that fails', () => {
  it.each(['lost', 'stalled'] as const)('reports that the camera is %s', async (state) => {
    kiosk.camera.become({ state });
    const id = kiosk.press();
    await settle();
    expect(kiosk.code()).toBe(`camera/${state}`);
    await expect(kiosk.runner.finished(id)).resolves.toMatchObject({ state: 'fault', number: 1 });
    expect(kiosk.outcomes()).toEqual([`s1 fault camera/${state}`]);
  });

  it('ends if the camera is lost during the burst', async () => {
    kiosk.press();
    await kiosk.frames(1);
    kiosk.camera.become({ state: 'lost', reason: 'unplugged' });
    await settle();
    expect(kiosk.code()).toBe('camera/lost');
    expect(kiosk.camera.listeners).toBe(0);
  });

  it('ends if a real camera shows the same again, but not if a simulated one does, or the frames are unfit', async () => {
    for (const [simulated, fits, outcome] of [
      [false, true, 'fault camera/stalled'],
      [true, true, 'result'],
      [false, false, 'retake'],
    ] as const) {
      const own = new Kiosk();
      own.camera.simulated = simulated;
      const assessment = fits ? fit() : unfit('too-dark');
      own.classifier.willAssess({ ...assessment, repeats: true });
      own.press();
      await own.frames(SETTINGS.burstFrames);
      await settle();
      expect(own.outcomes()).toEqual([expect.stringContaining(`s1 ${outcome}`)]);
    }
  });

  it('ends if no frame arrives in time', async () => {
    kiosk.press();
    await kiosk.clock.advance(SETTINGS.captureTimeoutMs);
    expect(kiosk.code()).toBe('camera/timeout');
  });

  it.each([
    ['inference/died', 'inference/died'],
    ['inference/timeout', 'inference/timeout'],
    ['model/none', 'model/none'],
    ['model/loading', 'model/loading'],
    ['engine/unavailable', 'internal/error'],
  ] as const)('reports %s as %s, and the next press works', async (thrown, reported) => {
    kiosk.classifier.willClassify(new KioskError(thrown, 'the test says so'));
    const id = kiosk.press();
    await kiosk.frames();
    expect(kiosk.code()).toBe(reported);
    expect(kiosk.runner.shown(id)).toBeUndefined();
    await kiosk.result();
    expect(kiosk.outcomes()).toEqual(['s2 result', `s1 fault ${reported}`]);
  });

  it('reports an unknown error as internal/error', async () => {
    kiosk.classifier.willAssess(new TypeError('undefined is not a function'));
    kiosk.press();
    await kiosk.frames();
    expect(kiosk.code()).toBe('internal/error');
  });

  it('ends with inference/failed if the best frame is not in the burst', async () => {
    kiosk.classifier.willAssess(fit(9));
    kiosk.press();
    await kiosk.frames();
    expect(kiosk.code()).toBe('inference/failed');
  });

  it('can be dismissed', async () => {
    kiosk.camera.become({ state: 'lost' });
    kiosk.press();
    await settle();
    kiosk.runner.dismiss();
    expect(kiosk.state()).toBe('ready');
  });
});

describe('a session that takes too long', () => {
  it.each(['assess', 'classify'] as const)('times out while it waits to %s', async (stage) => {
    kiosk.classifier.hold(stage);
    const id = kiosk.press();
    await kiosk.frames();
    await kiosk.clock.advance(SETTINGS.sessionTimeoutMs - SETTINGS.cameraLatencyMs - 1);
    expect(kiosk.state()).toBe(stage === 'assess' ? 'checking' : 'classifying');
    await kiosk.clock.advance(1);
    expect(kiosk.code()).toBe('session/timeout');
    await expect(kiosk.runner.finished(id)).resolves.toMatchObject({ code: 'session/timeout' });
    expect(kiosk.outcomes()).toEqual(['s1 fault session/timeout']);
  });

  it.each(['assess', 'classify'] as const)('is not resumed by a late answer to %s', async (stage) => {
    const unabortable = new UnabortableClassifier();
    kiosk = new Kiosk(unabortable);
    const release = unabortable.hold(stage);
    const id = kiosk.press();
    await kiosk.frames();
    await kiosk.clock.advance(SETTINGS.sessionTimeoutMs);
    expect(kiosk.code()).toBe('session/timeout');
    const views = kiosk.views.length;
    release();
    await settle();
    expect(kiosk.views).toHaveLength(views);
    expect(kiosk.runner.shown(id)).toBeUndefined();
    expect(kiosk.outcomes()).toEqual(['s1 fault session/timeout']);
  });

  it('does not pass its late answer to the next session', async () => {
    const unabortable = new UnabortableClassifier().willClassify(classification(MELANOMA));
    kiosk = new Kiosk(unabortable);
    const release = unabortable.hold('classify');
    kiosk.press();
    await kiosk.frames();
    await kiosk.clock.advance(SETTINGS.sessionTimeoutMs);
    const second = kiosk.press();
    release();
    await settle();
    expect(kiosk.runner.session()).toMatchObject({ state: 'capturing', id: second });
    await kiosk.frames();
    expect(kiosk.outcomes()).toEqual(['s2 result', 's1 fault session/timeout']);
    expect(kiosk.store.get(second)?.statement).toBe('below');
  });

  it('leaves no timer armed if it ends in time', async () => {
    kiosk.press();
    expect(kiosk.clock.armed).toBeGreaterThan(0);
    await kiosk.frames();
    expect(kiosk.clock.armed).toBe(0);
    await kiosk.clock.advance(10 * SETTINGS.sessionTimeoutMs);
    expect(kiosk.state()).toBe('showing');
  });
});

describe('a disk failure', () => {
  it.each(['store/full', 'store/read-only', 'store/failed'] as const)(
    'with %s prevents a capture',
    async (code) => {
      kiosk.store.fail(code);
      const id = kiosk.press();
      expect(kiosk.runner.session()).toEqual({ state: 'fault', id, source: 'camera', code });
      expect(kiosk.camera.listeners).toBe(0);
      await expect(kiosk.runner.finished(id)).resolves.toMatchObject({ code });
      kiosk.store.fail();
      await kiosk.result();
      expect(kiosk.outcomes()).toEqual(['s2 result']);
    },
  );

  it('while recording a result never shows a score', async () => {
    const release = kiosk.classifier.hold('classify');
    const id = kiosk.press();
    await kiosk.frames();
    kiosk.store.fail('store/full');
    release();
    await settle();
    expect(kiosk.code()).toBe('store/full');
    expect(kiosk.runner.shown(id)).toBeUndefined();
    expect(JSON.stringify(kiosk.views)).not.toMatch(/malignancy|probability/);
  });

  it('while recording a retake is reported too', async () => {
    kiosk.classifier.willAssess(unfit('too-dark'));
    const release = kiosk.classifier.hold('assess');
    kiosk.press();
    await kiosk.frames();
    kiosk.store.fail('store/read-only');
    release();
    await settle();
    expect(kiosk.code()).toBe('store/read-only');
  });

  it('closes the session as soon as rows can be written again', async () => {
    const release = kiosk.classifier.hold('classify');
    kiosk.press();
    await kiosk.frames();
    kiosk.store.fail('store/full');
    release();
    await settle();
    kiosk.press();
    expect(kiosk.code()).toBe('store/full');
    kiosk.store.fail();
    await kiosk.result();
    expect(kiosk.outcomes()).toEqual(['s3 result', 's1 fault store/full']);
    expect(kiosk.store.verify()).toMatchObject({ intact: true });
  });

  it('while recording the disposition is shown as a fault', async () => {
    const id = await kiosk.result();
    kiosk.store.fail('store/full');
    kiosk.runner.accept();
    expect(kiosk.runner.session()).toMatchObject({ state: 'fault', id, code: 'store/full' });
    expect(kiosk.runner.shown(id)).toBeUndefined();
    kiosk.store.fail();
    expect(kiosk.store.get(id)).toMatchObject({ outcome: 'result', disposition: 'unreviewed' });
  });
});

describe('the result on the screen', () => {
  it.each(['accept', 'discard'] as const)('is left with %s, which is recorded', async (act) => {
    const id = await kiosk.result();
    kiosk.runner[act]();
    expect(kiosk.state()).toBe('ready');
    expect(kiosk.runner.shown(id)).toBeUndefined();
    expect(kiosk.store.get(id)?.disposition).toBe(`${act}ed`);
  });

  it('is the only state to accept or discard, and cannot be dismissed', async () => {
    const { runner } = kiosk;
    const acts = [
      () => {
        runner.accept();
      },
      () => {
        runner.discard();
      },
      () => {
        runner.dismiss();
      },
    ];
    expect(acts.map(codeThrown)).toEqual(Array(3).fill('request/invalid'));
    await kiosk.result();
    expect(codeThrown(acts[2]!)).toBe('request/invalid');
    expect(kiosk.state()).toBe('showing');
    kiosk.press();
    expect(acts.map(codeThrown)).toEqual(Array(3).fill('request/invalid'));
    expect(kiosk.state()).toBe('capturing');
  });

  it('does not return its image for another session, or too early', async () => {
    kiosk.classifier.hold('classify');
    const id = kiosk.press();
    await kiosk.frames();
    expect(kiosk.runner.shown(id)).toBeUndefined();
    kiosk = new Kiosk();
    await kiosk.result();
    expect(kiosk.runner.shown('s99')).toBeUndefined();
  });
});

describe('waiting for a session', () => {
  it('ends at once if the session has ended', async () => {
    const id = await kiosk.result();
    kiosk.runner.accept();
    await expect(kiosk.runner.finished(id)).resolves.toMatchObject({ state: 'showing', id });
  });

  it('is rejected for an unknown session, and for an old one', async () => {
    expect(await codeOfRejection(kiosk.runner.finished('nobody'))).toBe('session/unknown');
    const first = await kiosk.result();
    for (let i = 0; i < 16; i += 1) await kiosk.result();
    expect(await codeOfRejection(kiosk.runner.finished(first))).toBe('session/unknown');
    await expect(kiosk.runner.finished('s17')).resolves.toMatchObject({ state: 'showing' });
  });
});

describe('a stop', () => {
  const during: Record<string, (kiosk: Kiosk) => Promise<unknown>> = {
    capturing: (kiosk) => Promise.resolve(kiosk.press()),
    checking: (kiosk) => {
      kiosk.classifier.hold('assess');
      kiosk.press();
      return kiosk.frames();
    },
    classifying: (kiosk) => {
      kiosk.classifier.hold('classify');
      kiosk.press();
      return kiosk.frames();
    },
  };

  it.each(Object.entries(during))(
    'while %s closes the session as aborted and rejects waiters',
    async (state, reach) => {
      await reach(kiosk);
      expect(kiosk.state()).toBe(state);
      const waiting = codeOfRejection(kiosk.runner.finished('s1'));
      await kiosk.runner.stop();
      expect(await waiting).toBe('session/aborted');
      expect(kiosk.outcomes()).toEqual(['s1 aborted']);
      expect(kiosk.state()).toBe('ready');
      expect(kiosk.camera.listeners).toBe(0);
      await kiosk.clock.advance(10 * SETTINGS.sessionTimeoutMs);
      expect(kiosk.state()).toBe('ready');
      expect(kiosk.outcomes()).toEqual(['s1 aborted']);
    },
  );

  it('drops the image of the result on the screen, which stays unreviewed', async () => {
    const id = await kiosk.result();
    await kiosk.runner.stop();
    expect(kiosk.runner.shown(id)).toBeUndefined();
    expect(kiosk.store.get(id)).toMatchObject({ outcome: 'result', disposition: 'unreviewed' });
  });

  it('rejects presses afterwards, and can be called twice', async () => {
    await kiosk.runner.stop();
    await kiosk.runner.stop();
    expect(codeThrown(() => kiosk.press())).toBe('session/aborted');
    expect(kiosk.kinds()).toEqual(['started']);
  });

  it('ends with the next start', async () => {
    await kiosk.runner.stop();
    await kiosk.runner.start();
    await kiosk.result();
    expect(kiosk.outcomes()).toEqual(['s1 result']);
  });
});

describe('image retention', () => {
  const mask = { side: 1, values: [255], mmPerPixel: 0.02 };

  function kioskWith(mode: RetentionMode): Kiosk {
    const kiosk = new Kiosk(undefined, mode);
    kiosk.classifier.willClassify({ ...classification(MELANOMA), mask });
    return kiosk;
  }

  it('stores the image with its mask if the patient consents, and the screen is notified', async () => {
    const kiosk = kioskWith('ask');
    await kiosk.runner.start();
    const id = await kiosk.result();
    expect(kiosk.images.events).toEqual([]);
    await kiosk.runner.keepPicture(id);
    expect(kiosk.images.pictures.get(id)).toEqual({ picture: kiosk.runner.shown(id)?.picture, mask });
    expect(kiosk.views.at(-1)).toMatchObject({ state: 'showing', keeping: { kept: true } });
    await kiosk.images.remove(id, 'withdrawn');
    expect(kiosk.views.at(-1)).toMatchObject({ state: 'showing', keeping: { kept: false } });
  });

  it('keeps the image of an accepted result, and removes that of a discarded one', async () => {
    const kiosk = kioskWith('ask');
    const accepted = await kiosk.result();
    await kiosk.runner.keepPicture(accepted);
    kiosk.runner.accept();
    const other = await kiosk.result();
    await kiosk.runner.keepPicture(other);
    kiosk.runner.discard();
    expect(kiosk.images.events.slice(1)).toEqual([`${other} kept by consent`, `${other} gone: discarded`]);
    expect([...kiosk.images.pictures.keys()]).toEqual([accepted]);
  });

  it('stores the image without a request if configured', async () => {
    const kiosk = kioskWith('always');
    const id = await kiosk.result();
    expect(kiosk.images.events).toEqual([`${id} kept by setting`]);
  });

  it('cannot store the image once the result is left', async () => {
    const kiosk = kioskWith('ask');
    const id = await kiosk.result();
    kiosk.runner.accept();
    expect(await codeOfRejection(kiosk.runner.keepPicture(id))).toBe('session/picture-gone');
    expect(kiosk.images.events).toEqual([]);
  });

  it('does not affect the result, which is shown even if the image cannot be stored', async () => {
    const kiosk = kioskWith('always');
    kiosk.images.failure = new KioskError('picture/no-room', 'full');
    await kiosk.result();
    expect(kiosk.outcomes()).toHaveLength(1);
  });

  it('never puts the image or its mask into a state', async () => {
    const kiosk = kioskWith('ask');
    await kiosk.result();
    expect(JSON.stringify(kiosk.views)).not.toMatch(/"mask"|"bytes"/);
  });
});
