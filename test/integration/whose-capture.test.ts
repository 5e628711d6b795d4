import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '../../src/lib/errors.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { CurrentPatient } from '../../src/patient/current-patient.ts';
import { unassignedToday } from '../../src/patient/unassigned.ts';
import type { AssignmentAnswer, ErrorBody } from '../../src/protocol/http.ts';
import { SessionRunner } from '../../src/session/runner.ts';
import { RECORDS } from '../contract/store-contract.ts';
import { FakeCamera } from '../fakes/camera.ts';
import { FakeClassifier, unfit } from '../fakes/classifier.ts';
import { settle } from '../fakes/clock.ts';
import { FakeImageStore } from '../fakes/image-store.ts';
import { TestServer } from '../fakes/server-parts.ts';
import { RealLog } from '../support/real-log.ts';

const SETTINGS = {
  ...{ burstFrames: 1, burstSpanMs: 0, captureTimeoutMs: 3_000, cameraLatencyMs: 100 },
  ...{ sessionTimeoutMs: 20_000, mmPerPixel: 0.02 },
};

const NAEVUS = { site: 'chest-left', label: 'by the scar', contraIndications: [] } as const;

/** A real log, a real session and the current patient; camera and model are fakes. */
class Kiosk {
  readonly camera = new FakeCamera();
  readonly classifier = new FakeClassifier();
  readonly log: RealLog;
  readonly runner: SessionRunner;
  readonly context: CurrentPatient;

  private constructor(log: RealLog, asks: boolean) {
    this.log = log;
    const { store, clock } = log;
    let presses = 0;
    this.context = new CurrentPatient({
      ...{ store, pattern: '[A-Z]-[0-9]{4}', contraIndicated: 'flag', askNext: true, log: silentLogger },
      session: () => this.runner,
    });
    this.runner = new SessionRunner({
      subject: () => this.context.subject(),
      ...{ camera: this.camera, classifier: this.classifier, store, images: new FakeImageStore('ask') },
      questions: () => (asks ? ['bleeding'] : []),
      ...{ blink: () => undefined, clock, log: silentLogger, settings: SETTINGS },
      newId: () => `s${(presses += 1)}`,
    });
  }

  /** @param asks about contraindications, before a result */
  static async open(asks = false): Promise<Kiosk> {
    const kiosk = new Kiosk(await RealLog.open(), asks);
    await kiosk.runner.start();
    await kiosk.context.start();
    return kiosk;
  }

  async close(): Promise<void> {
    await this.context.stop();
    await this.runner.stop();
    await this.log.dispose();
  }

  press(): { readonly id: string } {
    return this.runner.press({ source: 'camera', at: this.log.clock.monotonic() });
  }

  /** A press up to its end. */
  async capture(press = () => this.press()): Promise<string> {
    const { id } = press();
    await this.end();
    return id;
  }

  async end(): Promise<void> {
    await this.log.clock.advance(SETTINGS.cameraLatencyMs);
    this.camera.push(Uint8Array.of(1), this.log.clock.monotonic());
    await settle();
  }

  retake = (): { readonly id: string } => this.context.retake(() => this.press());

  state(): string {
    return this.runner.session().state;
  }

  async accept(): Promise<void> {
    this.runner.accept();
    await settle();
  }

  storedFor(id: string): string | undefined {
    return this.log.store.get(id)?.context?.reference;
  }
}

let kiosk: Kiosk;

beforeEach(async () => {
  kiosk = await Kiosk.open();
});

afterEach(() => kiosk.close());

