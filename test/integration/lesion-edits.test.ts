import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '../../src/lib/errors.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { CurrentPatient } from '../../src/patient/current-patient.ts';
import { BODY_SITES } from '../../src/protocol/body-sites.ts';
import { CLOSING_REASONS } from '../../src/protocol/context.ts';
import type { ErrorBody } from '../../src/protocol/http.ts';
import type { LesionEdit, LesionRecord } from '../../src/protocol/lesion.ts';
import type { SessionView } from '../../src/protocol/view.ts';
import { RECORDS } from '../contract/store-contract.ts';
import { TestServer } from '../fakes/server-parts.ts';
import { codeThrownBy } from '../support/code-thrown.ts';
import { RealLog } from '../support/real-log.ts';

const DAY_MS = 86_400_000;
const NAEVUS = { site: 'chest-left', label: '1', contraIndications: [] } as const;

let log: RealLog;
let context: CurrentPatient;
let kiosk: TestServer;
let state: SessionView;

beforeEach(async () => {
  state = { state: 'ready' };
  log = await RealLog.open();
  context = new CurrentPatient({
    ...{ store: log.store, pattern: '[A-Z]-[0-9]+', contraIndicated: 'flag', askNext: true },
    log: silentLogger,
    session: () => ({ session: () => state, leave: () => undefined, onChange: () => () => undefined }),
  });
  kiosk = await TestServer.start({ store: log.store, patients: log.store.patients, context });
});

afterEach(async () => {
  await kiosk.server.stop();
  await log.dispose();
});

/** A lesion of the patient `A-1`, who is selected. */
function lesion(label = '1'): string {
  if (context.current() === undefined) context.change({ type: 'reference', reference: 'A-1' });
  context.change({ type: 'new-lesion', reference: 'A-1', ...NAEVUS, label });
  return context.current()!.lesion!.id;
}

function session(id: string): void {
  log.store.openSession({ id, source: 'camera', ...context.subject() });
  log.store.closeSession(RECORDS.result(id));
}

