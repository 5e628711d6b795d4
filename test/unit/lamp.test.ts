import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { BLINK_MS, lampSignal, lightAt, PATTERNS, type LampSignal } from '../../src/lamp/patterns.ts';
import { openLamp, type LampHardware } from '../../src/lamp/opening.ts';
import { LampPlayer } from '../../src/lamp/player.ts';
import type { Lamp } from '../../src/lamp/port.ts';
import { KioskError } from '../../src/lib/errors.ts';
import { signalOf, type Signal } from '../../src/protocol/signal.ts';
import { STATEMENTS, type SessionView, type View } from '../../src/protocol/view.ts';
import { FakeClock } from '../fakes/clock.ts';
import { FakeView, MemoryLogger, SHOWING } from '../fakes/server-parts.ts';

const CALM: View = {
  ...new FakeView().current(),
  button: { driver: 'onoff', state: 'ready' },
  model: { state: 'ready', name: 'a', version: '1', sha256: 'b', engine: 'c', threshold: 0.3 },
};
const SIGNALS = Object.keys(PATTERNS) as LampSignal[];
const head = { id: 'a', number: 1, source: 'camera' } as const;

describe('the signal of a view', () => {
  it.each([
    [{ state: 'ready' }, 'ready'],
    [{ state: 'capturing', ...head }, 'busy'],
    [{ state: 'checking', ...head }, 'busy'],
    [{ state: 'classifying', ...head }, 'busy'],
    [{ state: 'retake', reason: 'too-dark', picture: '/picture', ...head }, 'retake'],
    [{ state: 'fault', code: 'camera/lost' }, 'fault'],
    [SHOWING, 'ok'],
    [{ ...SHOWING, result: { outcome: 'withheld', reason: 'unsure', model: SHOWING.result.model } }, 'ok'],
  ] satisfies [SessionView, Signal][])('of a session %j is %s', (session, signal) => {
    expect(signalOf({ ...CALM, session })).toBe(signal);
    // Other conditions count only without a session.
    expect(signalOf({ ...CALM, session, storage: { state: 'failed', code: 'store/full' } })).toBe(
      signal === 'ready' ? 'fault' : signal,
    );
  });

  it.each([
    [{ camera: { ...CALM.camera, state: 'lost' } }, 'fault'],
    [{ camera: { ...CALM.camera, state: 'stalled' } }, 'fault'],
    [{ camera: { ...CALM.camera, state: 'starting' } }, 'busy'],
    [{ camera: { ...CALM.camera, state: 'stopped' } }, 'busy'],
    [{ model: { state: 'none', reason: '' } }, 'fault'],
    [{ model: { state: 'loading' } }, 'busy'],
    [{ model: { state: 'loading' }, camera: { ...CALM.camera, state: 'lost' } }, 'fault'],
  ] satisfies [Partial<View>, Signal][])('with %j is %s', (parts, signal) => {
    expect(signalOf({ ...CALM, ...parts })).toBe(signal);
  });

  it.each(['touch-only', 'stuck'] as const)('does not invite a press of a button that is %s', (state) => {
    const view: View = { ...CALM, button: { driver: 'onoff', state } };
    expect(lampSignal(view)).toBe('fault');
    expect(signalOf(view)).toBe('ready');
    expect(lampSignal({ ...view, session: SHOWING })).toBe('below');
  });
});

describe('the lamp shows the statement', () => {
  it.each(STATEMENTS)('%s', (statement) => {
    const session = { ...SHOWING, result: { ...SHOWING.result, statement } };
    expect(lampSignal({ ...CALM, session })).toBe(statement);
  });

  it('and no answer where the result is withheld', () => {
    const result = { outcome: 'withheld', reason: 'unsure', model: SHOWING.result.model } as const;
    expect(lampSignal({ ...CALM, session: { ...SHOWING, result } })).toBe('no-answer');
  });
});

