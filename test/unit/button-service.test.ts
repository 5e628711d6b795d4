import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HARDWARE, openKeys, type HardwareName, type OpenKey } from '../../src/button/opening.ts';
import type { Key, KeyEvent } from '../../src/button/port.ts';
import { ButtonService, type ButtonServiceOptions } from '../../src/button/button-service.ts';
import { codeOf, KioskError } from '../../src/lib/errors.ts';
import type { ButtonView, SessionView } from '../../src/protocol/view.ts';
import { FakeClock } from '../fakes/clock.ts';
import { FakeSession, MemoryLogger, SHOWING } from '../fakes/server-parts.ts';
import { MemoryStore } from '../fakes/store.ts';

/** A key that a test operates. */
class ManualKey implements Key {
  readonly driver: HardwareName;
  holdsLine = false;
  failure: KioskError | undefined;
  started = false;
  readonly #clock: FakeClock;
  #emit: (event: KeyEvent) => void = () => {};

  constructor(driver: HardwareName, clock: FakeClock) {
    this.driver = driver;
    this.#clock = clock;
  }

  start(emit: (event: KeyEvent) => void): Promise<void> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    this.started = true;
    this.holdsLine = this.driver !== 'input';
    this.#emit = emit;
    this.found();
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.started = false;
    this.#emit = () => {};
    return Promise.resolve();
  }

  found(): void {
    this.#emit({
      type: 'found',
      pressed: false,
      at: this.#clock.monotonic(),
      location: `the ${this.driver}`,
    });
  }

  gone(): void {
    this.#emit({ type: 'gone', at: this.#clock.monotonic(), reason: `the ${this.driver} is gone` });
  }

  set(pressed: boolean): void {
    this.#emit({ type: 'level', pressed, at: this.#clock.monotonic() });
  }
}

/** A session in a state set by the test. */
class StagedSession extends FakeSession {
  state: SessionView = { state: 'ready' };

  override session(): SessionView {
    return this.state;
  }
}

const head = { id: 'a', number: 1, source: 'camera' } as const;
const RETAKE: SessionView = { state: 'retake', reason: 'too-dark', picture: '/picture', ...head };
const FAULT: SessionView = { state: 'fault', code: 'camera/lost', ...head };

class Rig {
  readonly clock = new FakeClock();
  readonly session = new StagedSession();
  readonly store = new MemoryStore(this.clock);
  readonly log = new MemoryLogger();
  readonly views: ButtonView[] = [];
  readonly keys: Record<HardwareName, ManualKey>;
  readonly buttons: ButtonService;
  blinks = 0;

  constructor(config: Partial<ButtonServiceOptions['config']> = {}) {
    const { clock, session, store, log } = this;
    this.keys = {
      input: new ManualKey('input', clock),
      gpiod: new ManualKey('gpiod', clock),
      onoff: new ManualKey('onoff', clock),
    };
    this.buttons = new ButtonService({
      config: { button: 'onoff', buttonDebounceMs: 60, buttonLongPressMs: 1000, ...config },
      makeKey: (name) => Promise.resolve(this.keys[name]),
      blink: () => {
        this.blinks += 1;
      },
      view: { setButton: (view) => this.views.push(view) },
      ...{ session, store, clock, log },
    });
  }

  get view(): ButtonView | undefined {
    return this.views.at(-1);
  }

  get captures(): number {
    return this.session.requests.length;
  }

  /** Rows of the journal since the start, with their bodies. */
  rows(): string[] {
    return this.store.journal.slice(1).map(({ kind, body }) => `${kind} ${body}`);
  }

  async hold(ms: number, key = this.keys.onoff): Promise<void> {
    key.set(true);
    await this.clock.advance(ms);
  }

  async press(ms = 120, key = this.keys.onoff): Promise<void> {
    await this.hold(ms, key);
    key.set(false);
    await this.clock.advance(600);
  }
}

let rig: Rig;

beforeEach(async () => {
  rig = new Rig();
  await rig.buttons.start();
  await rig.clock.advance(1000);
});

afterEach(() => rig.buttons.stop());

