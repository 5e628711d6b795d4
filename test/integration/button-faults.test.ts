import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GpioKey } from '../../src/button/drivers/gpio.ts';
import { ButtonService } from '../../src/button/button-service.ts';
import { GpiodGpio } from '../../src/gpio/drivers/gpiod.ts';
import { OnoffGpio } from '../../src/gpio/drivers/onoff.ts';
import type { LineRequest } from '../../src/gpio/port.ts';
import type { ButtonView } from '../../src/protocol/view.ts';
import { FakeClock } from '../fakes/clock.ts';
import { GpiodBoard } from '../fakes/gpiod.ts';
import { FakeSession, MemoryLogger } from '../fakes/server-parts.ts';
import { MemoryStore } from '../fakes/store.ts';
import { SysfsGpio } from '../fakes/sysfs-gpio.ts';
import type { Wire } from '../fakes/wire.ts';

const REQUEST: LineRequest = { line: 17, chipLabel: '', activeLow: true, setting: 'KIOSK_BUTTON' };

/** From the wire to the session, as the kiosk is wired: shows how a faulty contact affects the whole chain. */
class Bench {
  readonly clock = new FakeClock();
  readonly session = new FakeSession();
  readonly store = new MemoryStore(this.clock);
  readonly wire: Wire;
  readonly buttons: ButtonService;
  readonly #boards = [new SysfsGpio(), new GpiodBoard()] as const;
  view: ButtonView | undefined;
  blinks = 0;

  constructor(driver: 'onoff' | 'gpiod') {
    const { clock, session, store } = this;
    const [sysfs, dev] = this.#boards;
    sysfs.addPi5();
    dev.addPi5();
    this.wire = driver === 'onoff' ? sysfs.wire(569 + 17) : dev.wire('pinctrl-rp1', 17);
    const gpio =
      driver === 'onoff'
        ? new OnoffGpio({ sysfsRoot: sysfs.root, load: sysfs.load })
        : new GpiodGpio({ clock, devRoot: dev.root, load: dev.load });
    this.buttons = new ButtonService({
      config: { button: driver, buttonDebounceMs: 60, buttonLongPressMs: 1000 },
      makeKey: () => Promise.resolve(new GpioKey({ gpio, request: REQUEST, clock })),
      blink: () => (this.blinks += 1),
      view: { setButton: (view) => (this.view = view) },
      log: new MemoryLogger(),
      ...{ session, store, clock },
    });
  }

  get presses(): number {
    return this.session.requests.length;
  }

  /** Kinds of the journal's rows, without the first, which records the start. */
  get rows(): readonly string[] {
    return this.store.journal.slice(1).map(({ kind }) => kind);
  }

  /** Switches the contact as a hand does: it bounces for the given times, then settles. A press pulls the line low. */
  async switchTo(down: boolean, bounces: readonly number[]): Promise<void> {
    for (const ms of bounces) {
      this.wire.set(!down);
      await this.clock.advance(ms);
      this.wire.set(down);
      await this.clock.advance(ms);
    }
    this.wire.set(!down);
  }

  async dispose(): Promise<void> {
    await this.buttons.stop();
    for (const board of this.#boards) board.dispose();
  }
}

describe.each(['onoff', 'gpiod'] as const)('a contact on a line by %s', (driver) => {
  let bench: Bench;

  beforeEach(async () => {
    bench = new Bench(driver);
    await bench.buttons.start();
    await bench.clock.advance(1000);
  });

  afterEach(() => bench.dispose());

  it('that bounces on press and release starts one session per press', async () => {
    const bounces = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(bounces, bounces, fc.integer({ min: 100, max: 900 }), async (down, up, heldMs) => {
        const before = bench.presses;
        await bench.switchTo(true, down);
        await bench.clock.advance(heldMs);
        await bench.switchTo(false, up);
        await bench.clock.advance(600);
        expect(bench.presses).toBe(before + 1);
      }),
      { numRuns: 20 },
    );
    expect(bench.rows).toEqual([]);
  });

  it('that picks up interference of up to 50 ms starts no session', async () => {
    const spikes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(spikes, async (lengths) => {
        for (const ms of lengths) {
          bench.wire.set(false);
          await bench.clock.advance(ms);
          bench.wire.set(true);
          await bench.clock.advance(10);
        }
        await bench.clock.advance(200);
        expect(bench.presses).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  it('that is pressed twice within half a second starts one session; the lamp blinks and the journal records the second press', async () => {
    for (let i = 0; i < 2; i += 1) {
      bench.wire.set(false);
      await bench.clock.advance(100);
      bench.wire.set(true);
      await bench.clock.advance(100);
    }
    expect([bench.presses, bench.blinks, bench.rows]).toEqual([1, 1, ['press-ignored']]);
  });

  it('that sticks is reported after ten seconds, starts one session only, and does not block the touchscreen', async () => {
    bench.wire.set(false);
    await bench.clock.advance(9_900);
    expect(bench.view).toMatchObject({ state: 'ready' });
    await bench.clock.advance(300);
    expect(bench.view).toMatchObject({ state: 'stuck', reason: 'GPIO line 17 of pinctrl-rp1' });
    await bench.clock.advance(600_000);
    expect([bench.presses, bench.rows]).toEqual([1, ['button-stuck']]);
    bench.buttons.press();
    expect(bench.presses).toBe(2);
    bench.wire.set(true);
    await bench.clock.advance(200);
    expect([bench.view?.state, bench.rows.at(-1)]).toEqual(['ready', 'button-freed']);
  });
});
