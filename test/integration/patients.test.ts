import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/lib/logger.ts';
import { CurrentPatient } from '../../src/patient/current-patient.ts';
import type { PatientPage, PatientView } from '../../src/protocol/patients.ts';
import { RECORDS } from '../contract/store-contract.ts';
import { RealLog } from '../support/real-log.ts';
import { TestServer } from '../fakes/server-parts.ts';

const DAY_MS = 86_400_000;
const SITE = { contraIndications: [] } as const;

describe('the patients', () => {
  let log: RealLog;
  let context: CurrentPatient;
  let kiosk: TestServer;

  beforeEach(async () => {
    log = await RealLog.open();
    context = new CurrentPatient({
      ...{ store: log.store, pattern: '[A-Za-z]-[0-9]+', contraIndicated: 'flag' },
      ...{ askNext: true, log: silentLogger },
      session: () => ({
        session: () => ({ state: 'ready' }),
        leave: () => undefined,
        onChange: () => () => undefined,
      }),
    });
    kiosk = await TestServer.start({ store: log.store, patients: log.store.patients, context });
  });

  afterEach(async () => {
    await kiosk.server.stop();
    await log.dispose();
  });

  const select = (reference: string): void => {
    context.change({ type: 'reference', reference });
  };
  const addLesion = (reference: string, site: 'chest-left' | 'nose', label: string): string => {
    context.change({ type: 'new-lesion', reference, site, label, ...SITE });
    return context.current()!.lesion!.id;
  };
  const addSession = (id: string, kind: keyof typeof RECORDS): void => {
    log.store.openSession({ id, source: 'camera', ...context.subject() });
    log.store.closeSession(RECORDS[kind](id));
  };
  const page = async (query = ''): Promise<PatientPage> => {
    const { status, text } = await kiosk.ask(`/api/patients${query}`);
    expect(status).toBe(200);
    return JSON.parse(text) as PatientPage;
  };
  const references = ({ patients }: PatientPage): string[] => patients.map(({ reference }) => reference);
  const one = async (reference: string): Promise<PatientView> => {
    const found = (await page(`?search=${reference}`)).patients[0]!;
    return JSON.parse((await kiosk.ask(`/api/patients/${found.id}`)).text) as PatientView;
  };

  it('are listed by their latest session, and those without one last, newest first', async () => {
    for (const reference of ['A-1', 'A-2', 'A-3', 'A-4']) select(reference);
    select('A-2');
    addSession('first', 'result');
    select('A-1');
    addSession('second', 'retake');
    const listed = await page();
    expect(references(listed)).toEqual(['A-1', 'A-2', 'A-4', 'A-3']);
    expect(listed.patients[1]).toMatchObject({
      ...{ lesions: 0, sessions: 1 },
      lastAt: new Date(log.clock.wall()).toISOString(),
    });
    expect(listed.patients[2]).not.toHaveProperty('lastAt');
  });

  it('are searched by a part of the reference in any case, in which no character is a wildcard', async () => {
    for (const reference of ['A-10', 'a-101', 'B-10']) select(reference);
    expect(references(await page('?search=A-1'))).toEqual(['a-101', 'A-10']);
    expect(references(await page('?search=%25'))).toEqual([]);
    expect(references(await page('?search=_'))).toEqual([]);
  });

  it('are found by an earlier reference, corrected or merged, which the row names', async () => {
    for (const reference of ['A-1', 'B-7', 'B-8']) select(reference);
    log.store.context.correct((await page('?search=B-8')).patients[0]!.id, 'C-8');
    log.store.context.merge((await page('?search=B-7')).patients[0]!.id, 'A-1');
    const found = await page('?search=b-');
    expect(found.patients.map(({ reference, formerly }) => [reference, formerly])).toEqual([
      ['C-8', 'B-8'],
      ['A-1', 'B-7'],
    ]);
    for (const patient of [...(await page('?search=A-1')).patients, ...(await page()).patients])
      expect(patient).not.toHaveProperty('formerly');
  });

  it('are still found by what they were called before the patient they were merged into was merged', async () => {
    for (const reference of ['A-1', 'A-2', 'B-7']) select(reference);
    log.store.context.merge((await page('?search=B-7')).patients[0]!.id, 'A-2');
    log.store.context.merge((await page('?search=A-2')).patients[0]!.id, 'A-1');
    expect((await page('?search=B-7')).patients).toMatchObject([{ reference: 'A-1', formerly: 'B-7' }]);
  });

  it('are read page by page', async () => {
    for (const reference of ['A-1', 'A-2', 'A-3']) select(reference);
    const first = await page('?limit=2');
    expect(references(first)).toEqual(['A-3', 'A-2']);
    const second = await page(`?limit=2&from=${first.next}`);
    expect(references(second)).toEqual(['A-1']);
    expect(second).not.toHaveProperty('next');
  });

  it('have lesions, each with its last result that was not discarded', async () => {
    select('A-1');
    const chest = addLesion('A-1', 'chest-left', '1');
    addSession('above', 'result');
    addSession('withheld', 'withheld');
    addSession('retake', 'retake');
    const nose = addLesion('A-1', 'nose', '2');
    addSession('kept', 'result');
    addSession('dropped', 'withheld');
    log.store.addDisposition('dropped', 'discarded');
    const { lesions } = await one('A-1');
    expect(lesions).toMatchObject([
      { lesion: { id: nose, site: 'nose' }, captures: 1, last: { mark: 'above' } },
      { lesion: { id: chest, site: 'chest-left' }, captures: 2, last: { mark: 'no-answer' } },
    ]);
  });

  it('have visits, one for each day with sessions, newest first', async () => {
    select('A-1');
    const chest = addLesion('A-1', 'chest-left', '1');
    addSession('first', 'result');
    addSession('second', 'retake');
    await log.clock.advance(2 * DAY_MS);
    addSession('third', 'withheld');
    select('B-1');
    addSession('other', 'result');
    const { visits } = await one('A-1');
    expect(visits.map(({ sessions }) => sessions.map(({ id }) => id))).toEqual([
      ['third'],
      ['second', 'first'],
    ]);
    expect(visits[1]!.sessions[1]).toMatchObject({ outcome: 'result', statement: 'above', lesion: chest });
  });

  it('are not selected by being read', async () => {
    select('A-1');
    select('A-2');
    await one('A-1');
    expect(context.current()?.reference).toBe('A-2');
  });

  it('answer 404 for an unknown patient, and for one who was merged into another', async () => {
    expect((await kiosk.ask('/api/patients/none')).status).toBe(404);
    select('A-1');
    select('A-2');
    const { id } = (await page('?search=A-1')).patients[0]!;
    log.store.context.merge(id, 'A-2');
    expect((await kiosk.ask(`/api/patients/${id}`)).status).toBe(404);
    expect(references(await page())).toEqual(['A-2']);
  });
});
