import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/lib/logger.ts';
import { OperatorService } from '../../src/operators/operator-service.ts';
import type { ContextView } from '../../src/protocol/context.ts';
import type { ScreenEvents, ServerEvents } from '../../src/protocol/events.ts';
import type { SessionDetail } from '../../src/protocol/http.ts';
import type { OperatorView, UnlockAnswer, UnlockState } from '../../src/protocol/operators.ts';
import type { OverviewView } from '../../src/protocol/overview.ts';
import type { View } from '../../src/protocol/view.ts';
import { OPEN_ROUTES, ROUTES_OF_RESULT } from '../../src/server/unlock-guard.ts';
import { Pin } from '../../src/settings/pin.ts';
import { resetPin } from '../../src/settings/pin-file.ts';
import { RECORDS } from '../contract/store-contract.ts';
import { FakeImageStore } from '../fakes/image-store.ts';
import { faultIn, FakeView, JPEG, PICTURE_ID, TestServer, type RawAnswer } from '../fakes/server-parts.ts';
import { RealLog } from '../support/real-log.ts';

const PIN = '274916';
const IDLE_MS = 120_000;

const PATIENT: ContextView = { reference: 'P-1', lesions: [] };
const OVERVIEW: OverviewView = {
  ...{ id: 'overview', state: 'held', consent: true, days: 30 },
  of: {
    reference: 'P-1',
    lesion: { id: 'lesion', site: 'nape', label: '1', contraIndications: [] },
  },
  shot: { number: 1, picture: '/api/overview/overview/shots/1' },
};

class PatientView extends FakeView {
  idle = false;

  override current(): View {
    const patient = { context: PATIENT, lastPatient: PATIENT, overview: OVERVIEW };
    return { ...super.current(), ...patient, idle: this.idle };
  }
}

/** A real log, a real server with sockets, and the kiosk's own operators between them. */
class Rig {
  readonly log: RealLog;
  readonly images = new FakeImageStore('ask');
  readonly changes: unknown[] = [];
  view = new PatientView();
  pin!: Pin;
  operators!: OperatorService;
  server!: TestServer;

  constructor(log: RealLog) {
    this.log = log;
  }

  async start(options: { enabled?: boolean; badgePrefix?: string } = {}): Promise<void> {
    const { clock, store, dir } = this.log;
    this.view = new PatientView();
    this.pin = new Pin({ dataDir: dir, clock });
    this.operators = new OperatorService({
      ...{ enabled: true, badgePrefix: '', idleMs: IDLE_MS, ...options },
      ...{ pin: this.pin, operators: store.operators, store, view: this.view, clock, log: silentLogger },
    });
    await this.operators.start();
    this.server = await TestServer.start({
      ...{ operators: this.operators, store, images: this.images, view: this.view },
      context: {
        change: (change) => this.changes.push(change),
        current: () => PATIENT,
        retake: (press) => press(),
        assign: () => [],
        describe: () => undefined,
        editLesion: () => store.context.editLesion('none', {}),
      },
    });
  }

  async stop(): Promise<void> {
    await this.server.server.stop();
    await this.operators.stop();
  }

  async restart(options?: Parameters<Rig['start']>[0]): Promise<void> {
    await this.stop();
    await this.start(options);
  }

  journal(): [kind: string, body: Record<string, unknown>][] {
    const database = new Database(join(this.log.dir, 'kiosk.sqlite'), { readonly: true });
    const rows = database.prepare('SELECT kind, body FROM journal ORDER BY sequence').all() as {
      kind: string;
      body: string;
    }[];
    database.close();
    return rows
      .filter(({ kind }) => kind !== 'started')
      .map(({ kind, body }) => [kind, JSON.parse(body) as Record<string, unknown>]);
  }
}

let rig: Rig;
const sockets: Socket[] = [];

beforeEach(async () => {
  rig = new Rig(await RealLog.open());
  await rig.start();
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close();
  await rig.stop();
  await rig.log.dispose();
});

/** A browser or a program: it keeps the cookie. */
class Client {
  cookie = '';