describe('the patterns of the lamp', () => {
  /** Times of its changes from dark to lit within `forMs`. */
  function flashes(signal: LampSignal, forMs: number): readonly number[] {
    const found: number[] = [];
    let before = lightAt(signal, 0).lit;
    for (let at = 1; at < forMs; at += 1) {
      const { lit } = lightAt(signal, at);
      if (lit && !before) found.push(at);
      before = lit;
    }
    return found;
  }

  it.each(SIGNALS)('%s flashes at most three times in any second', (signal) => {
    const times = flashes(signal, 20_000);
    times.slice(3).forEach((at, i) => {
      expect(at - times[i]!).toBeGreaterThanOrEqual(1000);
    });
  });

  it('differ in rhythm alone, without colour', () => {
    const rhythms = SIGNALS.map((signal) =>
      flashes(signal, 6_000)
        .map((at) => Math.round(at / 100))
        .join(' '),
    );
    expect(new Set(rhythms).size).toBe(SIGNALS.length);
  });

  it('keep the reported state for the reported time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SIGNALS), fc.nat(1e9), (signal, quarters) => {
        // Quarters of a millisecond avoid rounding errors at the end of a phase.
        const at = quarters / 4;
        const { lit, forMs } = lightAt(signal, at);
        expect(forMs).toBeGreaterThan(0);
        if (forMs === Infinity) return;
        expect(lightAt(signal, at + forMs / 2).lit).toBe(lit);
        expect(lightAt(signal, at + forMs + 1).lit).toBe(!lit);
      }),
    );
  });

  it('start dark except for ready, so that a press causes a visible change', () => {
    for (const signal of SIGNALS) expect(lightAt(signal, 0).lit).toBe(signal === 'ready');
  });
});

/** A lamp that records its changes and fails on request. */
class FakeLamp implements Lamp {
  readonly location = 'a table';
  readonly changes: boolean[] = [];
  broken = false;
  failure: KioskError | undefined;
  stops = 0;

  start(): Promise<void> {
    return this.failure === undefined ? Promise.resolve() : Promise.reject(this.failure);
  }

  light(on: boolean): void {
    if (this.broken) throw new Error('ENODEV');
    if (this.changes.at(-1) !== on) this.changes.push(on);
  }

  stop(): Promise<void> {
    this.stops += 1;
    return Promise.resolve();
  }
}

/** A view that is changed by the test. */
class StagedView {
  #view: View = CALM;
  #listener: () => void = () => {};

  current(): View {
    return this.#view;
  }

  onChange(listener: () => void): () => void {
    this.#listener = listener;
    return () => {
      this.#listener = () => {};
    };
  }

  show(parts: Partial<View>): void {
    this.#view = { ...this.#view, ...parts };
    this.#listener();
  }
}

