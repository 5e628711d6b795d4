import { join } from 'node:path';
import Database from 'better-sqlite3';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CurrentPatient } from '../../src/patient/current-patient.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import type { ContextChange, ContextView, Contraindicated, NewLesion } from '../../src/protocol/context.ts';
import type { CommandReply, ScreenEvents, ServerEvents } from '../../src/protocol/events.ts';
import type { ErrorBody, SessionDetail, SessionPage } from '../../src/protocol/http.ts';
import type { SessionView } from '../../src/protocol/view.ts';
import { exportOf } from '../../src/reports/sessions/export.ts';
import { RECORDS } from '../contract/store-contract.ts';
import { codeThrownBy } from '../support/code-thrown.ts';
import { RealLog } from '../support/real-log.ts';
import { TestServer } from '../fakes/server-parts.ts';

const NAEVUS = { site: 'chest-left', label: 'by the scar', contraIndications: [] } as const;
const ULCER = { site: 'heel-right', label: '2', contraIndications: ['ulcerated'] } as const;

let log: RealLog;
let context: CurrentPatient;
let kiosk: TestServer;
let screen: Socket<ServerEvents, ScreenEvents>;
let state: SessionView;
let closings: number;

const contextOf = (contraIndicated: Contraindicated): CurrentPatient =>
  new CurrentPatient({
    ...{ store: log.store, pattern: '[A-Z]-[0-9]{3,6}', contraIndicated },
    session: () => ({ session: () => state, leave: () => (closings += 1), onChange: () => () => undefined }),
    ...{ askNext: true, log: silentLogger },
  });

beforeEach(async () => {
  [state, closings] = [{ state: 'ready' }, 0];
  log = await RealLog.open();
  context = contextOf('flag');
  kiosk = await TestServer.start({ store: log.store, context });
  screen = io(kiosk.url, { transports: ['websocket'], forceNew: true });
});

afterEach(async () => {
  screen.close();
  await kiosk.server.stop();
  await log.dispose();
});

const ask = (change: ContextChange): Promise<CommandReply> => screen.emitWithAck('context', change);

async function codeOfAsking(change: unknown): Promise<string> {
  const reply = await ask(change as ContextChange);
  return reply.ok ? 'ok' : reply.code;
}

async function current(): Promise<ContextView | null> {
  const { text } = await kiosk.ask('/api/context');
  return (JSON.parse(text) as { context: ContextView | null }).context;
}

/** A session as the runner opens one. */
function session(id: string): void {
  log.store.openSession({ id, source: 'camera', ...context.subject() });
  log.store.closeSession(RECORDS.result(id));
}

const detailOf = async (id: string): Promise<SessionDetail> =>
  JSON.parse((await kiosk.ask(`/api/sessions/${id}`)).text) as SessionDetail;

async function idsOf(query: string): Promise<string[]> {
  const { text } = await kiosk.ask(`/api/sessions?${query}`);
  return (JSON.parse(text) as SessionPage).sessions.map(({ id }) => id);
}

async function withLesion(reference: string, lesion: NewLesion): Promise<string> {
  await ask({ type: 'reference', reference });
  await ask({ type: 'new-lesion', reference, ...lesion });
  return (await current())!.lesion!.id;
}