async function patch(id: string, edit: LesionEdit): Promise<LesionRecord & ErrorBody> {
  const { text } = await kiosk.ask(`/api/lesions/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(edit),
  });
  return JSON.parse(text) as LesionRecord & ErrorBody;
}

describe('a lesion', () => {
  it('can be renamed, moved, closed and reopened, with its history, newest first', async () => {
    const id = lesion();
    expect((await patch(id, { label: ' by the scar ' })).lesion).toMatchObject({ label: 'by the scar' });
    await patch(id, { site: 'chest-right' });
    expect((await patch(id, { closed: 'excised' })).lesion).toMatchObject({ closed: 'excised' });
    const { lesion: now, history } = await patch(id, { closed: null });
    expect(now).toEqual({ id, ...NAEVUS, label: 'by the scar', site: 'chest-right' });
    expect(history).toEqual([
      { kind: 'reopened', at: expect.any(String) as string },
      { kind: 'closed', at: expect.any(String) as string, reason: 'excised' },
      { kind: 'moved', at: expect.any(String) as string, site: 'chest-left' },
      { kind: 'renamed', at: expect.any(String) as string, label: '1' },
    ]);
    expect(JSON.parse((await kiosk.ask(`/api/lesions/${id}`)).text)).toEqual({ lesion: now, history });
    expect(log.store.verify()).toMatchObject({ intact: true });
  });

  it('leaves no trace of an edit that changes nothing', async () => {
    const id = lesion();
    const { history } = await patch(id, { label: '1', site: 'chest-left', closed: null });
    expect(history).toEqual([]);
  });

  it('that is closed must be reopened before it is changed, which one request can do', async () => {
    const id = lesion();
    await patch(id, { closed: 'resolved' });
    for (const edit of [{ label: '2' }, { site: 'nose' }, { closed: 'other' }] as const)
      expect((await patch(id, edit)).error.code).toBe('lesion/closed');
    expect((await patch(id, { closed: null, label: '2' })).lesion).toMatchObject({ label: '2' });
  });

  it('is refused without a label, and where there is none', async () => {
    expect((await patch(lesion(), { label: '   ' })).error.code).toBe('request/invalid');
    expect((await patch('none', { label: '2' })).error.code).toBe('lesion/unknown');
    expect((await kiosk.ask('/api/lesions/none')).status).toBe(404);
  });

  it('names who has edited it', () => {
    const { id: operator } = log.store.operators.add(
      { name: 'CK', active: true, settings: false },
      'technician',
    );
    const record = log.store.context.editLesion(lesion(), { label: '2' }, operator);
    expect(record.history).toMatchObject([{ kind: 'renamed', operator }]);
    expect(record.operators).toEqual({ [operator]: 'CK' });
    expect(log.store.verify()).toMatchObject({ intact: true });
  });
});

describe('the selected lesion', () => {
  it('has its new name and site at once', async () => {
    const id = lesion();
    await patch(id, { label: '2', site: 'nose' });
    expect(context.current()).toMatchObject({ lesion: { label: '2' }, lesions: [{ site: 'nose' }] });
  });

  it('is not selected any more once it is closed, and is not offered by a scan', async () => {
    const id = lesion();
    await patch(id, { closed: 'excised' });
    expect(context.current()).toMatchObject({ reference: 'A-1', lesions: [{ id, closed: 'excised' }] });
    expect(context.current()).not.toHaveProperty('lesion');
    expect(context.subject()).not.toHaveProperty('lesion');
    context.change({ type: 'scan', reference: 'A-1' });
    expect(context.current()).not.toHaveProperty('lesion');
    expect(
      codeThrownBy(() => {
        context.change({ type: 'lesion', id });
      }),
    ).toBe('lesion/closed');
    await patch(id, { closed: null });
    context.change({ type: 'lesion', id });
    expect(context.subject()).toMatchObject({ lesion: id });
  });

  it('is the one open lesion after a scan, whatever is closed', async () => {
    const first = lesion();
    const second = lesion('2');
    await patch(first, { closed: 'duplicate' });
    context.change({ type: 'scan', reference: 'A-1' });
    expect(context.current()).toMatchObject({ lesion: { id: second } });
  });

  it('cannot be closed while it is being captured', async () => {
    const id = lesion();
    state = { state: 'classifying', id: 's', source: 'camera' };
    expect((await patch(id, { closed: 'excised' })).error.code).toBe('session/busy');
    expect(context.current()).toMatchObject({ lesion: { id } });
  });
});

describe('the lesions due for follow-up', () => {
  it('are the open ones', async () => {
    const id = lesion();
    session('s');
    await log.clock.advance(2 * DAY_MS);
    const due = (): string[] =>
      log.store
        .list({ limit: 9, filter: { worklist: 'due', dueBefore: log.clock.wall() - DAY_MS } })
        .sessions.map((one) => one.id);
    expect(due()).toEqual(['s']);
    await patch(id, { closed: 'excised' });
    expect(due()).toEqual([]);
    await patch(id, { closed: null });
    expect(due()).toEqual(['s']);
  });
});

describe('the database', () => {
  const direct = (sql: string): (() => void) => {
    const database = new Database(join(log.dir, 'kiosk.sqlite'));
    return () => {
      try {
        database.exec(sql);
      } finally {
        database.close();
      }
    };
  };

  it('rejects a change of a lesion without its history, and keeps the history', async () => {
    const id = lesion();
    for (const change of ["label = 'x'", "site = 'nose'", "closed = 'other'"])
      expect(direct(`UPDATE lesions SET ${change}`)).toThrow(/never changed/);
    await patch(id, { label: '2' });
    expect(direct("UPDATE lesions SET label = '3'")).toThrow(/never changed/);
    expect(direct("UPDATE lesion_edits SET label = '3'")).toThrow(/never changed/);
    expect(direct('DELETE FROM lesion_edits')).toThrow(/never deleted/);
  });

  it('erases the labels of the history as those of the lesions: the chain stays intact', async () => {
    const id = lesion();
    await patch(id, { label: 'by the scar' });
    await patch(id, { label: 'below' });
    direct('UPDATE lesion_edits SET label = NULL; UPDATE lesions SET label = NULL')();
    const { text } = await kiosk.ask(`/api/lesions/${id}`);
    expect(text).not.toMatch(/scar|below/);
    expect(log.store.verify()).toMatchObject({ intact: true });
    const database = new Database(join(log.dir, 'kiosk.sqlite'), { readonly: true });
    const rows = database.prepare('SELECT body FROM journal').pluck().all();
    database.close();
    expect(JSON.stringify(rows)).not.toMatch(/scar|below/);
  });

  it('fails `verify` if somebody closes a lesion behind the journal’s back', () => {
    lesion();
    direct("DROP TRIGGER lesions_erased_only; UPDATE lesions SET closed = 'other'")();
    expect(log.store.verify()).toMatchObject({ intact: false });
  });
});

describe('any sequence of edits, assignments and merges', () => {
  const edit = fc.record(
    {
      label: fc.constantFrom('1', '2', 'by the scar'),
      site: fc.constantFrom(...BODY_SITES.slice(0, 4)),
      closed: fc.constantFrom(...CLOSING_REASONS, null),
    },
    { requiredKeys: [] },
  );
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ type: fc.constant('edit' as const), lesion: fc.nat(3), edit }) },
    fc.record({ type: fc.constant('add' as const), patient: fc.nat(2) }),
    fc.record({ type: fc.constant('assign' as const), session: fc.nat(1), lesion: fc.nat(3) }),
    fc.record({ type: fc.constant('merge' as const), patient: fc.nat(2), into: fc.nat(2) }),
  );

  it('leaves the lesions as the journal says', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const { context: store } = log.store;
        const [references, sessions] = [
          ['A-1', 'B-1', 'C-1'],
          ['s', 't'],
        ].map((names) => names.map((name) => `${name}-${crypto.randomUUID()}`.slice(0, 30))) as [
          string[],
          string[],
        ];
        for (const id of sessions) {
          log.store.openSession({ id, source: 'camera' });
          log.store.closeSession(RECORDS.result(id));
        }
        const lesions = references.map(
          (reference) => store.addLesion(store.patient(reference).id, NAEVUS).id,
        );
        const told = new Map<string, Partial<LesionEdit>>();
        for (const one of steps) {
          try {
            if (one.type === 'add')
              lesions.push(store.addLesion(store.patient(references[one.patient]!).id, NAEVUS).id);
            else if (one.type === 'merge')
              store.merge(store.patient(references[one.patient]!).id, references[one.into]!);
            else {
              const id = lesions[one.lesion] ?? lesions[0]!;
              if (one.type === 'edit') {
                store.editLesion(id, one.edit);
                told.set(id, { ...told.get(id), ...one.edit });
              } else {
                const owner = references
                  .map((reference) => store.find(reference))
                  .find((patient) => patient?.lesions.some((has) => has.id === id));
                store.assign(sessions[one.session]!, { patient: owner!.id, lesion: id });
              }
            }
          } catch (error) {
            // A refusal changes nothing.
            if (!['lesion/closed', 'reference/unknown'].includes(codeOf(error))) throw error;
          }
        }
        for (const [id, { label = '1', site = NAEVUS.site, closed = null }] of told) {
          const { lesion: now } = log.store.patients.lesion(id)!;
          expect({ ...now, closed: now.closed ?? null }).toMatchObject({ label, site, closed });
        }
        expect(log.store.verify()).toMatchObject({ intact: true });
      }),
      { numRuns: 25 },
    );
  });
});
