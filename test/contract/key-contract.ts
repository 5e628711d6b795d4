import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Gesture } from '../../src/button/gestures.ts';
import type { Key, KeyEvent } from '../../src/button/port.ts';
import { KeyReader } from '../../src/button/reader.ts';
import type { FakeClock } from '../fakes/clock.ts';

const TIMES = { debounceMs: 60, longPressMs: 1000, stuckMs: 10_000, doublePressMs: 500 };

/** From the edge to the answer, ms. */
const ANSWER_MS = 100;

export interface KeyRig {
  readonly key: Key;
  readonly clock: FakeClock;
  /** Turns the contact as a hand does, now. */
  turn(down: boolean): void;
  /** Whether the hardware is held. */
  held(): boolean;
  dispose(): void;
}

interface Traits {
  /** Nothing in front debounces it. */
  readonly bare: boolean;
  /** It can be down when it is found, and the driver sees that. */
  readonly seesStart: boolean;
}

/** For a sentence that does not hold for a kind of key: a skipped test would ask to be mended. */
const notAtAll: (name: string, test: () => Promise<void>) => void = () => {};

/** What every key with hardware behind it does, whatever it is made of. */
export function keyContract(name: string, traits: Traits, open: () => KeyRig): void {
  describe(`${name} as a key`, () => {
    let rig: KeyRig;
    let reader: KeyReader;
    let told: Gesture[];
    let found: number;

    beforeEach(() => {
      rig = open();
      told = [];
      found = 0;
      reader = new KeyReader({
        key: rig.key,
        times: TIMES,
        clock: rig.clock,
        listener: {
          found: () => (found += 1),
          gesture: (gesture) => told.push(gesture),
          gone: () => {},
        },
      });
    });

    afterEach(async () => {
      await reader.stop();
      rig.dispose();
    });

    const types = (): string[] => told.map(({ type }) => type);

    /** A press of some length, and time for its end to be proved. */
    async function press(ms: number): Promise<void> {
      rig.turn(true);
      await rig.clock.advance(ms);
      rig.turn(false);
      await rig.clock.advance(ANSWER_MS);
    }

    /** Time in which nothing is remembered of presses before. */
    const pause = (): Promise<void> => rig.clock.advance(TIMES.doublePressMs);

    it('says where it is before anything else', async () => {
      const events: KeyEvent[] = [];
      await rig.key.start((item) => events.push(item));
      rig.turn(true);
      await rig.clock.advance(200);
      expect(events[0]).toMatchObject({ type: 'found', pressed: false });
      expect(events[0]).toHaveProperty('location', expect.stringMatching(/\w/));
      expect(events.filter(({ type }) => type === 'found')).toHaveLength(1);
    });

    it('answers a press within 100 ms, with the time of its edge, and its end', async () => {
      await reader.start();
      await rig.clock.advance(50);
      const at = rig.clock.monotonic();
      rig.turn(true);
      await rig.clock.advance(ANSWER_MS);
      expect(types()).toEqual(['pressed']);
      expect(told[0]!.at - at).toBeGreaterThanOrEqual(0);
      expect(told[0]!.at - at).toBeLessThanOrEqual(ANSWER_MS);
      rig.turn(false);
      await rig.clock.advance(ANSWER_MS);
      expect(types()).toEqual(['pressed', 'released']);
    });

    it('makes one press of one that bounces', async () => {
      await reader.start();
      const train = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(train, train, async (down, up) => {
          await pause();
          told = [];
          for (const [lengths, last] of [
            [down, true],
            [up, false],
          ] as const) {
            rig.turn(last);
            for (const ms of lengths) {
              await rig.clock.advance(ms);
              rig.turn(!last);
              await rig.clock.advance(ms);
              rig.turn(last);
            }
            await rig.clock.advance(ANSWER_MS);
          }
          if (traits.bare) expect(types()).toEqual(['pressed', 'released']);
          else expect(types().filter((type) => type === 'pressed')).toHaveLength(1);
        }),
        { numRuns: 20 },
      );
    });

    const whenBare = traits.bare ? it : notAtAll;
    whenBare('takes no spike of 1 to 50 ms for a press', async () => {
      await reader.start();
      const spikes = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 5, max: 300 })), {
        maxLength: 8,
      });
      await fc.assert(
        fc.asyncProperty(spikes, async (lengths) => {
          for (const [spikeMs, gapMs] of lengths) {
            rig.turn(true);
            await rig.clock.advance(spikeMs);
            rig.turn(false);
            await rig.clock.advance(gapMs);
          }
          await rig.clock.advance(ANSWER_MS);
          expect(told).toEqual([]);
        }),
        { numRuns: 20 },
      );
    });

    it('makes one press of a double press', async () => {
      await reader.start();
      await press(120);
      await press(120);
      expect(types()).toEqual(['pressed', 'released', 'repeated']);
      await pause();
      await press(120);
      expect(types().at(-2)).toBe('pressed');
    });

    it('reports a long press while it lasts', async () => {
      await reader.start();
      rig.turn(true);
      await rig.clock.advance(TIMES.longPressMs + ANSWER_MS);
      expect(types()).toEqual(['pressed', 'long']);
    });

    it('reports once that it is stuck, once that it is freed, and works again', async () => {
      await reader.start();
      rig.turn(true);
      await rig.clock.advance(2 * TIMES.stuckMs);
      expect(types()).toEqual(['pressed', 'long', 'stuck']);
      rig.turn(false);
      await rig.clock.advance(ANSWER_MS);
      await press(120);
      expect(types().slice(3)).toEqual(['freed', 'pressed', 'released']);
    });

    const whenSeen = traits.seesStart ? it : notAtAll;
    whenSeen('gives no press for being down when it is found, but tells of being stuck', async () => {
      rig.turn(true);
      await reader.start();
      await rig.clock.advance(2 * TIMES.stuckMs);
      expect(types()).toEqual(['stuck']);
      rig.turn(false);
      await rig.clock.advance(ANSWER_MS);
      await press(120);
      expect(types()).toEqual(['stuck', 'freed', 'pressed', 'released']);
    });

    it('releases the hardware when it stops, reports nothing more, and can be started again', async () => {
      await reader.start();
      expect(rig.held()).toBe(true);
      rig.turn(true);
      await reader.stop();
      await reader.stop();
      expect(rig.held()).toBe(false);
      await rig.clock.advance(2 * TIMES.stuckMs);
      rig.turn(false);
      expect(told).toEqual([]);
      await reader.start();
      expect(found).toBe(2);
      await press(120);
      expect(types()).toEqual(['pressed', 'released']);
    });
  });
}
