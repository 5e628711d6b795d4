import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GpiodGpio } from '../../src/gpio/drivers/gpiod.ts';
import { OnoffGpio } from '../../src/gpio/drivers/onoff.ts';
import type { Gpio } from '../../src/gpio/port.ts';
import { GpioLamp } from '../../src/lamp/drivers/gpio.ts';
import { openLamp } from '../../src/lamp/opening.ts';
import { PATTERNS, type LampSignal } from '../../src/lamp/patterns.ts';
import { LampPlayer } from '../../src/lamp/player.ts';
import type { ResultView, SessionView, Statement, View } from '../../src/protocol/view.ts';
import { FakeClock } from '../fakes/clock.ts';
import { GpiodBoard } from '../fakes/gpiod.ts';
import { FakeView, MemoryLogger, SHOWING } from '../fakes/server-parts.ts';
import { SysfsGpio } from '../fakes/sysfs-gpio.ts';
import type { Wire } from '../fakes/wire.ts';

const head = { id: 'a', number: 1, source: 'camera' } as const;

function stated(statement: Statement): SessionView {
  return { ...SHOWING, result: { ...SHOWING.result, statement } as ResultView };
}

/** A session with each signal. */
const SESSIONS: Readonly<Record<LampSignal, SessionView>> = {
  ready: { state: 'ready' },
  busy: { state: 'capturing', ...head },
  above: stated('above'),
  at: stated('at'),
  below: stated('below'),
  'no-answer': {
    ...SHOWING,
    result: { outcome: 'withheld', reason: 'unsure', model: SHOWING.result.model },
  },
  retake: { state: 'retake', reason: 'too-dark', picture: '/picture', ...head },
  fault: { state: 'fault', code: 'camera/lost' },
};

describe.each([
  ['onoff', false],
  ['onoff', true],
  ['gpiod', false],
  ['gpiod', true],
] as const)('a lamp on a line by %s, active low: %s', (driver, activeLow) => {
  let clock: FakeClock;
  let boards: readonly [SysfsGpio, GpiodBoard];
  let wire: Wire;
  let gpio: Gpio;
  let view: View;
  let player: LampPlayer;
  let notify: () => void;

  beforeEach(() => {
    clock = new FakeClock();
    boards = [new SysfsGpio().addPi5(), new GpiodBoard().addPi5()];
    const [sysfs, dev] = boards;
    wire = driver === 'onoff' ? sysfs.wire(569 + 27) : dev.wire('pinctrl-rp1', 27);
    gpio =
      driver === 'onoff'
        ? new OnoffGpio({ sysfsRoot: sysfs.root, load: sysfs.load })
        : new GpiodGpio({ clock, devRoot: dev.root, load: dev.load });
    view = {
      ...new FakeView().current(),
      model: { state: 'ready', name: 'a', version: '1', sha256: 'b', engine: 'c', threshold: 0.3 },
    };
    notify = () => {};
    const request = { line: 27, chipLabel: '', activeLow, setting: 'KIOSK_LAMP' } as const;
    player = new LampPlayer({
      openLamp: () => openLamp(driver, () => Promise.resolve(new GpioLamp({ gpio, request }))),
      view: {
        current: () => view,
        onChange: (listener) => {
          notify = listener;
          return () => (notify = () => {});
        },
      },
      clock,
      log: new MemoryLogger(),
    });
  });

  afterEach(async () => {
    await player.stop();
    for (const board of boards) board.dispose();
  });

  const lit = (): boolean => wire.high !== activeLow;

  function show(signal: LampSignal): void {
    view = { ...view, session: SESSIONS[signal] };
    notify();
  }

  it('is steady when the kiosk is ready', async () => {
    await player.start();
    for (let at = 0; at < 5_000; at += 50) {
      expect(lit()).toBe(true);
      await clock.advance(50);
    }
  });

  it.each(['busy', 'above', 'at', 'below', 'no-answer', 'retake', 'fault'] as const)(
    'repeats the pattern %s',
    async (signal) => {
      await player.start();
      show(signal);
      const { first, ms } = PATTERNS[signal];
      for (let round = 0; round < 3; round += 1) {
        let expected = first === 'lit';
        for (const part of ms) {
          expect(lit()).toBe(expected);
          await clock.advance(part - 1);
          expect(lit()).toBe(expected);
          await clock.advance(1);
          expected = !expected;
        }
      }
    },
  );

  it('is dark after a stop, whatever the pattern', async () => {
    await player.start();
    expect(lit()).toBe(true);
    await player.stop();
    expect(lit()).toBe(false);
    show('busy');
    await clock.advance(5_000);
    expect(lit()).toBe(false);
  });
});
