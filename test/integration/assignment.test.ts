import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { historyOf } from '../../src/follow-up/history.ts';
import type { SessionDetail } from '../../src/protocol/http.ts';
import type { PatientRecord } from '../../src/store/port.ts';
import { RECORDS } from '../contract/store-contract.ts';
import { TestServer } from '../fakes/server-parts.ts';
import { codeThrownBy } from '../support/code-thrown.ts';
import { RealLog } from '../support/real-log.ts';

const NAEVUS = { site: 'chest-left', label: 'by the scar', contraIndications: [] } as const;

let log: RealLog;

beforeEach(async () => {
  log = await RealLog.open();
});

afterEach(() => log.dispose());

function session(id: string, subject = {}, record = RECORDS.result(id)): void {
  log.store.openSession({ id, source: 'camera', ...subject });
  log.store.closeSession(record);
}

function patient(reference: string): PatientRecord {
  return log.store.context.patient(reference);
}

const whose = (id: string): SessionDetail['context'] => log.store.get(id)?.context;

const idsOf = (filter: object): string[] => log.store.list({ limit: 9, filter }).sessions.map(({ id }) => id);

describe('the patient of a session', () => {
  it('can be given afterwards, changed and removed, each time with whose it was before', () => {
    const [a, b] = [patient('A-1001'), patient('B-2002')];
    const lesion = log.store.context.addLesion(a.id, NAEVUS);
    session('s');
    log.store.context.assign('s', { patient: a.id, lesion: lesion.id });
    expect(whose('s')).toEqual({ patient: a.id, reference: 'A-1001', lesion });
    log.store.context.assign('s', { patient: b.id });
    expect(whose('s')).toEqual({ patient: b.id, reference: 'B-2002' });
    log.store.context.assign('s', {});
    expect(whose('s')).toBeUndefined();
    const rows = log.store.get('s')!.journal.filter(({ kind }) => kind === 'session-assigned');
    expect(rows.map(({ body }) => body)).toEqual([
      { patient: a.id, lesion: lesion.id, before: {} },
      { patient: b.id, before: { patient: a.id, lesion: lesion.id } },
      { before: { patient: b.id } },
    ]);
    expect(log.store.verify()).toMatchObject({ intact: true });
  });

  it('decides which lesion a capture is listed under', () => {
    const a = patient('A-1001');
    const lesion = log.store.context.addLesion(a.id, NAEVUS);
    session('s');
    expect(historyOf(log.store, lesion.id, () => false).captures).toEqual([]);
    log.store.context.assign('s', { patient: a.id, lesion: lesion.id });
    expect(historyOf(log.store, lesion.id, () => false).captures).toMatchObject([{ id: 's' }]);
    expect(idsOf({ reference: 'A-1001' })).toEqual(['s']);
  });

  it('is never mixed with a lesion of another patient', () => {
    const [a, b] = [patient('A-1001'), patient('B-2002')];
    const lesion = log.store.context.addLesion(a.id, NAEVUS).id;
    session('s');
    for (const subject of [{ patient: b.id, lesion }, { lesion }])
      expect(
        codeThrownBy(() => {
          log.store.context.assign('s', subject);
        }),
      ).toBe('lesion/unknown');
    expect(
      codeThrownBy(() => {
        log.store.context.assign('none', { patient: a.id });
      }),
    ).toBe('session/unknown');
    expect(whose('s')).toBeUndefined();
  });

  it('is missing for every result that was not discarded and has none, and for nothing else', () => {
    const { id } = patient('A-1001');
    session('known', { patient: id });
    session('unassigned');
    session('withheld', {}, RECORDS.withheld('withheld'));
    session('blurred', {}, RECORDS.retake('blurred'));
    session('discarded');
    log.store.addDisposition('discarded', 'discarded');
    expect(idsOf({ patient: 'none' })).toEqual(['withheld', 'unassigned']);
    expect(idsOf({ patient: 'some' })).toEqual(['known']);
    log.store.context.assign('unassigned', { patient: id });
    expect(idsOf({ patient: 'none' })).toEqual(['withheld']);
  });
});

describe('a mistyped reference', () => {
  it('can be corrected: patient, lesions and sessions are the same, and it is listed as an earlier one', () => {
    const { id } = patient('A-1010');
    const lesion = log.store.context.addLesion(id, NAEVUS);
    session('s', { patient: id, lesion: lesion.id });
    const corrected = log.store.context.correct(id, 'A-1001');
    expect(corrected).toMatchObject({ id, reference: 'A-1001', lesions: [lesion] });
    expect(corrected.earlier).toMatchObject([{ reference: 'A-1010', because: 'corrected' }]);
    expect(whose('s')).toEqual({ patient: id, reference: 'A-1001', lesion });
    expect(patient('A-1010').id).not.toBe(id);
    expect(log.store.verify()).toMatchObject({ intact: true });
  });

  it('cannot be corrected to that of another patient, which must be merged', () => {
    const [a] = [patient('A-1010'), patient('A-1001')];
    expect(codeThrownBy(() => log.store.context.correct(a.id, 'A-1001'))).toBe('reference/taken');
    expect(patient('A-1010')).toMatchObject({ id: a.id, earlier: [] });
  });
});

describe('two patients that are one person', () => {
  it('can be merged: lesions and sessions move, the sessions opened later included', () => {
    const [wrong, right] = [patient('A-1010'), patient('A-1001')];
    const lesion = log.store.context.addLesion(wrong.id, NAEVUS);
    session('s', { patient: wrong.id, lesion: lesion.id });
    session('t');
    log.store.context.assign('t', { patient: wrong.id });
    const merged = log.store.context.merge(wrong.id, 'A-1001');
    expect(merged).toMatchObject({ id: right.id, reference: 'A-1001', lesions: [lesion] });
    expect(merged.earlier).toMatchObject([{ reference: 'A-1010', because: 'merged' }]);
    expect(whose('s')).toEqual({ patient: right.id, reference: 'A-1001', lesion });
    session('u', { patient: right.id, lesion: lesion.id });
    expect(idsOf({ reference: 'A-1001' })).toEqual(['u', 't', 's']);
    expect(log.store.verify()).toMatchObject({ intact: true });
  });

  it('leave the merged reference free: somebody who really has it is a new patient', () => {
    const wrong = patient('A-1010');
    patient('A-1001');
    log.store.context.merge(wrong.id, 'A-1001');
    expect(patient('A-1010')).toMatchObject({ lesions: [], earlier: [] });
    expect(patient('A-1010').id).not.toBe(wrong.id);
  });

  it('cannot be merged with a reference that nobody has, or with themselves', () => {
    const { id } = patient('A-1001');
    for (const into of ['B-2002', 'A-1001'])
      expect(codeThrownBy(() => log.store.context.merge(id, into))).toBe('reference/unknown');
  });
});

describe('`GET /api/sessions`', () => {
  it('filters by whether there is a patient', async () => {
    session('unassigned');
    session('known', { patient: patient('A-1001').id });
    const kiosk = await TestServer.start({ store: log.store });
    const { text } = await kiosk.ask('/api/sessions?patient=none');
    await kiosk.server.stop();
    expect(text).toContain('"id":"unassigned"');
    expect(text).not.toContain('"id":"known"');
  });
});
