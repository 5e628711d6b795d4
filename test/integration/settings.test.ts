import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/saved-settings.ts';
import type { Config } from '../../src/config/schema.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { readText } from '../../src/lib/read-text.ts';
import type { ScreenEvents, ServerEvents } from '../../src/protocol/events.ts';
import type {
  UserSetting,
  OperatingPointChoice,
  SettingsReply,
  SettingValue,
} from '../../src/protocol/settings.ts';
import { Pin } from '../../src/settings/pin.ts';
import { SettingsService, UNLOCKED_MS } from '../../src/settings/settings-service.ts';
import { FakeView, TestServer } from '../fakes/server-parts.ts';
import { RealLog } from '../support/real-log.ts';
import Database from 'better-sqlite3';

const PIN = '274916';

const POINTS: readonly OperatingPointChoice[] = [0.05, 0.1].map((threshold, i) => ({
  name: `sensitivity 0.${98 - 8 * i}`,
  threshold,
  sensitivity: { value: 0.9 },
  specificity: { value: 0.6 },
  default: i === 1,
}));

class IdleView extends FakeView {
  state: 'ready' | 'checking' = 'ready';
  idle = false;

  override current(): ReturnType<FakeView['current']> {
    const session =
      this.state === 'ready'
        ? ({ state: 'ready' } as const)
        : ({ state: 'checking', id: 'a', source: 'camera' } as const);
    return { ...super.current(), session, idle: this.idle };
  }
}

/** A real log and a real server with sockets, and the kiosk's own settings service between them. */
class Rig {
  readonly view = new IdleView();
  readonly applied: [UserSetting, Config][] = [];
  /** Names of the files that the service has read. */
  readonly reads: string[] = [];
  /** Text that it reads instead of the file of that name. */
  readonly texts = new Map<string, string>();
  readonly log: RealLog;
  service!: SettingsService;
  server!: TestServer;

  constructor(log: RealLog) {
    this.log = log;
  }

  async start(env: Record<string, string> = {}): Promise<void> {
    const read = (file: string): Promise<string> => {
      const name = basename(file);
      this.reads.push(name);
      const text = this.texts.get(name);
      return text === undefined ? readText(file) : Promise.resolve(text);
    };
    this.service = new SettingsService({
      settings: loadSettings({ KIOSK_DATA_DIR: this.log.dir, ...env }),
      store: this.log.store,
      view: this.view,
      operatingPoints: () => POINTS,
      dims: () => 'picture',
      apply: (setting, config) => {
        this.applied.push([setting, config]);
        return Promise.resolve();
      },
      clock: this.log.clock,
      log: silentLogger,
      pin: new Pin({ dataDir: this.log.dir, clock: this.log.clock, read }),
      read,
    });
    await this.service.start();
    this.server = await TestServer.start({ settings: this.service });
  }

  async stop(): Promise<void> {
    await this.server.server.stop();
    await this.service.stop();
  }

  /** The journal rows of the settings. */
  journal(): [string, unknown][] {
    const database = new Database(join(this.log.dir, 'kiosk.sqlite'), { readonly: true });
    const rows = database.prepare('SELECT kind, body FROM journal ORDER BY sequence').all() as {
      kind: string;
      body: string;
    }[];
    database.close();
    return rows
      .filter(({ kind }) => /^(setting|pin)/.test(kind))
      .map(({ kind, body }) => [kind, JSON.parse(body)]);
  }
}

let rig: Rig;
const screens: Socket<ServerEvents, ScreenEvents>[] = [];

beforeEach(async () => {
  rig = new Rig(await RealLog.open());
  await rig.start();
});

afterEach(async () => {
  for (const screen of screens.splice(0)) screen.close();
  await rig.stop();
  await rig.log.dispose();
});

class Screen {
  readonly socket: Socket<ServerEvents, ScreenEvents>;

  /** @param headers by default those that the browser of the kiosk's own screen sends */
  constructor(headers?: Record<string, string>) {
    const { url } = rig.server;
    this.socket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      extraHeaders: headers ?? { origin: url },
    });
    screens.push(this.socket);
  }

  read = (): Promise<SettingsReply> => this.socket.emitWithAck('settings');
  unlock = (pin: string): Promise<SettingsReply> => this.socket.emitWithAck('settings-unlock', pin);
  lock = (): Promise<SettingsReply> => this.socket.emitWithAck('settings-lock');
  setPin = (pin: string): Promise<SettingsReply> => this.socket.emitWithAck('settings-pin', pin);
  change = (setting: UserSetting, value: SettingValue): Promise<SettingsReply> =>
    this.socket.emitWithAck('settings-change', { setting, value });
}

const codeOf = (reply: SettingsReply): string => (reply.ok ? 'ok' : reply.code);
const valueOf = (reply: SettingsReply, setting: UserSetting) =>
  reply.snapshot.unlocked?.entries.find((entry) => entry.setting === setting);