describe('a press over the live preview', () => {
  it('captures at once, with the time of its edge, however long it is held', async () => {
    await rig.hold(100);
    expect(rig.session.requests).toEqual([{ source: 'camera', at: 1000 }]);
    rig.session.state = SHOWING;
    await rig.hold(5000);
    rig.keys.onoff.set(false);
    await rig.clock.advance(100);
    expect(rig.captures).toBe(1);
    expect(rig.session.commands).toEqual([]);
  });

  it('that is repeated captures once; the second is journalled and acknowledged', async () => {
    await rig.hold(100);
    rig.keys.onoff.set(false);
    await rig.clock.advance(100);
    await rig.press(100);
    expect(rig.captures).toBe(1);
    expect(rig.blinks).toBe(1);
    expect(rig.rows()).toEqual(['press-ignored {"reason":"double-press","source":"camera"}']);
  });

  it('during a session is rejected by the session', async () => {
    rig.session.state = { state: 'checking', ...head };
    rig.session.failure = new KioskError('session/busy', 'busy');
    await rig.press();
    expect(rig.log.lines).toMatchObject([
      { level: 'info' },
      { level: 'debug', fields: { code: 'session/busy' } },
    ]);
  });
});

describe.each([
  ['a result', SHOWING, 'discard'],
  ['a retake', RETAKE, 'dismiss'],
  ['a fault', FAULT, 'dismiss'],
] as const)('a press over %s', (_, state, leaving) => {
  beforeEach(() => {
    rig.session.state = state;
  });

  it('is acknowledged at its edge, and captures on release', async () => {
    await rig.hold(100);
    expect(rig.blinks).toBe(1);
    expect(rig.view).toMatchObject({ state: 'ready', held: true });
    expect(rig.captures).toBe(0);
    rig.keys.onoff.set(false);
    await rig.clock.advance(100);
    expect(rig.session.requests).toEqual([{ source: 'camera', at: 1100 }]);
    expect(rig.view).not.toHaveProperty('held');
  });

  it(`that becomes long triggers ${leaving} immediately and captures nothing`, async () => {
    await rig.hold(999);
    expect(rig.session.commands).toEqual([]);
    await rig.hold(1);
    expect(rig.session.commands).toEqual([leaving]);
    expect(rig.view).not.toHaveProperty('held');
    await rig.press(300);
    expect(rig.captures).toBe(0);
    expect(rig.session.commands).toEqual([leaving]);
  });

  it('captures at its edge if long presses are disabled', async () => {
    rig = new Rig({ buttonLongPressMs: 0 });
    await rig.buttons.start();
    rig.session.state = state;
    await rig.hold(5000);
    expect(rig.captures).toBe(1);
    expect(rig.session.commands).toEqual([]);
  });

  it('has no effect if the key is lost before its release', async () => {
    await rig.hold(100);
    rig.keys.onoff.gone();
    await rig.clock.advance(5000);
    expect([rig.captures, rig.session.commands]).toEqual([0, []]);
    rig.keys.onoff.found();
    expect(rig.view).toEqual({ driver: 'onoff', state: 'ready', reason: 'the onoff' });
  });
});

describe('a stuck button', () => {
  it('is reported, journalled once, captures nothing and is cleared on release', async () => {
    rig.session.failure = new KioskError('session/busy', 'busy');
    await rig.hold(100);
    rig.session.failure = undefined;
    await rig.hold(3_600_000);
    expect(rig.view).toEqual({ driver: 'onoff', state: 'stuck', reason: 'the onoff' });
    expect(rig.rows()).toEqual(['button-stuck {"driver":"onoff"}']);
    expect(rig.captures).toBe(0);
    rig.keys.onoff.set(false);
    await rig.clock.advance(600);
    expect(rig.view).toEqual({ driver: 'onoff', state: 'ready', reason: 'the onoff' });
    expect(rig.rows().slice(1)).toEqual(['button-freed {"driver":"onoff"}']);
    await rig.press();
    expect(rig.captures).toBe(1);
  });

  it('is reported even if the disk is full', async () => {
    rig.store.fail('store/full');
    await rig.hold(11_000);
    expect(rig.view).toMatchObject({ state: 'stuck' });
    expect(rig.log.lines.at(-1)).toMatchObject({ level: 'error', fields: { code: 'store/full' } });
  });
});

