import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReviewEntry } from '../../src/protocol/assessments.ts';
import { KioskError } from '../../src/lib/errors.ts';
import type { LesionValues, QualityValues } from '../../src/protocol/outcome.ts';
import type { RetakeReason } from '../../src/protocol/reasons.ts';
import type { SessionRecord, SessionStore } from '../../src/store/port.ts';

const QUALITY = {
  width: 640,
  height: 480,
  brightness: 0.51,
  contrast: 0.2,
  darkShare: 0,
  brightShare: 0.01,
  focus: 0.8,
};
const MODEL = { name: 'example', version: '1.2.3', sha256: 'c'.repeat(64), engine: 'fake' };
const PROBABILITIES = { akiec: 0.1, bcc: 0.1, bkl: 0.1, df: 0.1, mel: 0.3, nv: 0.2, vasc: 0.1 };
const ASSESSED = { model: MODEL, pictureSha256: 'd'.repeat(64), quality: QUALITY };
const LESION = { evidence: 0.97, share: 0.12, distance: 1210.5 };
const HINTS = { asymmetry: 0.21, borderIrregularity: 1.4, colours: 3, share: 0.12, diameterMm: 6.5 };
const OBSTRUCTED = { ...LESION, hair: 0.0125, glare: 0.0071, ink: 0.0003, cut: 0.25, lesionFocus: 0.5127 };
const BLURRED = { ...QUALITY, focus: 0.0413, detail: 0.1127 };
const timings = { capture: 12.5, total: 40.25 };

/** One record of every outcome. */
export const RECORDS: Readonly<Record<SessionRecord['outcome'], (id: string) => SessionRecord>> = {
  result: (id) => ({
    ...{ id, outcome: 'result', malignancy: 0.5, threshold: 0.2, statement: 'above' },
    ...{ probabilities: PROBABILITIES, ...ASSESSED, lesion: LESION, hints: HINTS, timings },
  }),
  withheld: (id) => ({
    id,
    outcome: 'withheld',
    reason: 'not-a-lesion',
    ...ASSESSED,
    lesion: LESION,
    timings,
  }),
  retake: (id) => ({ id, outcome: 'retake', reason: 'too-blurred', quality: QUALITY, timings }),
  fault: (id) => ({ id, outcome: 'fault', reason: 'inference/died', timings }),
  aborted: (id) => ({ id, outcome: 'aborted', timings: {} }),
};

/** The measured values for each kind of retake, by its reason. */
const RETAKES: Partial<Record<RetakeReason, { quality: QualityValues; lesion?: LesionValues }>> = {
  'too-blurred': { quality: { ...BLURRED, motion: 0 } },
  moved: { quality: { ...BLURRED, motion: 5 / 75 } },
  hair: { quality: QUALITY, lesion: { ...OBSTRUCTED, hair: 0.1034 } },
  glare: { quality: QUALITY, lesion: { ...OBSTRUCTED, glare: 0.0312 } },
  ink: { quality: QUALITY, lesion: { ...OBSTRUCTED, ink: 1 / 3 } },
  'lesion-cut': { quality: QUALITY, lesion: { ...OBSTRUCTED, cut: 0.8125 } },
  'lesion-blurred': { quality: QUALITY, lesion: { ...OBSTRUCTED, lesionFocus: 0.1406 } },
  'lesion-small': { quality: QUALITY, lesion: { ...OBSTRUCTED, share: 0.0156 } },
};

export interface OpenedStore {
  readonly store: SessionStore;
  readonly dispose: () => Promise<void>;
}