describe('the patient and the lesion of the next session', () => {
  it('are unset at first: a session is then anonymous', async () => {
    expect(await current()).toBeNull();
    session('first');
    expect(await detailOf('first')).not.toHaveProperty('context');
  });

  it('are set, and a session has both; once cleared, the next session has neither', async () => {
    const id = await withLesion(' A-1001 ', NAEVUS).catch(() => '');
    expect(id).toBe('');
    const lesion = await withLesion('A-1001', NAEVUS);
    session('with');
    expect(await codeOfAsking({ type: 'clear' })).toBe('ok');
    session('without');
    expect((await detailOf('with')).context).toEqual({
      patient: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      reference: 'A-1001',
      lesion: { id: lesion, ...NAEVUS },
    });
    expect(await detailOf('without')).not.toHaveProperty('context');
    expect(log.store.verify()).toMatchObject({ intact: true });
  });

  it('are found again by the reference, with its lesions newest first and none of them selected', async () => {
    await withLesion('A-1001', NAEVUS);
    await withLesion('A-1001', ULCER);
    await ask({ type: 'reference', reference: 'B-2002' });
    expect(await current()).toEqual({ reference: 'B-2002', lesions: [] });
    await ask({ type: 'reference', reference: 'A-1001' });
    const again = await current();
    expect(again!.lesions.map(({ label }) => label)).toEqual(['2', 'by the scar']);
    expect(again).not.toHaveProperty('lesion');
  });

  it('never mix references: neither by a selection, nor by an outdated screen, nor by direct database access', async () => {
    const lesion = await withLesion('A-1001', NAEVUS);
    await ask({ type: 'reference', reference: 'B-2002' });
    expect(await codeOfAsking({ type: 'lesion', id: lesion })).toBe('lesion/unknown');
    expect(await codeOfAsking({ type: 'new-lesion', reference: 'A-1001', ...ULCER })).toBe('request/invalid');
    expect(await current()).toEqual({ reference: 'B-2002', lesions: [] });
    const { patient } = context.subject();
    expect(() => log.store.openSession({ id: 'x', source: 'camera', patient: patient!, lesion })).toThrow();
    expect(() => log.store.openSession({ id: 'x', source: 'camera', lesion })).toThrow();
  });

  it('do not change during a session, and a change closes the result', async () => {
    await ask({ type: 'reference', reference: 'A-1001' });
    const before = closings;
    state = { state: 'classifying', id: 'a', source: 'camera' };
    for (const change of [
      { type: 'clear' },
      { type: 'reference', reference: 'B-2002' },
      { type: 'new-lesion', reference: 'A-1001', ...NAEVUS },
      { type: 'lesion', id: null },
    ])
      expect(await codeOfAsking(change)).toBe('session/busy');
    expect(await current()).toMatchObject({ reference: 'A-1001' });
    expect(closings).toBe(before);
    state = { state: 'ready' };
    await ask({ type: 'reference', reference: 'B-2002' });
    expect(closings).toBe(before + 1);
  });

  it.each([
    [
      'a reference that does not fit the pattern',
      { type: 'reference', reference: 'Mrs Smith' },
      'reference/invalid',
    ],
    ['a lesion of nobody', { type: 'new-lesion', reference: 'A-1001', ...NAEVUS }, 'reference/none'],
    [
      'an unknown site',
      { type: 'new-lesion', reference: 'A-1001', ...NAEVUS, site: 'soul' },
      'request/invalid',
    ],
    [
      'an unknown contraindication',
      { type: 'new-lesion', reference: 'A', ...NAEVUS, contraIndications: ['x'] },
      'request/invalid',
    ],
    ['an additional field', { type: 'clear', why: 'gossip' }, 'request/invalid'],
    ['a very long text', { type: 'reference', reference: 'A'.repeat(5_000) }, 'request/invalid'],
    ['null', null, 'request/invalid'],
  ])('reject %s', async (_, change, code) => {
    expect(await codeOfAsking(change)).toBe(code);
    expect(await current()).toBeNull();
  });

  it('are the same over HTTP, with the same errors', async () => {
    const post = async (body: unknown): Promise<[number, string]> => {
      const headers = { 'content-type': 'application/json' };
      const answer = await kiosk.ask('/api/context', { method: 'POST', headers, body: JSON.stringify(body) });
      return [answer.status, answer.text];
    };
    expect(await post({ type: 'reference', reference: 'A-1001' })).toEqual([
      200,
      JSON.stringify({ context: { reference: 'A-1001', lesions: [] } }),
    ]);
    const [status, text] = await post({ type: 'reference', reference: 'Mrs Smith' });
    expect([status, (JSON.parse(text) as ErrorBody).error.code]).toEqual([422, 'reference/invalid']);
    expect((await post({ type: 'gossip' }))[0]).toBe(400);
  });
});

describe('a lesion with a contraindication', () => {
  it('is flagged, or a session on it is rejected, depending on the setting', async () => {
    await withLesion('A-1001', ULCER);
    expect(await current()).toMatchObject({ contraIndicated: 'flag' });
    session('flagged');
    expect((await detailOf('flagged')).context?.lesion?.contraIndications).toEqual(['ulcerated']);

    const strict = contextOf('refuse');
    strict.change({ type: 'reference', reference: 'A-1001' });
    expect(strict.subject()).not.toHaveProperty('lesion');
    strict.change({ type: 'lesion', id: strict.current()!.lesions[0]!.id });
    expect(strict.current()).toMatchObject({ contraIndicated: 'refuse' });
    expect(codeThrownBy(() => strict.subject())).toBe('lesion/contra-indicated');
  });
});