describe('a button that is disconnected', () => {
  it('leaves only touch until it is found again', async () => {
    rig.keys.onoff.gone();
    expect(rig.view).toMatchObject({
      state: 'touch-only',
      reason: expect.stringContaining('is gone') as string,
    });
    rig.keys.onoff.found();
    expect(rig.view).toEqual({ driver: 'onoff', state: 'ready', reason: 'the onoff' });
    expect(rig.rows()).toEqual(['button-gone {"driver":"onoff"}', 'button-found {"driver":"onoff"}']);
    await rig.press();
    expect(rig.captures).toBe(1);
  });
});

describe('a button that is unavailable', () => {
  it('leaves only touch, with the reason, and is retried', async () => {
    rig = new Rig();
    rig.keys.onoff.failure = new KioskError('gpio/no-permission', 'not permitted: group gpio');
    await rig.buttons.start();
    expect(rig.view).toEqual({ driver: 'onoff', state: 'touch-only', reason: 'not permitted: group gpio' });
    await rig.clock.advance(600_000);
    expect(rig.views).toHaveLength(1);
    expect(rig.log.lines).toMatchObject([{ level: 'warn', fields: { code: 'gpio/no-permission' } }]);
    rig.keys.onoff.failure = undefined;
    await rig.clock.advance(15_000);
    expect(rig.view).toMatchObject({ state: 'ready' });
  });

  it('is not retried after a stop', async () => {
    rig = new Rig();
    rig.keys.onoff.failure = new KioskError('gpio/busy', 'taken');
    await rig.buttons.start();
    await rig.buttons.stop();
    rig.keys.onoff.failure = undefined;
    await rig.clock.advance(60_000);
    expect(rig.keys.onoff.started).toBe(false);
  });

  it('does not disable the virtual button, which does not hide the reason', async () => {
    rig = new Rig();
    rig.keys.onoff.failure = new KioskError('gpio/busy', 'taken');
    await rig.buttons.start();
    rig.session.state = SHOWING;
    rig.buttons.press();
    expect(rig.captures).toBe(1);
    expect(rig.view).toEqual({ driver: 'onoff', state: 'touch-only', reason: 'taken' });
  });
});

describe('the virtual button alone', () => {
  it('is ready and captures in every state of the screen', async () => {
    rig = new Rig({ button: 'virtual' });
    await rig.buttons.start();
    expect(rig.view).toEqual({ driver: 'virtual', state: 'ready' });
    for (const state of [{ state: 'ready' }, SHOWING, RETAKE, FAULT] satisfies SessionView[]) {
      await rig.clock.advance(1000);
      rig.session.state = state;
      rig.buttons.press();
    }
    expect(rig.captures).toBe(4);
    await rig.clock.advance(60_000);
    expect(rig.view).toEqual({ driver: 'virtual', state: 'ready' });
  });
});

describe('driver selection by auto', () => {
  const fail = (name: HardwareName, words: string): void => {
    rig.keys[name].failure = new KioskError('gpio/no-driver', words);
  };

  async function choose(): Promise<ButtonView | undefined> {
    await rig.buttons.start();
    return rig.view;
  }

  beforeEach(() => {
    rig = new Rig({ button: 'auto' });
  });

  it('uses an input device and the first GPIO driver that works, and reports its reasons', async () => {
    fail('gpiod', 'no package');
    expect(await choose()).toEqual({
      driver: 'input + onoff',
      state: 'ready',
      reason: 'auto found the input and the onoff; skipped gpiod: no package',
    });
    await rig.press(120, rig.keys.input);
    await rig.press(120, rig.keys.onoff);
    expect(rig.captures).toBe(2);
  });

  it('does not try onoff if gpiod has the line', async () => {
    expect((await choose())?.driver).toBe('input + gpiod');
    expect(rig.keys.onoff.started).toBe(false);
  });

  it('tries no GPIO driver for a line that gpio-keys holds', async () => {
    const opened = await openKeys('auto', (name) => Promise.resolve(openKey(name, name === 'input')));
    expect(opened.keys.map(({ driver }) => driver)).toEqual(['input']);
  });

  it('leaves only touch, with every reason, if no driver works', async () => {
    for (const name of HARDWARE) fail(name, `no ${name}`);
    expect(await choose()).toEqual({
      driver: 'auto',
      state: 'touch-only',
      reason: 'no button found. input: no input; gpiod: no gpiod; onoff: no onoff',
    });
  });

  it('stays ready while one driver works, and is stuck if one is stuck', async () => {
    await choose();
    rig.keys.input.gone();
    expect(rig.view).toMatchObject({
      state: 'ready',
      reason: expect.stringContaining('input is gone') as string,
    });
    await rig.hold(11_000, rig.keys.gpiod);
    expect(rig.view).toMatchObject({ state: 'stuck', reason: 'the gpiod' });
    rig.keys.gpiod.set(false);
    rig.keys.gpiod.gone();
    expect(rig.view).toMatchObject({ state: 'touch-only' });
  });
});