describe('the lamp', () => {
  let clock: FakeClock;
  let view: StagedView;
  let lamp: FakeLamp;
  let log: MemoryLogger;
  let player: LampPlayer;

  beforeEach(() => {
    clock = new FakeClock();
    view = new StagedView();
    lamp = new FakeLamp();
    log = new MemoryLogger();
    player = new LampPlayer({
      openLamp: () => Promise.resolve({ lamp, reason: lamp.location }),
      view,
      clock,
      log,
    });
  });

  it('logs its location and how it was selected', async () => {
    await player.start();
    expect(log.lines).toMatchObject([{ level: 'info', fields: { lamp: 'a table' } }]);
  });

  it('is steady when ready, and reacts to a press immediately', async () => {
    await player.start();
    await clock.advance(10_000);
    expect(lamp.changes).toEqual([true]);
    view.show({ session: { state: 'capturing', ...head } });
    expect(lamp.changes).toEqual([true, false]);
  });

  it('continues its pattern if the signal does not change', async () => {
    await player.start();
    view.show({ session: { state: 'capturing', ...head } });
    await clock.advance(300);
    view.show({ session: { state: 'checking', ...head } });
    await clock.advance(300);
    expect(lamp.changes).toEqual([true, false, true]);
  });

  it('inverts its light briefly for a blink', async () => {
    await player.start();
    player.blink();
    expect(lamp.changes).toEqual([true, false]);
    await clock.advance(BLINK_MS);
    expect(lamp.changes).toEqual([true, false, true]);
  });

  it('blinks for the duration of a test, then resumes', async () => {
    await player.start();
    expect(player.status()).toEqual({ state: 'ready', location: 'a table' });
    player.test(1_000);
    await clock.advance(1_000);
    expect(lamp.changes).toEqual([true, false, true, false, true, false, true]);
    await clock.advance(5_000);
    expect(lamp.changes.at(-1)).toBe(true);
    expect(lamp.changes).toHaveLength(7);
  });

  it('is released on stop, and does nothing afterwards', async () => {
    await player.start();
    await player.stop();
    await player.stop();
    view.show({ session: { state: 'capturing', ...head } });
    player.blink();
    await clock.advance(5_000);
    expect(lamp.changes).toEqual([true]);
    expect(lamp.stops).toBe(1);
  });

  it('is reported once if it fails, and not used again', async () => {
    await player.start();
    lamp.broken = true;
    for (const state of ['capturing', 'checking'] as const) view.show({ session: { state, ...head } });
    view.show({ session: { state: 'ready' } });
    player.blink();
    await clock.advance(5_000);
    expect(log.lines.map(({ level }) => level)).toEqual(['info', 'warn']);
    expect(lamp.stops).toBe(1);
    expect(player.status()).toEqual({ state: 'failed', reason: 'ENODEV' });
  });

  it('does not prevent the start if it is unavailable', async () => {
    const none = new LampPlayer({
      openLamp: () => Promise.reject(new KioskError('gpio/busy', 'taken')),
      ...{ view, clock, log },
    });
    await none.start();
    none.blink();
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { code: 'gpio/busy' } }]);
    expect(none.status()).toEqual({ state: 'failed', reason: 'taken' });
    await none.stop();
  });

  it('is not reported as missing if none is configured', async () => {
    const none = new LampPlayer({ openLamp: () => Promise.resolve(undefined), view, clock, log });
    await none.start();
    none.blink();
    view.show({ session: SHOWING });
    await none.stop();
    expect(log.lines).toEqual([]);
  });
});

describe('lamp selection', () => {
  /** Lamps of which some are missing, and the names that were tried. */
  function lamps(...missing: readonly LampHardware[]) {
    const tried: LampHardware[] = [];
    const make = (name: LampHardware): Promise<Lamp> => {
      tried.push(name);
      const lamp = new FakeLamp();
      if (missing.includes(name)) lamp.failure = new KioskError('gpio/no-driver', `no ${name}`);
      return Promise.resolve(lamp);
    };
    return { tried, make };
  }

  it('by auto uses the first that works, and reports its reasons', async () => {
    const { tried, make } = lamps('gpiod');
    expect(await openLamp('auto', make)).toMatchObject({
      reason: 'auto found a table; skipped gpiod: no gpiod',
    });
    expect(tried).toEqual(['gpiod', 'onoff']);
  });

  it('by auto stops trying after the first that works', async () => {
    const { tried, make } = lamps();
    expect(await openLamp('auto', make)).toMatchObject({ reason: 'auto found a table' });
    expect(tried).toEqual(['gpiod']);
  });

  it('by auto reports every reason if none works', async () => {
    await expect(openLamp('auto', lamps('gpiod', 'onoff').make)).rejects.toMatchObject({
      code: 'lamp/none',
      message: 'no lamp found. gpiod: no gpiod; onoff: no onoff',
    });
  });

  it('by name uses that lamp or fails with its error', async () => {
    const { tried, make } = lamps('gpiod');
    await expect(openLamp('gpiod', make)).rejects.toMatchObject({ code: 'gpio/no-driver' });
    expect(await openLamp('onoff', make)).toMatchObject({ reason: 'a table' });
    expect(tried).toEqual(['gpiod', 'onoff']);
  });

  it('returns none if none is configured', async () => {
    const { tried, make } = lamps();
    expect(await openLamp('none', make)).toBeUndefined();
    expect(tried).toEqual([]);
  });
});
