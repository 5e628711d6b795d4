import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { InferenceClassifier } from '../../src/classifier/client/client.ts';
import { ready } from '../../src/classifier/client/ready.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { practiceProgram } from '../../src/practice/program.ts';
import { sceneOf } from '../../src/practice/steps.ts';
import type { CommandReply, ScreenEvents, ServerEvents } from '../../src/protocol/events.ts';
import type { HealthReport } from '../../src/protocol/diagnostics.ts';
import { PRACTICE_STEPS, type PracticeStep, type PracticeView } from '../../src/protocol/practice.ts';
import type { View } from '../../src/protocol/view.ts';
import { DATABASE_FILE } from '../../src/store/open-database.ts';
import { faultIn, JPEG, TestServer } from '../fakes/server-parts.ts';
import { shippedBundles } from '../support/engines.ts';
import { KioskProcess } from '../support/kiosk-process.ts';
import { until } from '../support/until.ts';

type Screen = Socket<ServerEvents, ScreenEvents>;

/** A screen of the kiosk's own has its address as the origin of the page; a program or another machine has not. */
const screenOf = (url: string, own: boolean): Screen =>
  io(url, { transports: ['websocket'], forceNew: true, ...(own ? { extraHeaders: { origin: url } } : {}) });

const codeOf = (reply: CommandReply): string => (reply.ok ? 'ok' : reply.code);

describe('a server during practice', () => {
  const AIMING: PracticeView = { step: 'focus', cured: false, state: 'aiming' };
  let kiosk: TestServer;
  const screens: Screen[] = [];

  const open = (own: boolean): Screen => {
    const screen = screenOf(kiosk.url, own);
    screens.push(screen);
    return screen;
  };

  const post = (path: string, body?: object, headers: Record<string, string> = {}) =>
    kiosk.ask(path, {
      method: 'POST',
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  beforeEach(async () => {
    kiosk = await TestServer.start();
  });

  afterEach(async () => {
    for (const screen of screens.splice(0)) screen.close();
    await kiosk.server.stop();
  });

  it('begins, continues and ends it from the kiosk’s own screen only', async () => {
    const own = { host: `127.0.0.1:${kiosk.port}`, origin: kiosk.url };
    expect((await post('/api/practice', { action: 'begin' }, own)).status).toBe(200);
    const elsewhere = await post('/api/practice', { action: 'begin' }, { host: own.host });
    expect([elsewhere.status, faultIn(elsewhere.text)]).toEqual([403, 'request/refused']);
    const proxied = await post('/api/practice', { action: 'end' }, { ...own, 'x-forwarded-for': '10.0.0.7' });
    expect(proxied.status).toBe(403);
    expect((await post('/api/practice', { action: 'win' }, own)).status).toBe(400);
    expect(kiosk.practice.actions).toEqual(['begin']);
  });

  it('takes presses of the kiosk’s own screen for it, and refuses those of another one', async () => {
    const [own, other] = [open(true), open(false)];
    kiosk.practice.become(AIMING);
    expect(codeOf(await own.emitWithAck('press'))).toBe('ok');
    expect(codeOf(await other.emitWithAck('press'))).toBe('practice/on');
    expect(kiosk.session.requests).toHaveLength(1);
    kiosk.practice.become(undefined);
    expect(codeOf(await other.emitWithAck('press'))).toBe('ok');
  });

  it('selects no patient, on any screen', async () => {
    kiosk.practice.become(AIMING);
    for (const screen of [open(true), open(false)]) {
      const scan = await screen.emitWithAck('context', { type: 'scan', reference: 'A-1001' });
      expect(codeOf(scan)).toBe('practice/on');
      expect(codeOf(await screen.emitWithAck('retake'))).toBe('practice/on');
    }
  });

  it('accepts no capture, file or patient from a program, and still shows the log', async () => {
    kiosk.practice.become(AIMING);
    for (const [path, body] of [
      ['/api/press'],
      ['/api/retake'],
      ['/api/context', { type: 'reference', reference: 'A-1001' }],
    ] as const) {
      const { status, text } = await post(path, body);
      expect([path, status, faultIn(text)]).toEqual([path, 409, 'practice/on']);
    }
    expect((await kiosk.upload(JPEG)).status).toBe(409);
    expect(kiosk.session.requests).toEqual([]);
    expect((await kiosk.ask('/api/sessions')).status).toBe(200);
  });

  it('sends no frame from before its begin or its end', async () => {
    const screen = open(true);
    const bytes: number[] = [];
    const receipts: (() => void)[] = [];
    screen.on('frame', (jpeg, received) => {
      bytes.push(new Uint8Array(jpeg)[0]!);
      receipts.push(received);
    });
    screen.emit('preview', true);
    await screen.emitWithAck('dismiss');
    kiosk.camera.show(1);
    kiosk.camera.show(2);
    kiosk.practice.become(AIMING);
    kiosk.camera.show(3);
    await until('the first frame', () => receipts.length > 0);
    receipts[0]!();
    await until('the next frame', () => bytes.length > 1);
    expect(bytes).toEqual([1, 3]);
  });
});

/** A kiosk with a real database, and its own screen. */
class Rig {
  readonly kiosk: KioskProcess;
  readonly screen: Screen;
  view: View | undefined;

  constructor(kiosk: KioskProcess) {
    this.kiosk = kiosk;
    this.screen = screenOf(kiosk.url, true);
    this.screen.on('view', (view) => {
      this.view = view;
    });
  }

  static async start(settings: Record<string, string> = {}): Promise<Rig> {
    const kiosk = await KioskProcess.start(settings);
    await kiosk.untilReady();
    const rig = new Rig(kiosk);
    await until('a view', () => rig.view !== undefined);
    return rig;
  }

  async dispose(): Promise<void> {
    this.screen.close();
    await this.kiosk.dispose();
  }

  async act(action: string): Promise<void> {
    const { status } = await this.kiosk.json('/api/practice', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.kiosk.url },
      body: JSON.stringify({ action }),
    });
    expect(status).toBe(200);
  }

  untilPractice(state: PracticeView['state'] | 'over'): Promise<void> {
    return until(
      () => `practice is ${state}, not ${JSON.stringify(this.view?.practice)}`,
      () => (this.view?.practice?.state ?? 'over') === state,
    );
  }

  /** Everything that the kiosk has recorded. */
  recorded(): unknown {
    const database = new Database(join(this.kiosk.dataDir, DATABASE_FILE), { readonly: true });
    const rows = (query: string): unknown => database.prepare(query).pluck().all();
    const found = {
      sessions: rows('SELECT number FROM sessions'),
      journal: rows('SELECT kind FROM journal ORDER BY sequence'),
      images: imagesIn(join(this.kiosk.dataDir, 'pictures')),
    };
    database.close();
    return found;
  }
}

const imagesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);

describe('practice on a kiosk', { timeout: 120_000 }, () => {
  const rigs: Rig[] = [];

  const start = async (settings?: Record<string, string>): Promise<Rig> => {
    const rig = await Rig.start(settings);
    rigs.push(rig);
    return rig;
  };

  afterEach(async () => {
    for (const rig of rigs.splice(0)) await rig.dispose();
  });

  it('checks simulated images, stores nothing, and leaves the kiosk’s own camera alone', async () => {
    const rig = await start({ KIOSK_PHANTOM_SCENE: 'keratosis', KIOSK_RETENTION: 'always' });
    const before = rig.recorded();
    const { camera } = rig.view!;
    const [own] = rig.kiosk.children('phantom');

    await rig.act('begin');
    await rig.untilPractice('aiming');
    expect(codeOf(await rig.screen.emitWithAck('press'))).toBe('ok');
    await rig.untilPractice('retake');
    expect(rig.view?.practice).toMatchObject({ step: 'focus', reason: 'too-blurred' });
    await rig.act('cure');
    // As the hardware button.
    rig.kiosk.signal('SIGUSR2');
    await rig.untilPractice('good');
    expect(rig.view).toMatchObject({ session: { state: 'ready' }, camera });
    const { body } = await rig.kiosk.json<HealthReport>('/api/health');
    expect(body.checks.find(({ name }) => name === 'camera')).toMatchObject({ ok: true });
    expect(rig.kiosk.children('phantom')).toContain(own);

    await rig.act('end');
    await rig.untilPractice('over');
    await until('no simulated camera', () => rig.kiosk.children('practice/program').length === 0);
    expect(rig.kiosk.children('phantom')).toEqual([own]);
    expect(rig.recorded()).toEqual(before);
    // The next press is a real one again.
    await until('a session', async () => {
      await rig.screen.emitWithAck('press');
      return JSON.stringify(rig.recorded()) !== JSON.stringify(before);
    });
  });

  it('shows no patient and selects none, and records no second press', async () => {
    const rig = await start();
    await rig.screen.emitWithAck('context', { type: 'reference', reference: 'A-1001' });
    await until('a patient', () => rig.view?.context !== undefined);
    await rig.act('begin');
    await rig.untilPractice('aiming');
    expect(rig.view?.context).toBeUndefined();
    const before = rig.recorded();
    const presses = [rig.screen.emitWithAck('press'), rig.screen.emitWithAck('press')];
    expect((await Promise.all(presses)).map(codeOf)).toEqual(['ok', 'session/repeated-press']);
    const scan = await rig.screen.emitWithAck('context', { type: 'scan', reference: 'A-1001' });
    expect(codeOf(scan)).toBe('practice/on');
    await rig.untilPractice('retake');
    expect(rig.view?.context).toBeUndefined();
    expect(rig.recorded()).toEqual(before);
  });

  it('ends when nobody is present', async () => {
    const rig = await start({ KIOSK_IDLE_SECONDS: '3' });
    await rig.act('begin');
    await rig.untilPractice('aiming');
    const before = rig.recorded();
    await until('an idle screen', () => rig.view?.idle === true);
    expect(rig.view?.practice).toBeUndefined();
    expect(rig.recorded()).toEqual(before);
  });

  it('leaves nothing behind when the kiosk is killed in it', async () => {
    const rig = await start();
    await rig.act('begin');
    expect(codeOf(await rig.screen.emitWithAck('press'))).toBe('ok');
    const before = rig.recorded() as { readonly journal: readonly string[] };
    await rig.kiosk.end('SIGKILL');
    const again = await start({ KIOSK_DATA_DIR: rig.kiosk.dataDir });
    expect(again.view).toMatchObject({ session: { state: 'ready' }, camera: { state: 'live' } });
    expect(again.view?.practice).toBeUndefined();
    expect(again.kiosk.children('practice/program')).toEqual([]);
    expect(again.recorded()).toEqual({ ...before, journal: [...before.journal, 'started'] });
  });

  it('stops with the kiosk', async () => {
    const rig = await start();
    await rig.act('begin');
    await until('a simulated camera', () => rig.kiosk.children('practice/program').length === 1);
    expect((await rig.kiosk.end()).code).toBe(0);
  });
});