describe('a press by software', () => {
  const codeOfPress = (): string | undefined => {
    try {
      rig.buttons.press();
      return undefined;
    } catch (error) {
      return codeOf(error);
    }
  };

  it.each([{ state: 'ready' } as const, SHOWING, RETAKE, FAULT])(
    'pressed twice 180 ms apart captures once and journals the second, in state $state',
    async (state) => {
      rig.session.state = state;
      expect(codeOfPress()).toBeUndefined();
      await rig.clock.advance(180);
      expect(codeOfPress()).toBe('session/repeated-press');
      expect(rig.captures).toBe(1);
      expect(rig.rows()).toEqual(['press-ignored {"reason":"double-press","source":"camera"}']);
      await rig.clock.advance(500);
      expect(codeOfPress()).toBeUndefined();
    },
  );

  it('never becomes a long press, and returns the session it started', () => {
    rig.session.state = SHOWING;
    expect(rig.buttons.press()).toEqual({ id: expect.any(String) as string });
    expect(rig.views.some(({ held }) => held === true)).toBe(false);
  });

  it('is rejected if the session rejects it, and by a stopped kiosk', async () => {
    rig.session.failure = new KioskError('session/busy', 'a session is in progress');
    expect(codeOfPress()).toBe('session/busy');
    await rig.buttons.stop();
    expect(codeOfPress()).toBe('session/aborted');
  });
});

describe('waiting for a press', () => {
  const wait = (signal = new AbortController().signal) => rig.buttons.nextPress(10_000, signal);

  it('returns which key was pressed and starts no session; the next press captures again', async () => {
    const waiting = wait();
    await rig.press();
    expect(await waiting).toEqual({ driver: 'onoff', location: 'the onoff' });
    expect([rig.captures, rig.blinks]).toEqual([0, 1]);
    expect(rig.rows()).toEqual(['button-tested {"driver":"onoff"}']);
    await rig.press();
    expect(rig.captures).toBe(1);
  });

  it('leaves the result on the screen, even for a long press', async () => {
    rig.session.state = SHOWING;
    const waiting = wait();
    await rig.hold(2_000);
    rig.keys.onoff.set(false);
    await rig.clock.advance(600);
    expect(await waiting).toBeDefined();
    expect([rig.captures, rig.session.commands]).toEqual([0, []]);
  });

  it('ends at the time limit, when aborted, and when the kiosk stops', async () => {
    const late = wait();
    await rig.clock.advance(10_000);
    expect(await late).toBeUndefined();
    const left = new AbortController();
    const waiting = wait(left.signal);
    left.abort();
    expect(await waiting).toBeUndefined();
    await rig.press();
    expect(rig.captures).toBe(1);
    const stopping = wait();
    await rig.buttons.stop();
    expect(await stopping).toBeUndefined();
    expect(await wait()).toBeUndefined();
  });

  it('reports the press to every waiter', async () => {
    const waiting = Promise.all([wait(), wait()]);
    expect(() => rig.buttons.press()).toThrow('the button is being tested');
    await rig.clock.advance(100);
    expect((await waiting).map((press) => press?.driver)).toEqual(['virtual', 'virtual']);
    expect(rig.rows()).toHaveLength(1);
  });
});

function openKey(driver: HardwareName, holdsLine: boolean): OpenKey {
  return { driver, holdsLine, location: driver, stop: () => Promise.resolve() };
}