describe('the capture after a result', () => {
  const ofA = async (): Promise<void> => {
    kiosk.context.change({ type: 'reference', reference: 'A-1001' });
    await kiosk.capture();
  };

  it('is nobody’s if nobody answered whose it is', async () => {
    await ofA();
    await kiosk.accept();
    expect(kiosk.context.current()).toBeUndefined();
    expect(kiosk.context.last()).toMatchObject({ reference: 'A-1001' });
    expect(kiosk.storedFor(await kiosk.capture())).toBeUndefined();
  });

  it('is nobody’s if the button is pressed over the result', async () => {
    await ofA();
    expect(kiosk.storedFor(await kiosk.capture())).toBeUndefined();
  });

  it('is of the same patient once that was said, of which lesion not', async () => {
    kiosk.context.change({ type: 'reference', reference: 'A-1001' });
    kiosk.context.change({ type: 'new-lesion', reference: 'A-1001', ...NAEVUS });
    await kiosk.capture();
    await kiosk.accept();
    kiosk.context.change({ type: 'same' });
    const { context } = kiosk.log.store.get(await kiosk.capture())!;
    expect(context).toMatchObject({ reference: 'A-1001' });
    expect(context).not.toHaveProperty('lesion');
  });

  it('is of the same patient and lesion if the result is retaken', async () => {
    kiosk.context.change({ type: 'reference', reference: 'A-1001' });
    kiosk.context.change({ type: 'new-lesion', reference: 'A-1001', ...NAEVUS });
    await kiosk.capture();
    const { context } = kiosk.log.store.get(await kiosk.capture(kiosk.retake))!;
    expect(context).toMatchObject({ reference: 'A-1001', lesion: { label: 'by the scar' } });
  });

  it('is of whoever is scanned; a scan of somebody unknown ends the confirmation of the patient before', async () => {
    kiosk.context.change({ type: 'reference', reference: 'B-2002' });
    kiosk.context.change({ type: 'new-lesion', reference: 'B-2002', ...NAEVUS });
    await ofA();
    await kiosk.accept();
    kiosk.context.change({ type: 'scan', reference: 'B-2002' });
    expect(kiosk.log.store.get(await kiosk.capture())!.context).toMatchObject({
      reference: 'B-2002',
      lesion: { label: 'by the scar' },
    });
    kiosk.runner.leave();
    kiosk.context.change({ type: 'scan', reference: 'A-1001' });
    expect(() => {
      kiosk.context.change({ type: 'scan', reference: 'C-3003' });
    }).toThrow(/nobody has this reference/);
    expect(kiosk.storedFor(await kiosk.capture())).toBeUndefined();
    kiosk.runner.leave();
    kiosk.context.change({ type: 'scan', reference: 'A-1001' });
    expect(() => {
      kiosk.context.change({ type: 'scan', reference: 'not a reference' });
    }).toThrow(/does not match/);
    expect(kiosk.storedFor(await kiosk.capture())).toBeUndefined();
  });

  it('keeps the patient after a retake of the gate: nothing has been shown yet', async () => {
    kiosk.context.change({ type: 'reference', reference: 'A-1001' });
    kiosk.classifier.willAssess(unfit('too-dark'));
    await kiosk.capture();
    expect(kiosk.state()).toBe('retake');
    expect(kiosk.storedFor(await kiosk.capture())).toBe('A-1001');
  });

  it('keeps the patient where that is set', async () => {
    kiosk.context.setAskNext(false);
    await ofA();
    await kiosk.accept();
    expect(kiosk.storedFor(await kiosk.capture())).toBe('A-1001');
  });

  it('cannot be retaken without a result', () => {
    expect(() => kiosk.retake()).toThrow(/no result/);
  });

  it('journals how a confirmation ended', async () => {
    await ofA();
    await kiosk.accept();
    kiosk.context.change({ type: 'same' });
    kiosk.context.clear('by-hand');
    const database = new Database(join(kiosk.log.dir, 'kiosk.sqlite'), { readonly: true });
    const rows = database
      .prepare(
        `SELECT kind, json_extract(body, '$.reason') AS reason FROM journal WHERE kind LIKE 'reference-%'`,
      )
      .all();
    database.close();
    expect(rows).toEqual([
      { kind: 'reference-set', reason: null },
      { kind: 'reference-cleared', reason: 'result' },
      { kind: 'reference-set', reason: null },
      { kind: 'reference-cleared', reason: 'by-hand' },
    ]);
    expect(kiosk.log.store.verify()).toMatchObject({ intact: true });
  });

  it('forgets the last patient once nobody is present', async () => {
    await ofA();
    await kiosk.accept();
    kiosk.context.clear('idle');
    expect(kiosk.context.last()).toBeUndefined();
  });
});

/** What people do at a kiosk; `known`: a patient who has a lesion. */
const ACTS = [
  'scan A',
  'scan B',
  'scan unknown',
  'enter A',
  'enter B',
  'same',
  'next',
  'press',
  'retake',
] as const;
const ENDS = [
  'result',
  'answer',
  'refused',
  'never',
  'save',
  'discard',
  'dismiss',
  'idle',
  'choose lesion',
] as const;