describe('a lesion whose contraindications were left unanswered', () => {
  it('is stored, listed and exported as not answered, never as having none', async () => {
    await withLesion('A-1001', { ...NAEVUS, contraIndications: null });
    session('unanswered');
    await withLesion('A-1001', NAEVUS);
    session('none');
    context.change({ type: 'reference', reference: 'A-1001' });
    expect((await current())?.lesions.map(({ contraIndications }) => contraIndications)).toEqual([[], null]);
    expect((await detailOf('unanswered')).context?.lesion?.contraIndications).toBeNull();
    let text = '';
    for await (const page of exportOf(log.store, {}, { format: 'json', references: false })) text += page;
    expect(JSON.parse(text)).toMatchObject([
      { id: 'none', contra_indications: '', contra_answered: 'true' },
      { id: 'unanswered', contra_indications: null, contra_answered: 'false' },
    ]);
    expect(log.store.verify()).toMatchObject({ intact: true });
  });
});

describe('stored patient data', () => {
  it('can be queried by reference and by lesion, and by no similar value', async () => {
    const lesion = await withLesion('A-1001', NAEVUS);
    session('a1');
    await ask({ type: 'lesion', id: null });
    session('a2');
    await withLesion('B-2002', ULCER);
    session('b');
    await ask({ type: 'clear' });
    session('nobody');
    expect(await idsOf('reference=A-1001')).toEqual(['a2', 'a1']);
    expect(await idsOf(`lesion=${lesion}`)).toEqual(['a1']);
    expect(await idsOf('reference=A-1001&outcome=withheld')).toEqual([]);
    expect(await idsOf('reference=a-1001')).toEqual([]);
    expect(await idsOf("reference=A-1001'%20OR%201")).toEqual([]);
  });

  it('is exported by its random ids alone, and with its texts only if that is set', async () => {
    await withLesion('A-1001', ULCER);
    session('a');
    const text = async (references: boolean): Promise<string> => {
      let pages = '';
      for await (const page of exportOf(log.store, {}, { format: 'json', references })) pages += page;
      return pages;
    };
    const [row] = JSON.parse(await text(false)) as Record<string, unknown>[];
    const { patient, lesion } = context.subject();
    expect(row).toMatchObject({ patient, lesion, site: 'heel-right', contra_indications: 'ulcerated' });
    expect(row).toMatchObject({ reference: null, lesion_label: null });
    expect(await text(false)).not.toContain('A-1001');
    expect(JSON.parse(await text(true))).toMatchObject([{ reference: 'A-1001', lesion_label: '2' }]);
  });

  it('appears in no journal row and no log line, can be erased permanently, and the hash chain stays intact', async () => {
    await withLesion('A-1001', NAEVUS);
    session('a');
    context.clear('idle');
    expect(await current()).toBeNull();
    const database = new Database(join(log.dir, 'kiosk.sqlite'));
    const journal = database.prepare('SELECT kind, body FROM journal').all() as {
      kind: string;
      body: string;
    }[];
    expect(journal.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['reference-set', 'lesion-added', 'reference-cleared']),
    );
    expect(JSON.stringify([journal, kiosk.log.lines])).not.toMatch(/A-1001|by the scar/);

    expect(() => database.exec("UPDATE patients SET reference = 'B-2002'")).toThrow(/only erased/);
    expect(() => database.exec("UPDATE lesions SET site = 'nose', label = NULL")).toThrow(/never changed/);
    database.exec('UPDATE patients SET reference = NULL; UPDATE lesions SET label = NULL');
    database.close();
    expect((await detailOf('a')).context).toEqual({
      patient: expect.any(String) as string,
      lesion: { id: expect.any(String) as string, ...NAEVUS, label: '' },
    });
    expect(log.store.verify()).toMatchObject({ intact: true });
  });

  it('fails `verify` if somebody changes the contraindications of a lesion', async () => {
    await withLesion('A-1001', ULCER);
    const database = new Database(join(log.dir, 'kiosk.sqlite'));
    database.exec("DROP TRIGGER lesions_erased_only; UPDATE lesions SET contra_indications = '[]'");
    database.close();
    expect(log.store.verify()).toMatchObject({
      intact: false,
      problem: expect.stringMatching(/lesion .* differs/) as string,
    });
  });
});