/** The contract of every session store. */
export function storeContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name} as a session store`, () => {
    let opened: OpenedStore;
    let store: SessionStore;

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });

    afterEach(() => opened.dispose());

    function closed(id: string, record = RECORDS.result(id)): void {
      store.openSession({ id, source: 'camera' });
      store.closeSession(record);
    }

    function rows(): number {
      return store.verify().rows;
    }

    it('numbers the sessions from 1', () => {
      const numbers = ['a', 'b', 'c'].map((id) => store.openSession({ id, source: 'camera' }).number);
      expect(numbers).toEqual([1, 2, 3]);
    });

    it('lists a session only once it is closed', () => {
      store.openSession({ id: 'a', source: 'camera' });
      expect(store.list({ limit: 10 })).toEqual({ sessions: [] });
      expect(store.get('a')).toBeUndefined();
      store.closeSession(RECORDS.fault('a'));
      expect(store.list({ limit: 10 }).sessions.map(({ id }) => id)).toEqual(['a']);
    });

    it.each(Object.entries(RECORDS))('returns a session of outcome %s as recorded', (_, recordOf) => {
      store.openSession({ id: 'a', source: 'upload' });
      store.closeSession(recordOf('a'));
      const { journal, openedAt, assessments, ...detail } = store.get('a')!;
      expect(assessments).toEqual([]);
      expect(detail).toEqual({ ...recordOf('a'), number: 1, source: 'upload', disposition: 'unreviewed' });
      expect(new Date(openedAt).toISOString()).toBe(openedAt);
      expect(journal.map(({ kind }) => kind)).toEqual(['session-opened', 'session-closed']);
    });

    it.each(Object.entries(RETAKES))('returns the measured values of a retake for %s', (reason, measured) => {
      const record = { id: 'a', outcome: 'retake', reason, timings, ...measured } as SessionRecord;
      closed('a', record);
      expect(store.get('a')).toMatchObject({ ...measured, outcome: 'retake', reason });
      expect(store.get('a')!.lesion).toEqual('lesion' in measured ? measured.lesion : undefined);
      expect(store.list({ limit: 1 }).sessions[0]).toMatchObject({ outcome: 'retake', reason });
      expect(store.get('a')!.journal[1]!.body).toMatchObject({ outcome: 'retake', reason });
      expect(store.verify()).toMatchObject({ intact: true });
    });

    it('stores every bit of a probability', () => {
      const id = (n: number): string => `s${n}`;
      let n = 0;
      fc.assert(
        fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (malignancy) => {
          n += 1;
          const probabilities = { ...PROBABILITIES, mel: malignancy };
          closed(id(n), { ...RECORDS.result(id(n)), malignancy, probabilities } as SessionRecord);
          expect(store.get(id(n))).toMatchObject({ malignancy, probabilities });
        }),
        { numRuns: 40 },
      );
      expect(store.verify()).toMatchObject({ intact: true });
    });

    it('stores no score of a withheld result, in the session or in the journal', () => {
      const scored = { ...RECORDS.result('a'), outcome: 'withheld', reason: 'unsure' } as SessionRecord;
      closed('a', scored);
      const detail = store.get('a')!;
      expect(detail).not.toHaveProperty('malignancy');
      expect(detail).not.toHaveProperty('probabilities');
      expect(JSON.stringify(detail.journal)).not.toMatch(/probabilities|malignancy|threshold/);
    });

    it('stores what was asked with a capture, and an answer of none apart from no answer', () => {
      const asked = ['ulceration', 'bleeding'] as const;
      closed('a', { ...RECORDS.result('a'), contra: { asked, found: [] } } as SessionRecord);
      closed('b', { ...RECORDS.withheld('b'), contra: { asked, found: null } } as SessionRecord);
      closed('c', RECORDS.result('c'));
      expect(store.get('a')!.contra).toEqual({ asked, found: [] });
      expect(store.get('b')!.contra).toEqual({ asked, found: null });
      expect(store.get('c')).not.toHaveProperty('contra');
      expect(store.verify()).toMatchObject({ intact: true });
    });

    it('stores the opinion from before a result, and counts it with the verdict after it', () => {
      const at = '2026-11-26T09:00:00.000Z';
      const given = { opinion: 'benign', at, operator: 'op-1' } as const;
      closed('a', { ...RECORDS.result('a'), opinionBefore: given } as SessionRecord);
      closed('b', { ...RECORDS.withheld('b'), opinionBefore: { opinion: null, at } } as SessionRecord);
      closed('c', RECORDS.result('c'));
      store.addReview('a', { kind: 'clinician', value: 'agree', opinion: 'mel' });
      expect(store.get('a')!.opinionBefore).toEqual(given);
      expect(store.get('a')!.journal[1]!.body).toMatchObject({ opinionBefore: given });
      expect(store.get('b')!.opinionBefore).toEqual({ opinion: null, at });
      expect(store.get('c')).not.toHaveProperty('opinionBefore');
      const counts = store.counter({})(0, Number.MAX_SAFE_INTEGER);
      expect(counts).toContainEqual({
        ...{ outcome: 'result', statement: 'above', clinician: 'agree', opinion: 'mel', histology: null },
        ...{ opinionBefore: 'benign', sessions: 1 },
      });
      expect(counts.map(({ opinionBefore }) => opinionBefore).sort()).toEqual(['benign', 'none', null]);
      expect(store.verify()).toMatchObject({ intact: true });
    });

    it('stores a session of a model without lesion values and ABCD features', () => {
      const { lesion, hints, ...bare } = RECORDS.result('a') as Extract<SessionRecord, { outcome: 'result' }>;
      closed('a', bare);
      expect([lesion, hints]).toEqual([LESION, HINTS]);
      expect(store.get('a')).not.toHaveProperty('lesion');
      expect(store.get('a')).not.toHaveProperty('hints');
      expect(store.verify()).toMatchObject({ intact: true });
    });

    it('has the same values in the hashed journal as in the session', () => {
      closed('a');
      const closing = store.get('a')!.journal[1]!.body;
      const { malignancy, threshold, probabilities } = store.get('a')!;
      expect(closing).toMatchObject({ malignancy, threshold, probabilities });
    });

    it('returns the latest disposition and stores all of them', () => {
      closed('a');
      store.addDisposition('a', 'accepted');
      expect(store.get('a')?.disposition).toBe('accepted');
      store.addDisposition('a', 'discarded');
      const { disposition, journal } = store.get('a')!;
      expect(disposition).toBe('discarded');
      expect(journal.slice(2).map(({ body }) => body)).toEqual([
        { disposition: 'accepted' },
        { disposition: 'discarded' },
      ]);
      expect(store.list({ limit: 1 }).sessions[0]?.disposition).toBe('discarded');
    });

    it('stores every edit of a review, of which the latest of each kind applies', () => {
      closed('a');
      const edits: ReviewEntry[] = [
        { kind: 'clinician', value: 'unsure' },
        { kind: 'histology', value: 'inconclusive' },
        { kind: 'clinician', value: 'disagree', opinion: 'mel' },
        { kind: 'histology', value: 'nv' },
      ];
      for (const edit of edits) store.addReview('a', edit);
      const { assessments, journal, ...detail } = store.get('a')!;
      expect(detail).toMatchObject({ clinician: 'disagree', opinion: 'mel', histology: 'nv' });
      expect(assessments).toMatchObject(edits);
      const rows = journal.filter(({ kind }) => kind === 'assessment');
      expect(rows.map(({ body }) => body)).toEqual(edits);
      expect(rows.map(({ sequence, at }) => ({ sequence, at }))).toEqual(
        assessments.map(({ sequence, at }) => ({ sequence, at })),
      );
      expect(store.list({ limit: 1 }).sessions[0]).toMatchObject({ clinician: 'disagree', histology: 'nv' });
      expect(store.verify()).toMatchObject({ intact: true });
    });

    it('removes an opinion with its verdict, and leaves the other kind unchanged', () => {
      closed('a');
      store.addReview('a', { kind: 'clinician', value: 'agree', opinion: 'malignant' });
      store.addReview('a', { kind: 'histology', value: 'malignant-other' });
      store.addReview('a', { kind: 'clinician', value: null });
      const detail = store.get('a')!;
      expect(detail).not.toHaveProperty('clinician');
      expect(detail).not.toHaveProperty('opinion');
      expect(detail).toMatchObject({ histology: 'malignant-other' });
      expect(detail.assessments).toHaveLength(3);
      expect(store.verify()).toMatchObject({ intact: true });
    });

    it('removes an opinion if a later verdict has none', () => {
      closed('a');
      store.addReview('a', { kind: 'clinician', value: 'disagree', opinion: 'bcc' });
      store.addReview('a', { kind: 'clinician', value: 'agree' });
      expect(store.get('a')).not.toHaveProperty('opinion');
    });

    it.each(Object.entries(RECORDS))(
      'accepts a review of outcome %s only for a result or a withheld one',
      (outcome, of) => {
        closed('a', of('a'));
        const before = rows();
        const assess = (): void => {
          store.addReview('a', { kind: 'histology', value: 'nv' });
        };
        const assessable = outcome === 'result' || outcome === 'withheld';
        expect(thrownBy(assess)).toBe(assessable ? 'nothing was thrown' : 'session/not-assessable');
        expect(rows()).toBe(before + (assessable ? 1 : 0));
      },
    );

    it('rejects a review of a session that is unknown or not closed', () => {
      store.openSession({ id: 'a', source: 'camera' });
      const assess = (id: string): string =>
        thrownBy(() => {
          store.addReview(id, { kind: 'clinician', value: null });
        });
      expect(['a', 'nobody'].map(assess)).toEqual(['session/unknown', 'session/unknown']);
    });

    it('pages from the newest to the oldest, and reports the last page', () => {
      for (const id of ['a', 'b', 'c', 'd', 'e']) closed(id);
      const first = store.list({ limit: 2 });
      const second = store.list({ limit: 2, before: first.next! });
      const third = store.list({ limit: 2, before: second.next! });
      const ids = [first, second, third].map(({ sessions }) => sessions.map(({ id }) => id));
      expect(ids).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
      expect(third).not.toHaveProperty('next');
      expect(store.list({ limit: 5 })).not.toHaveProperty('next');
    });

    it('returns at least one and at most two hundred sessions per page', () => {
      for (let n = 0; n < 202; n += 1) closed(`s${n}`, RECORDS.aborted(`s${n}`));
      expect(store.list({ limit: 1000 }).sessions).toHaveLength(200);
      expect(store.list({ limit: 0 }).sessions).toHaveLength(1);
    });

    const rejected: Record<string, () => void> = {
      'opening a session twice': () => store.openSession({ id: 'a', source: 'camera' }),
      'closing a session twice': () => {
        store.closeSession(RECORDS.aborted('a'));
      },
      'closing a session that was never opened': () => {
        store.closeSession(RECORDS.aborted('nobody'));
      },
      'a disposition of an unknown session': () => {
        store.addDisposition('nobody', 'accepted');
      },
    };

    it.each(Object.entries(rejected))('rejects %s and writes nothing', (_, act) => {
      closed('a');
      const before = store.verify();
      expect(thrownBy(act)).toBe('store/failed');
      expect(store.verify()).toEqual(before);
      expect(store.get('a')).toMatchObject({ outcome: 'result', disposition: 'unreviewed' });
    });

    it('continues numbering without a gap after a rejection', () => {
      closed('a');
      thrownBy(() => store.openSession({ id: 'a', source: 'camera' }));
      expect(store.openSession({ id: 'b', source: 'camera' }).number).toBe(2);
    });

    it('appends one row to the chain for every write, each with a new head', () => {
      const heads = new Set<string>();
      const before = rows();
      const writes = [
        () => store.openSession({ id: 'a', source: 'camera' }),
        () => {
          store.closeSession(RECORDS.result('a'));
        },
        () => {
          store.addDisposition('a', 'accepted');
        },
        () => {
          store.addReview('a', { kind: 'histology', value: 'bcc' });
        },
        () => {
          store.append({ kind: 'button-gone', body: { driver: 'gpiod' } });
        },
      ];
      for (const write of writes) {
        write();
        const found = store.verify();
        heads.add(found.intact ? found.head : 'broken');
      }
      expect(rows()).toBe(before + writes.length);
      expect(heads.size).toBe(writes.length);
      expect(heads).not.toContain('broken');
    });

    it('can check that a row could be written, without leaving one', () => {
      const before = store.verify();
      store.probe();
      expect(store.verify()).toEqual(before);
    });
  });
}

export function thrownBy(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof KioskError ? error.code : 'not a KioskError';
  }
  return 'nothing was thrown';
}