describe('any sequence of presses, scans, answers and silence', () => {
  it('stores no session under a patient who was not confirmed for this very capture', async () => {
    // Mostly captures with results: only over and after those can a patient be mistaken.
    const act = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom<Act>('press', 'press', 'retake') },
      { weight: 4, arbitrary: fc.constant<Act>('result') },
      { weight: 2, arbitrary: fc.constant<Act>('answer') },
      { weight: 6, arbitrary: fc.constantFrom<Act>(...ACTS, ...ENDS) },
    );
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.array(act, { minLength: 4, maxLength: 40 }), async (asks, acts) => {
        const one = await Kiosk.open(asks);
        try {
          await replay(one, acts);
        } finally {
          await one.close();
        }
      }),
      { numRuns: 60 },
    );
  });
});

type Act = (typeof ACTS)[number] | (typeof ENDS)[number];

/** Who was said to be the patient, by rules that know nothing of how the kiosk keeps them. */
async function replay(one: Kiosk, acts: readonly Act[]): Promise<void> {
  const references = { A: 'A-1001', B: 'B-2002' };
  for (const reference of Object.values(references)) one.log.store.context.patient(reference);
  let confirmed: string | undefined;
  let last: string | undefined;
  const expected = new Map<string, string | undefined>();
  const attempt = (run: () => unknown): string | undefined => {
    try {
      run();
      return undefined;
    } catch (error) {
      return codeOf(error);
    }
  };
  const left = (): void => {
    if (confirmed !== undefined) last = confirmed;
    confirmed = undefined;
  };
  const choose = (reference: string | undefined, type: 'scan' | 'reference'): void => {
    const code = attempt(() => {
      one.context.change({ type, reference: reference ?? 'X-9999' });
    });
    if (code === 'session/busy') return;
    if (reference === undefined) left();
    else [confirmed, last] = [reference, undefined];
  };
  for (const act of acts) {
    const showing = ['showing', 'asking'].includes(one.state());
    switch (act) {
      case 'scan A':
      case 'scan B':
        choose(references[act.slice(-1) as 'A'], 'scan');
        break;
      case 'scan unknown':
        choose(undefined, 'scan');
        break;
      case 'enter A':
      case 'enter B':
        choose(references[act.slice(-1) as 'A'], 'reference');
        break;
      case 'same':
        if (
          attempt(() => {
            one.context.change({ type: 'same' });
          }) === undefined
        )
          [confirmed, last] = [last, undefined];
        break;
      case 'next':
        if (
          attempt(() => {
            one.context.change({ type: 'clear' });
          }) === undefined
        )
          [confirmed, last] = [undefined, undefined];
        break;
      case 'choose lesion':
        attempt(() => {
          one.context.change({ type: 'lesion', id: null });
        });
        break;
      case 'press':
        attempt(() => {
          const { id } = one.press();
          if (showing) left();
          expected.set(id, confirmed);
        });
        break;
      case 'retake':
        attempt(() => {
          const { id } = one.retake();
          expected.set(id, confirmed);
        });
        break;
      case 'refused':
        one.classifier.willAssess(unfit('too-dark'));
        await one.end();
        break;
      case 'result':
        await one.end();
        break;
      case 'answer': {
        const session = one.runner.session();
        if (session.state === 'asking') one.runner.answer({ session: session.id, found: [] });
        await settle();
        break;
      }
      case 'never':
        await one.log.clock.advance(SETTINGS.sessionTimeoutMs);
        break;
      case 'save':
      case 'discard':
        if (
          attempt(() => {
            one.runner[act === 'save' ? 'accept' : 'discard']();
          }) === undefined
        )
          left();
        break;
      case 'dismiss':
        attempt(() => {
          one.runner.dismiss();
        });
        break;
      case 'idle':
        one.runner.leave();
        await settle();
        if (
          attempt(() => {
            one.context.clear('idle');
          }) === undefined
        )
          [confirmed, last] = [undefined, undefined];
    }
    expect(one.context.current()?.reference).toBe(confirmed);
  }
  await one.end();
  await one.log.clock.advance(SETTINGS.sessionTimeoutMs);
  for (const [id, reference] of expected) {
    const stored = one.log.store.get(id);
    if (stored !== undefined) expect(stored.context?.reference).toBe(reference);
  }
  expect(one.log.store.verify()).toMatchObject({ intact: true });
}

