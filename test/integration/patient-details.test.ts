import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/lib/logger.ts';
import { CurrentPatient } from '../../src/patient/current-patient.ts';
import { questionsOf } from '../../src/patient/questions.ts';
import { ASKED_CONTRAINDICATIONS } from '../../src/protocol/context.ts';
import type { PatientView } from '../../src/protocol/patients.ts';
import { exportOf } from '../../src/reports/sessions/export.ts';
import { RECORDS } from '../contract/store-contract.ts';
import { TestServer } from '../fakes/server-parts.ts';
import { RealLog } from '../support/real-log.ts';

let log: RealLog;
let context: CurrentPatient;
let kiosk: TestServer;

const contextOf = (contraIndicated: 'flag' | 'refuse'): CurrentPatient =>
  new CurrentPatient({
    ...{ store: log.store, pattern: '[A-Z]-[0-9]+', contraIndicated, askNext: true, log: silentLogger },
    session: () => ({
      session: () => ({ state: 'ready' }),
      leave: () => undefined,
      onChange: () => () => undefined,
    }),
  });

beforeEach(async () => {
  log = await RealLog.open();
  context = contextOf('flag');
  kiosk = await TestServer.start({ store: log.store, patients: log.store.patients, context });
});

afterEach(async () => {
  await kiosk.server.stop();
  await log.dispose();
});

/** Selects a patient; returns the id. */
function select(reference: string): string {
  context.change({ type: 'reference', reference });
  return log.store.context.find(reference)!.id;
}

async function patch(id: string, body: object): Promise<{ status: number; patient: PatientView }> {
  const { status, text } = await kiosk.ask(`/api/patients/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status, patient: JSON.parse(text) as PatientView };
}

function query(sql: string): unknown[] {
  const database = new Database(join(log.dir, 'kiosk.sqlite'));
  try {
    return database.prepare(sql).pluck().all();
  } finally {
    database.close();
  }
}

describe('the phototype and the year of birth of a patient', () => {
  it('are unknown until somebody records them, and can be withdrawn', async () => {
    const id = select('A-1');
    expect((await kiosk.ask(`/api/patients/${id}`)).text).not.toMatch(/phototype|birthYear/);
    expect((await patch(id, { phototype: 3, birthYear: 1961 })).patient).toMatchObject({
      ...{ phototype: 3, birthYear: 1961 },
    });
    const { patient } = await patch(id, { phototype: null });
    expect(patient).toMatchObject({ birthYear: 1961 });
    expect(patient).not.toHaveProperty('phototype');
    expect(log.store.verify()).toMatchObject({ intact: true });
  });

  it('are I to VI, and a year from 1900 to the present one', async () => {
    const id = select('A-1');
    for (const body of [{ phototype: 0 }, { phototype: 7 }, { birthYear: 1899 }, { birthYear: 19.5 }, {}])
      expect((await patch(id, body)).status).toBe(400);
    const year = new Date(kiosk.clock.wall()).getFullYear();
    expect((await patch(id, { birthYear: year + 1 })).status).toBe(400);
    expect((await patch(id, { birthYear: year })).status).toBe(200);
    expect((await patch('none', { phototype: 1 })).status).toBe(404);
  });

  it('are journalled as changed, without their values, which can be erased', async () => {
    const id = select('A-1');
    await patch(id, { phototype: 3, birthYear: 1961 });
    await patch(id, { phototype: 3, birthYear: 1962 });
    const rows = query("SELECT body FROM journal WHERE kind = 'patient-described'") as string[];
    expect(rows.map((body) => JSON.parse(body) as object)).toEqual([
      { patient: id, phototype: true, birthYear: true },
      { patient: id, birthYear: true },
    ]);
    const database = new Database(join(log.dir, 'kiosk.sqlite'));
    database.exec('UPDATE patients SET reference = NULL, phototype = NULL, birth_year = NULL');
    database.close();
    expect(log.store.verify()).toMatchObject({ intact: true });
  });

  it('move with a merge as far as only the merged patient has them, and leave nothing behind', async () => {
    const [wrong, right] = [select('A-2'), select('A-1')];
    await patch(wrong, { phototype: 2, birthYear: 1950 });
    await patch(right, { birthYear: 1951 });
    log.store.context.merge(wrong, 'A-1');
    expect(log.store.patients.one(right)).toMatchObject({ phototype: 2, birthYear: 1951 });
    expect(query(`SELECT phototype FROM patients WHERE id = '${wrong}'`)).toEqual([null]);
    expect(query(`SELECT birth_year FROM patients WHERE id = '${wrong}'`)).toEqual([null]);
  });

  it('are exported with the sessions of the patient, and with no other', async () => {
    await patch(select('A-1'), { phototype: 2, birthYear: 1950 });
    log.store.openSession({ id: 's', source: 'camera', ...context.subject() });
    log.store.closeSession(RECORDS.result('s'));
    log.store.openSession({ id: 'anonymous', source: 'camera' });
    log.store.closeSession(RECORDS.result('anonymous'));
    let csv = '';
    for await (const part of exportOf(log.store, {}, { format: 'csv', references: false })) csv += part;
    const [names, anonymous, own] = csv
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(','));
    const at = names!.indexOf('phototype');
    expect(names!.slice(at, at + 2)).toEqual(['phototype', 'birth_year']);
    expect(own!.slice(at, at + 2)).toEqual(['2', '1950']);
    expect(anonymous!.slice(at, at + 2)).toEqual(['', '']);
  });
});

describe('a known phototype', () => {
  const asked = (): readonly string[] => questionsOf({ source: 'camera' }, context.current(), 'on');

  it('is not asked about again', async () => {
    const id = select('A-1');
    expect(asked()).toEqual(ASKED_CONTRAINDICATIONS);
    await patch(id, { phototype: 2 });
    expect(asked()).toEqual(ASKED_CONTRAINDICATIONS.filter((one) => one !== 'dark-skin'));
    await patch(id, { phototype: null });
    expect(asked()).toEqual(ASKED_CONTRAINDICATIONS);
  });

  it('of V or VI is a contraindication of every capture, and of a lesion that is added', async () => {
    const id = select('A-1');
    await patch(id, { phototype: 4 });
    expect(context.current()).not.toHaveProperty('contraIndicated');
    await patch(id, { phototype: 5 });
    expect(context.current()).toMatchObject({ phototype: 5, contraIndicated: 'flag' });
    context.change({ type: 'new-lesion', reference: 'A-1', site: 'nose', label: '1', contraIndications: [] });
    expect(context.current()).toMatchObject({ lesion: { contraIndications: ['dark-skin'] } });
    const refusing = contextOf('refuse');
    refusing.change({ type: 'reference', reference: 'A-1' });
    expect(() => refusing.subject()).toThrow(/contraindicated/);
  });
});