  async ask(method: string, path: string, body?: object): Promise<RawAnswer> {
    const answer = await rig.server.ask(path, {
      method,
      headers: {
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const [set] = answer.headers['set-cookie'] ?? [];
    if (set !== undefined) this.cookie = set.includes('Max-Age=0') ? '' : (set.split(';')[0] ?? '');
    return answer;
  }

  async unlock(credential: object): Promise<string> {
    const answer = await this.ask('POST', '/api/unlock', credential);
    return answer.status === 200 ? 'ok' : faultIn(answer.text);
  }

  async state(): Promise<UnlockState> {
    return JSON.parse((await this.ask('GET', '/api/unlock')).text) as UnlockState;
  }

  /** Whether the log can be read. */
  async reads(): Promise<number> {
    return (await this.ask('GET', '/api/sessions')).status;
  }
}

/** A technician, on a kiosk whose PIN is set. */
async function technician(): Promise<Client> {
  await rig.pin.set(PIN);
  rig.operators.technicianChanged();
  const client = new Client();
  expect(await client.unlock({ pin: PIN })).toBe('ok');
  return client;
}

async function added(by: Client, operator: object): Promise<OperatorView> {
  const answer = await by.ask('POST', '/api/operators', operator);
  expect(answer.status).toBe(201);
  return JSON.parse(answer.text) as OperatorView;
}

const AB = { name: 'AB', badge: 'OP-000417', pin: '7406' };

describe('a kiosk without a PIN and without operators', () => {
  it('locks nothing', async () => {
    const client = new Client();
    expect(await client.state()).toMatchObject({ required: false, operators: [], pin: false });
    expect(await client.reads()).toBe(200);
    expect(await client.unlock({ pin: PIN })).toBe('settings/locked');
  });

  it('lets nobody manage operators, who could lock everybody out', async () => {
    const answer = await new Client().ask('POST', '/api/operators', AB);
    expect([answer.status, faultIn(answer.text)]).toEqual([403, 'settings/locked']);
  });

  it('is locked as soon as a PIN is set, and not while that is switched off', async () => {
    await rig.pin.set(PIN);
    expect(await new Client().reads()).toBe(401);
    await rig.restart({ enabled: false });
    expect(await new Client().reads()).toBe(200);
  });
});

interface Route {
  readonly method: string;
  readonly path: string;
}

/** Every route of the documents, which a test compares with the code. */
const ROUTES: readonly Route[] = Object.entries(
  (
    JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/api/openapi.json'), 'utf8')) as {
      paths: Record<string, object>;
    }
  ).paths,
).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
);

const nameOf = ({ method, path }: Route): string => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
const urlOf = ({ path }: Route): string => path.replaceAll(/\{\w+\}/g, PICTURE_ID);
const guarded = ROUTES.filter((route) => route.path.startsWith('/api/') && !OPEN_ROUTES.has(nameOf(route)));

describe('a locked kiosk', () => {
  beforeEach(async () => {
    await rig.pin.set(PIN);
    rig.operators.technicianChanged();
  });

  it('has guarded routes for the log, the patients and the operators', () => {
    expect(guarded.length).toBeGreaterThan(12);
    expect(guarded.map(nameOf)).toEqual(
      expect.arrayContaining([
        'GET /api/sessions',
        'GET /api/sessions/:id',
        'POST /api/sessions/:id/assessments',
        'GET /api/context',
        'POST /api/context',
        'GET /api/operators',
      ]),
    );
    const names = ROUTES.map(nameOf);
    expect([...OPEN_ROUTES, ...ROUTES_OF_RESULT].filter((name) => !names.includes(name))).toEqual([]);
  });

  it.each(guarded.map((route) => [nameOf(route), route] as const))(
    'does not answer %s, with or without a wrong token',
    async (_, route) => {
      for (const cookie of ['', 'kiosk-unlock=wrong']) {
        const client = new Client();
        client.cookie = cookie;
        const answer = await client.ask(route.method, urlOf(route));
        expect([answer.status, faultIn(answer.text)]).toEqual([401, 'operator/locked']);
      }
      const head = route.method === 'GET' ? await new Client().ask('HEAD', urlOf(route)) : { status: 401 };
      expect(head.status).toBe(401);
    },
  );

  it('answers what a press and its result need', async () => {
    const client = new Client();
    for (const path of ['/api/view', '/api/about', '/api/health', '/api/unlock'])
      expect((await client.ask('GET', path)).status, path).toBe(200);
    expect((await client.ask('POST', '/api/press')).status).toBe(202);
    expect((await client.ask('POST', '/api/accept')).status).toBe(204);
    rig.server.session.held = { bytes: JPEG, contentType: 'image/jpeg' };
    const path = `/api/sessions/${PICTURE_ID}/picture`;
    expect((await client.ask('GET', path)).status).toBe(200);
    expect((await client.ask('PUT', path)).status).toBe(200);
    // Once the result was left, the stored image belongs to the log.
    rig.server.session.held = undefined;
    expect((await client.ask('GET', path)).status).toBe(401);
    expect((await client.ask('DELETE', path)).status).toBe(401);
  });

  it('does not show the patient to another browser', async () => {
    const client = new Client();
    const view = async () => JSON.parse((await client.ask('GET', '/api/view')).text) as View;
    expect(await view()).not.toHaveProperty('context');
    expect(await view()).not.toHaveProperty('lastPatient');
    // A press would be of it: that it is taken is known, but not whose it is.
    expect((await view()).overview).toEqual({ id: 'overview', state: 'held', consent: true, days: 30 });
    await client.unlock({ pin: PIN });
    expect(await view()).toMatchObject({ context: PATIENT, overview: OVERVIEW });
  });

  it('stays locked while the file of the PIN is damaged', async () => {
    rig.pin.status = () => Promise.reject(new Error('damaged'));
    expect(await new Client().reads()).toBe(500);
  });
});

describe('an operator', () => {
  let admin: Client;
  let ab: OperatorView;

  beforeEach(async () => {
    admin = await technician();
    ab = await added(admin, AB);
  });

  it('unlocks with a badge or with a PIN, and a program with the token too', async () => {
    const client = new Client();
    expect(await client.reads()).toBe(401);
    expect(await client.unlock({ badge: ' OP-000417 ' })).toBe('ok');
    expect((await client.state()).unlocked).toEqual({ operator: ab.id, name: 'AB', settings: false });
    expect(await client.reads()).toBe(200);
    await client.ask('DELETE', '/api/unlock');
    expect(await client.reads()).toBe(401);

    const program = await new Client().ask('POST', '/api/unlock', { operator: ab.id, pin: AB.pin });
    const { token } = JSON.parse(program.text) as UnlockAnswer;
    const headers = { authorization: `Bearer ${token}` };
    expect((await rig.server.ask('/api/sessions', { headers })).status).toBe(200);
    const unlocks = rig.journal().filter(([kind]) => kind === 'unlocked');
    expect(unlocks.map(([, body]) => body)).toEqual([
      { operator: 'technician', with: 'pin' },
      { operator: ab.id, with: 'badge' },
      { operator: ab.id, with: 'pin' },
    ]);
  });

  it('has a name, badge and PIN that appear in no journal row, and only hashes on the disk', () => {
    const journal = JSON.stringify(rig.journal());
    const file = readFileSync(join(rig.log.dir, 'kiosk.sqlite-wal'), 'latin1');
    expect(file).toContain(ab.id);
    for (const secret of [AB.badge, '"7406"']) {
      expect(journal).not.toContain(secret);
      expect(file).not.toContain(secret);
    }
    expect(journal).not.toContain('"AB"');
    expect(rig.journal()).toContainEqual([
      'operator-added',
      { operator: ab.id, by: 'technician', settings: false, badge: true, pin: true },
    ]);
  });

  it('is locked out without use, when the kiosk is idle, and after a restart', async () => {
    const client = new Client();
    await client.unlock({ badge: AB.badge });
    await rig.log.clock.advance(IDLE_MS - 1);
    expect(await client.reads()).toBe(200);
    await rig.log.clock.advance(IDLE_MS - 1);
    expect(await client.reads()).toBe(200);
    await rig.log.clock.advance(IDLE_MS);
    expect(await client.reads()).toBe(401);

    await client.unlock({ badge: AB.badge });
    rig.view.idle = true;
    rig.view.change();
    expect(await client.reads()).toBe(401);

    rig.view.idle = false;
    await client.unlock({ badge: AB.badge });
    await rig.restart();
    expect(await client.reads()).toBe(401);
  });

  it('unlocks one browser and not another', async () => {
    const client = new Client();
    await client.unlock({ badge: AB.badge });
    expect(await new Client().reads()).toBe(401);
  });

  it('has to wait after the third wrong PIN, even after a restart, while the badge still works', async () => {
    const client = new Client();
    const wrong = { operator: ab.id, pin: '7407' };
    for (let i = 0; i < 3; i += 1) expect(await client.unlock(wrong)).toBe('pin/wrong');
    expect(await client.unlock({ operator: ab.id, pin: AB.pin })).toBe('pin/wait');
    await rig.log.clock.advance(20_000);
    await rig.restart();
    expect((await client.state()).operators).toMatchObject([{ waitMs: 30_000 }]);
    expect(await client.unlock({ operator: ab.id, pin: AB.pin })).toBe('pin/wait');
    expect(await client.unlock({ badge: AB.badge })).toBe('ok');
    await rig.log.clock.advance(30_000);
    expect(await client.unlock({ operator: ab.id, pin: AB.pin })).toBe('ok');
    expect((await client.state()).operators).toMatchObject([{ waitMs: 0 }]);
    expect(rig.journal().filter(([kind]) => kind === 'unlock-refused')).toHaveLength(3);
  });

  it('is not locked out by patients’ codes, unless there are too many on a locked screen', async () => {
    const client = new Client();
    await client.unlock({ badge: AB.badge });
    rig.log.store.operators.countBadgeTry(8);
    expect(await client.unlock({ badge: 'P-100001' })).toBe('badge/unknown');
    expect((await client.state()).unlocked).toMatchObject({ name: 'AB' });
    const locked = new Client();
    expect(await locked.unlock({ badge: 'P-100002' })).toBe('badge/unknown');
    expect((await locked.state()).badgeWaitMs).toBe(0);
    expect(await locked.unlock({ badge: 'P-100003' })).toBe('badge/unknown');
    expect(await locked.unlock({ badge: AB.badge })).toBe('pin/wait');
    await rig.log.clock.advance(30_000);
    expect(await locked.unlock({ badge: AB.badge })).toBe('ok');
  });

  it('is named by verdict, histology and deletion, in the log, the journal and the export', async () => {
    rig.log.store.openSession({ id: PICTURE_ID, source: 'camera' });
    rig.log.store.closeSession({ ...RECORDS.result(PICTURE_ID), id: PICTURE_ID });
    await rig.images.keep(PICTURE_ID, { picture: { bytes: JPEG, contentType: 'image/jpeg' } }, 'consent');
    const client = new Client();
    await client.unlock({ badge: AB.badge });
    const path = `/api/sessions/${PICTURE_ID}`;
    const verdict = { kind: 'clinician', value: 'agree' };
    expect((await client.ask('POST', `${path}/assessments`, verdict)).status).toBe(201);
    await admin.ask('POST', `${path}/assessments`, { kind: 'histology', value: 'nv' });
    const answer = await client.ask('GET', path);
    expect(JSON.parse(answer.text) as SessionDetail).toMatchObject({
      clinicianBy: ab.id,
      histologyBy: 'technician',
      operators: { [ab.id]: 'AB' },
      assessments: [{ operator: ab.id }, { operator: 'technician' }],
    });
    const csv = (await client.ask('GET', '/api/sessions/export')).text.split('\r\n');
    expect(csv[0]).toMatch(/,clinician_by,histology_by,/);
    expect(csv[1]).toMatch(new RegExp(`,${ab.id},technician,`));
    expect((await client.ask('DELETE', `${path}/picture`)).status).toBe(200);
    expect(rig.images.events.at(-1)).toBe(`${PICTURE_ID} gone: withdrawn by ${ab.id}`);
    expect(rig.log.store.verify()).toMatchObject({ intact: true });
  });

  it('cannot manage operators without the right to change settings', async () => {
    const client = new Client();
    await client.unlock({ badge: AB.badge });
    expect((await client.ask('GET', '/api/operators')).status).toBe(403);
    // The PIN of the settings opens them, and the operator stays the author.
    expect(await client.unlock({ pin: PIN })).toBe('ok');
    expect((await client.state()).unlocked).toEqual({ operator: ab.id, name: 'AB', settings: true });
    await added(client, { name: 'CD', pin: '9183' });
    expect(rig.journal().at(-1)).toMatchObject(['operator-added', { by: ab.id }]);
  });

  it('is renamed, gets a new badge and PIN, and is deactivated, never deleted', async () => {
    const client = new Client();
    const path = `/api/operators/${ab.id}`;
    await client.unlock({ badge: AB.badge });
    expect((await admin.ask('PATCH', path, { name: 'A. Baker' })).status).toBe(200);
    expect((await client.state()).unlocked).toMatchObject({ name: 'A. Baker' });
    await admin.ask('PATCH', path, { badge: 'OP-000500', pin: null });
    expect(await client.reads()).toBe(401);
    expect(await client.unlock({ badge: AB.badge })).toBe('badge/unknown');
    expect(await client.unlock({ operator: ab.id, pin: AB.pin })).toBe('operator/unknown');
    expect(await client.unlock({ badge: 'OP-000500' })).toBe('ok');
    await admin.ask('PATCH', path, { active: false });
    expect(await client.reads()).toBe(401);
    expect(await client.unlock({ badge: 'OP-000500' })).toBe('badge/unknown');
    const list = JSON.parse((await admin.ask('GET', '/api/operators')).text) as { operators: OperatorView[] };
    expect(list.operators).toEqual([
      { id: ab.id, name: 'A. Baker', active: false, settings: false, badge: true, pin: false },
    ]);
    expect(rig.log.store.verify()).toMatchObject({ intact: true });
  });

  it.each([
    ['pin/weak', { name: 'CD', pin: '1985' }],
    ['operator/taken', { name: 'ab', pin: '9183' }],
    ['operator/taken', { name: 'CD', badge: AB.badge }],
    ['badge/unusable', { name: 'CD', badge: '12345' }],
    ['request/invalid', { name: 'CD' }],
    ['request/invalid', { name: '   ', pin: '9183' }],
  ])('is refused with %s: %j', async (code, operator) => {
    const answer = await admin.ask('POST', '/api/operators', operator);
    expect(faultIn(answer.text)).toBe(code);
  });

  it('can be replaced after the PIN of the settings was reset', async () => {
    resetPin(rig.log.dir);
    // The operator still guards the log; the kiosk's own screen sets a new PIN.
    expect(await new Client().reads()).toBe(401);
    const again = await technician();
    expect((await again.ask('PATCH', `/api/operators/${ab.id}`, { pin: '5820' })).status).toBe(200);
  });

  it('whose activation was changed in the file is noticed', () => {
    const file = new Database(join(rig.log.dir, 'kiosk.sqlite'));
    file.exec('UPDATE operators SET settings = 1');
    file.close();
    expect(rig.log.store.verify()).toMatchObject({
      intact: false,
      problem: `the operator ${ab.id} differs from the journal`,
    });
  });

  it('with a prefix has a badge that begins with it', async () => {
    await rig.restart({ badgePrefix: 'ID' });
    const again = new Client();
    await again.unlock({ pin: PIN });
    const refused = await again.ask('POST', '/api/operators', { name: 'CD', badge: 'OP-000418' });
    expect(faultIn(refused.text)).toBe('badge/unusable');
    expect(await again.state()).toMatchObject({ badgePrefix: 'ID' });
  });
});

describe('a screen', () => {
  type Screen = Socket<ServerEvents, ScreenEvents>;

  function open(extraHeaders: Record<string, string> = {}): Screen {
    const screen: Screen = io(rig.server.url, { transports: ['websocket'], forceNew: true, extraHeaders });
    sockets.push(screen);
    return screen;
  }

  const firstView = async (screen: Screen): Promise<View> => {
    const [view] = (await once(screen as never, 'view')) as [View];
    return view;
  };

  beforeEach(async () => {
    await added(await technician(), AB);
  });

  it('cannot choose a patient before it is unlocked, but may leave one and press', async () => {
    const screen = open();
    const change = { type: 'reference', reference: 'P-2' } as const;
    expect(await screen.emitWithAck('context', change)).toMatchObject({ ok: false, code: 'operator/locked' });
    expect(rig.changes).toEqual([]);
    expect(await screen.emitWithAck('context', { type: 'clear' })).toEqual({ ok: true });
    expect(await screen.emitWithAck('press')).toEqual({ ok: true });

    const answer = await new Client().ask('POST', '/api/unlock', { badge: AB.badge });
    const { token } = JSON.parse(answer.text) as UnlockAnswer;
    expect(await screen.emitWithAck('unlocked', token)).toEqual({ ok: true });
    expect(await screen.emitWithAck('context', change)).toEqual({ ok: true });
    expect(rig.changes).toEqual([{ type: 'clear' }, change]);
  });

  it('elsewhere sees the patient while it is unlocked, and hears when that ends', async () => {
    const screen = open();
    expect(await firstView(screen)).not.toHaveProperty('context');
    const client = new Client();
    const answer = await client.ask('POST', '/api/unlock', { badge: AB.badge });
    const unlocked = firstView(screen);
    await screen.emitWithAck('unlocked', (JSON.parse(answer.text) as UnlockAnswer).token);
    expect(await unlocked).toMatchObject({ context: PATIENT });
    const [locked, after] = [once(screen as never, 'locked'), firstView(screen)];
    await client.ask('DELETE', '/api/unlock');
    await locked;
    expect(await after).not.toHaveProperty('context');
  });

  it('of the kiosk itself shows the current patient', async () => {
    expect(await firstView(open({ origin: rig.server.url }))).toMatchObject({ context: PATIENT });
  });

  it('that reconnects with the cookie is still unlocked', async () => {
    const client = new Client();
    await client.unlock({ badge: AB.badge });
    expect(await firstView(open({ cookie: client.cookie }))).toMatchObject({ context: PATIENT });
  });

  it('keeps its unlock while it is touched', async () => {
    const client = new Client();
    await client.unlock({ badge: AB.badge });
    const screen = open({ cookie: client.cookie });
    await firstView(screen);
    for (let i = 0; i < 3; i += 1) {
      await rig.log.clock.advance(IDLE_MS - 1);
      screen.emit('active');
      await screen.emitWithAck('press');
    }
    expect(await client.reads()).toBe(200);
  });
});