describe('a session', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await TestServer.start({ store: kiosk.log.store, context: kiosk.context });
  });

  afterEach(() => server.server.stop());

  const session = (id: string): void => {
    kiosk.log.store.openSession({ id, source: 'camera' });
    kiosk.log.store.closeSession(RECORDS.result(id));
  };
  const assign = async (id: string, body: object): Promise<AssignmentAnswer & Partial<ErrorBody>> => {
    const headers = { 'content-type': 'application/json' };
    const { text } = await server.ask(`/api/sessions/${id}/assignment`, {
      ...{ method: 'POST', headers, body: JSON.stringify(body) },
    });
    return JSON.parse(text) as AssignmentAnswer & Partial<ErrorBody>;
  };

  it('is given to a patient, then to one of their lesions, then to nobody', async () => {
    kiosk.context.change({ type: 'reference', reference: 'A-1001' });
    kiosk.context.change({ type: 'new-lesion', reference: 'A-1001', ...NAEVUS });
    kiosk.context.change({ type: 'clear' });
    session('x');
    const { lesions, session: first } = await assign('x', { reference: 'A-1001' });
    expect(first.context).toMatchObject({ reference: 'A-1001' });
    expect(lesions).toMatchObject([{ label: 'by the scar' }]);
    const second = await assign('x', { reference: 'A-1001', lesion: lesions[0]!.id });
    expect(second.session.context).toMatchObject({ lesion: { label: 'by the scar' } });
    const third = await assign('x', { reference: null });
    expect(third.session).not.toHaveProperty('context');
    expect(third.lesions).toEqual([]);
    expect((await assign('x', { reference: 'B-2002', lesion: lesions[0]!.id })).error?.code).toBe(
      'lesion/unknown',
    );
    expect((await assign('x', { reference: 'b' })).error?.code).toBe('reference/invalid');
    expect((await assign('y', { reference: 'B-2002' })).error?.code).toBe('session/unknown');
  });

  it('with its result on the screen makes its patient the current one; the next capture is asked about again', async () => {
    const id = await kiosk.capture();
    await assign(id, { reference: 'A-1001' });
    expect(kiosk.context.current()).toMatchObject({ reference: 'A-1001' });
    expect(kiosk.state()).toBe('showing');
    await kiosk.accept();
    expect(kiosk.context.last()).toMatchObject({ reference: 'A-1001' });
    expect(kiosk.storedFor(await kiosk.capture())).toBeUndefined();
  });

  it('counts among today’s without a patient until it is assigned, on a kiosk that has patients', async () => {
    const count = (): number | undefined =>
      unassignedToday({ store: kiosk.log.store, clock: kiosk.log.clock });
    session('x');
    session('y');
    expect(count()).toBeUndefined();
    await assign('x', { reference: 'A-1001' });
    expect(count()).toBe(1);
    await assign('y', { reference: 'A-1001' });
    expect(count()).toBe(0);
  });
});

describe('the reference of a patient', () => {
  const codeOfChange = (change: Parameters<CurrentPatient['change']>[0]): string => {
    try {
      kiosk.context.change(change);
      return 'ok';
    } catch (error) {
      return codeOf(error);
    }
  };

  it('is corrected, and keeps the sessions and the selected lesion', async () => {
    kiosk.context.change({ type: 'reference', reference: 'A-1001' });
    kiosk.context.change({ type: 'new-lesion', reference: 'A-1001', ...NAEVUS });
    const id = await kiosk.capture();
    kiosk.context.change({ type: 'correct', reference: 'A-1001', to: ' A-1010 ' });
    expect(kiosk.storedFor(id)).toBe('A-1010');
    expect(kiosk.context.current()).toMatchObject({ reference: 'A-1010', lesion: { label: 'by the scar' } });
  });

  it('is not corrected to that of somebody else, but both can be merged', async () => {
    kiosk.context.change({ type: 'reference', reference: 'B-2002' });
    kiosk.context.change({ type: 'reference', reference: 'A-1001' });
    const id = await kiosk.capture();
    await kiosk.accept();
    kiosk.context.change({ type: 'same' });
    const [reference, other] = ['A-1001', 'B-2002'];
    expect(codeOfChange({ type: 'correct', reference, to: other })).toBe('reference/taken');
    expect(codeOfChange({ type: 'correct', reference, to: 'b' })).toBe('reference/invalid');
    expect(codeOfChange({ type: 'correct', reference: other, to: 'C-3003' })).toBe('request/invalid');
    expect(codeOfChange({ type: 'merge', reference, into: 'C-3003' })).toBe('reference/unknown');
    expect(codeOfChange({ type: 'merge', reference, into: other })).toBe('ok');
    expect(kiosk.context.current()?.reference).toBe('B-2002');
    expect(kiosk.log.store.get(id)!.context?.reference).toBe('B-2002');
  });
});