describe('the faults that practice shows', () => {
  let classifier: InferenceClassifier;
  const { signal } = new AbortController();

  beforeAll(async () => {
    const bundleDir = shippedBundles().find((dir) => dir.endsWith('lesion-pair')) ?? '';
    classifier = new InferenceClassifier({
      ...{ bundleDir, engine: 'onnxruntime', timeoutMs: 20_000, clock: systemClock, log: silentLogger },
    });
    await classifier.start();
    await ready(classifier);
  }, 90_000);

  afterAll(() => classifier.stop());

  const REASONS: Readonly<Record<PracticeStep, string>> = {
    focus: 'too-blurred',
    hair: 'hair',
    gel: 'glare',
    light: 'too-bright',
    aim: 'no-lesion',
  };

  it.each(PRACTICE_STEPS)(
    'are noticed, and no longer once they are cured: %s',
    { timeout: 60_000 },
    async (step) => {
      const reasonOf = async (cured: boolean): Promise<string | undefined> => {
        const { command, args } = practiceProgram(sceneOf({ step, cured, state: 'aiming' }));
        const picture = execFileSync(command, [...args, '--frames=1'], { maxBuffer: 50_000_000 });
        return (await classifier.look(picture, { locate: true }, signal)).framing.reason;
      };
      expect(await reasonOf(false)).toBe(REASONS[step]);
      expect(await reasonOf(true)).toBeUndefined();
    },
  );
});