describe('the settings of a new kiosk', () => {
  it('let the kiosk’s own screen choose the language, and nothing else, before there is a PIN', async () => {
    const own = new Screen();
    expect(codeOf(await own.change('language', 'fr'))).toBe('ok');
    expect(rig.applied.map(([setting, { language }]) => [setting, language])).toEqual([['language', 'fr']]);
    expect(rig.journal()).toEqual([
      ['setting-changed', { setting: 'language', from: 'en', to: 'fr', by: 'own-screen' }],
    ]);
    expect((await own.read()).snapshot.unlocked).toBeUndefined();
    expect(codeOf(await own.change('sound', false))).toBe('settings/locked');
  });

  it('cannot be changed before a PIN is set, which is possible on its own screen only', async () => {
    const remoteScreens = [
      new Screen({}),
      new Screen({ origin: rig.server.url, 'x-forwarded-for': '10.0.0.7' }),
      new Screen({ origin: rig.server.url, via: '1.1 proxy' }),
    ];
    for (const remote of remoteScreens) {
      expect((await remote.read()).snapshot).toEqual({ pin: 'none', localScreen: false, waitMs: 0 });
      expect(codeOf(await remote.setPin(PIN))).toBe('pin/own-screen');
      expect(codeOf(await remote.unlock(PIN))).toBe('settings/locked');
      expect(codeOf(await remote.change('language', 'de'))).toBe('settings/locked');
    }
    const own = new Screen();
    expect((await own.read()).snapshot).toEqual({ pin: 'none', localScreen: true, waitMs: 0 });
    expect(codeOf(await own.setPin('123456'))).toBe('pin/weak');
    expect(codeOf(await own.setPin(PIN))).toBe('ok');
    expect(rig.journal()).toEqual([['pin-set', { by: 'own-screen' }]]);
    // From now on the PIN is required on every screen, for the language too.
    expect(codeOf(await new Screen().change('language', 'de'))).toBe('settings/locked');
    expect(codeOf(await new Screen().setPin('482659'))).toBe('settings/locked');
    expect(codeOf(await remoteScreens[0]!.unlock(PIN))).toBe('ok');
  });

  it.each([[undefined], [{}], ['1'.repeat(13)], [123_456]])('reject a PIN such as %j', async (pin) => {
    expect(codeOf(await new Screen().setPin(pin as unknown as string))).toBe('request/invalid');
  });
});

describe('a reply', () => {
  let own: Screen;

  async function readsOf(ask: () => Promise<SettingsReply>): Promise<readonly string[]> {
    rig.reads.splice(0);
    expect(codeOf(await ask())).toBe('ok');
    return rig.reads.toSorted();
  }

  beforeEach(async () => {
    own = new Screen();
    await own.setPin(PIN);
  });

  it('reads each file once, whatever the number of settings and their choices', async () => {
    expect(await readsOf(() => new Screen().read())).toEqual(['pin.json']);
    expect(await readsOf(own.read)).toEqual(['camera.json', 'pin.json']);
  });

  it('to a change or a PIN reads each file once more, for the preceding check', async () => {
    const twice = (name: string): string[] => [name, name];
    expect(await readsOf(() => own.change('camera', 'auto'))).toEqual([...twice('camera.json'), 'pin.json']);
    expect(await readsOf(() => own.unlock(PIN))).toEqual(['camera.json', ...twice('pin.json')]);
  });

  it('reflects these reads, and reads no file in another way', async () => {
    const choices = async () => valueOf(await own.read(), 'camera')?.choices;
    expect(await choices()).toEqual(['phantom', 'auto', 'libcamera', 'v4l2']);
    rig.texts.set('camera.json', '{"driver":"v4l2","settings":{"KIOSK_CAMERA_GAIN":"not a number"}}');
    expect(await choices()).toEqual(['phantom', 'libcamera']);
    rig.texts.set('camera.json', 'damaged');
    expect(await choices()).toEqual([]);
    rig.texts.set('pin.json', '{"state":"reset"}');
    expect((await own.read()).snapshot).toMatchObject({ pin: 'none' });
  });
});

describe('an unlocked screen', () => {
  let own: Screen;

  beforeEach(async () => {
    own = new Screen();
    await own.setPin(PIN);
  });

  it('changes a setting, which is journalled, applied, and kept after a restart', async () => {
    const reply = await own.change('language', 'de');
    expect(valueOf(reply, 'language')).toMatchObject({ value: 'de', default: 'en', by: 'screen' });
    expect(rig.applied.map(([setting, config]) => [setting, config.language])).toEqual([['language', 'de']]);
    const changed = ['setting-changed', { setting: 'language', from: 'en', to: 'de', by: 'technician' }];
    expect(rig.journal()).toContainEqual(changed);
    await rig.stop();
    await rig.start();
    expect(rig.journal().at(-1)).toEqual(['settings-in-force', { chosen: { language: 'de' }, dropped: [] }]);
    expect(loadSettings({ KIOSK_DATA_DIR: rig.log.dir }).config.language).toBe('de');
    const again = new Screen();
    expect((await again.read()).snapshot).toEqual({ pin: 'set', localScreen: true, waitMs: 0 });
    expect(valueOf(await again.unlock(PIN), 'language')).toMatchObject({ value: 'de' });
    expect(rig.log.store.verify()).toMatchObject({ intact: true });
    expect(JSON.stringify(rig.journal())).not.toContain(PIN);
  });

  it('accepts an operating point of the card, and no other', async () => {
    expect(valueOf(await own.read(), 'operatingPoint')).toMatchObject({ value: 'sensitivity 0.90' });
    expect(codeOf(await own.change('operatingPoint', '0.3'))).toBe('request/invalid');
    expect(valueOf(await own.change('operatingPoint', 'sensitivity 0.98'), 'operatingPoint')).toMatchObject({
      value: 'sensitivity 0.98',
      by: 'screen',
    });
    // The card's default is not saved: a later card may have another one.
    expect(valueOf(await own.change('operatingPoint', 'sensitivity 0.90'), 'operatingPoint')).toMatchObject({
      by: 'default',
    });
    expect(readFileSync(join(rig.log.dir, 'settings.json'), 'utf8')).toBe('{}\n');
  });

  it.each([
    ['gateFocus', 0.9],
    ['gateFocus', '0.3'],
    ['brightness', 1],
    ['idleSeconds', 0],
    ['camera', 'replay'],
    ['host', '0.0.0.0'],
    ['sound', 'true'],
  ])('cannot set %s to %j', async (setting, value) => {
    expect(codeOf(await own.change(setting as UserSetting, value))).toBe('request/invalid');
    expect(rig.applied).toEqual([]);
  });

  it('changes nothing during a session', async () => {
    rig.view.state = 'checking';
    expect(codeOf(await own.change('gateFocus', 0.3))).toBe('session/busy');
    rig.view.state = 'ready';
    expect(codeOf(await own.change('gateFocus', 0.3))).toBe('ok');
  });

  it('is locked on request, after a time, when the kiosk is idle, and when its connection closes', async () => {
    await own.lock();
    expect(codeOf(await own.change('sound', false))).toBe('settings/locked');
    await own.unlock(PIN);
    await rig.log.clock.advance(UNLOCKED_MS);
    expect(codeOf(await own.change('sound', false))).toBe('settings/locked');
    await own.unlock(PIN);
    rig.view.idle = true;
    rig.view.change();
    expect(codeOf(await own.change('sound', false))).toBe('settings/locked');
    rig.view.idle = false;
    await own.unlock(PIN);
    expect((await new Screen().read()).snapshot).not.toHaveProperty('unlocked');
  });

  it('changes the PIN, which locks every other screen', async () => {
    const other = new Screen();
    await other.unlock(PIN);
    expect(codeOf(await own.setPin('482659'))).toBe('ok');
    expect(codeOf(await other.change('sound', false))).toBe('settings/locked');
    expect(codeOf(await other.unlock(PIN))).toBe('pin/wrong');
    expect(codeOf(await other.unlock('482659'))).toBe('ok');
  });

  it('has to wait after the third wrong PIN, even after a restart', async () => {
    const other = new Screen();
    const wrong = [await other.unlock('1'), await other.unlock('2'), await other.unlock('3')];
    expect(wrong.map(codeOf)).toEqual(['pin/wrong', 'pin/wrong', 'pin/wrong']);
    expect(wrong.at(-1)!.snapshot.waitMs).toBe(30_000);
    await rig.stop();
    await rig.start();
    const after = await new Screen().unlock(PIN);
    expect([codeOf(after), after.snapshot.waitMs]).toEqual(['pin/wait', 30_000]);
    const counted = rig.journal().filter(([kind]) => kind === 'pin-wrong');
    expect(counted.map(([, body]) => body)).toEqual([{ failures: 1 }, { failures: 2 }, { failures: 3 }]);
  });

  it('cannot change a setting fixed by the environment, and reports the variable', async () => {
    await rig.stop();
    await rig.start({ KIOSK_LANGUAGE: 'fr' });
    const screen = new Screen();
    const reply = await screen.unlock(PIN);
    expect(valueOf(reply, 'language')).toMatchObject({
      value: 'fr',
      by: 'environment',
      variable: 'KIOSK_LANGUAGE',
    });
    expect(codeOf(await screen.change('language', 'de'))).toBe('settings/pinned');
  });
});
