import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Gesture } from '../../src/button/gestures.ts';
import type { Key, KeyEvent } from '../../src/button/port.ts';
import { KeyReader } from '../../src/button/reader.ts';
import type { FakeClock } from '../fakes/clock.ts';

const TIMES = { debounceMs: 60, longPressMs: 1000, stuckMs: 10_000, doublePressMs: 500 };

/** Longest time from an edge to its gesture, ms. */
const RESPONSE_MS = 100;

export interface KeyRig {
  readonly key: Key;
  readonly clock: FakeClock;
  /** Closes or opens the contact, as a hand does. */
  set(down: boolean): void;
  /** Whether the hardware is held. */
  held(): boolean;
  dispose(): void;
}

interface Traits {
  /** It is not debounced in hardware or in the kernel. */
  readonly bare: boolean;
  /** The driver can see that it is down when it is found. */
  readonly seesStart: boolean;
}

/** For a test that does not apply to a kind of key: a skipped test would count as one to be fixed. */
const notApplicable: (name: string, test: () => Promise<void>) => void = () => {};

/** The contract of every hardware key. */
export function keyContract(name: string, traits: Traits, open: () => KeyRig): void {
  describe(`${name} as a key`, () => {
    let rig: KeyRig;
    let reader: KeyReader;
    let gestures: Gesture[];
    let found: number;

    beforeEach(() => {
      rig = open();
      gestures = [];
      found = 0;
      reader = new KeyReader({
        key: rig.key,
        times: TIMES,
        clock: rig.clock,
        listener: {
          found: () => (found += 1),
          gesture: (gesture) => gestures.push(gesture),
          gone: () => {},
        },
      });
    });

    afterEach(async () => {
      await reader.stop();
      rig.dispose();
    });

    const types = (): string[] => gestures.map(({ type }) => type);

    /** A press of some length, and time to confirm its release. */
    async function press(ms: number): Promise<void> {
      rig.set(true);
      await rig.clock.advance(ms);
      rig.set(false);
      await rig.clock.advance(RESPONSE_MS);
    }

    /** Time after which a press is not repeated. */
    const pause = (): Promise<void> => rig.clock.advance(TIMES.doublePressMs);

    it('reports its location before anything else', async () => {
      const events: KeyEvent[] = [];
      await rig.key.start((item) => events.push(item));
      rig.set(true);
      await rig.clock.advance(200);
      expect(events[0]).toMatchObject({ type: 'found', pressed: false });
      expect(events[0]).toHaveProperty('location', expect.stringMatching(/\w/));
      expect(events.filter(({ type }) => type === 'found')).toHaveLength(1);
    });

    it('reports a press within 100 ms, with the time of its edge, and its release', async () => {
      await reader.start();
      await rig.clock.advance(50);
      const at = rig.clock.monotonic();
      rig.set(true);
      await rig.clock.advance(RESPONSE_MS);
      expect(types()).toEqual(['pressed']);
      expect(gestures[0]!.at - at).toBeGreaterThanOrEqual(0);
      expect(gestures[0]!.at - at).toBeLessThanOrEqual(RESPONSE_MS);
      rig.set(false);
      await rig.clock.advance(RESPONSE_MS);
      expect(types()).toEqual(['pressed', 'released']);
    });

    it('reports a bouncing press once', async () => {
      await reader.start();
      const train = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(train, train, async (down, up) => {
          await pause();
          gestures = [];
          for (const [lengths, last] of [
            [down, true],
            [up, false],
          ] as const) {
            rig.set(last);
            for (const ms of lengths) {
              await rig.clock.advance(ms);
              rig.set(!last);
              await rig.clock.advance(ms);
              rig.set(last);
            }
            await rig.clock.advance(RESPONSE_MS);
          }
          if (traits.bare) expect(types()).toEqual(['pressed', 'released']);
          else expect(types().filter((type) => type === 'pressed')).toHaveLength(1);
        }),
        { numRuns: 20 },
      );
    });

    const whenBare = traits.bare ? it : notApplicable;
    whenBare('does not report a spike of 1 to 50 ms as a press', async () => {
      await reader.start();
      const spikes = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 5, max: 300 })), {
        maxLength: 8,
      });
      await fc.assert(
        fc.asyncProperty(spikes, async (lengths) => {
          for (const [spikeMs, gapMs] of lengths) {
            rig.set(true);
            await rig.clock.advance(spikeMs);
            rig.set(false);
            await rig.clock.advance(gapMs);
          }
          await rig.clock.advance(RESPONSE_MS);
          expect(gestures).toEqual([]);
        }),
        { numRuns: 20 },
      );
    });

    it('reports a double press once', async () => {
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
      rig.set(true);
      await rig.clock.advance(TIMES.longPressMs + RESPONSE_MS);
      expect(types()).toEqual(['pressed', 'long']);
    });

    it('reports once that it is stuck and once that it is freed, and then works again', async () => {
      await reader.start();
      rig.set(true);
      await rig.clock.advance(2 * TIMES.stuckMs);
      expect(types()).toEqual(['pressed', 'long', 'stuck']);
      rig.set(false);
      await rig.clock.advance(RESPONSE_MS);
      await press(120);
      expect(types().slice(3)).toEqual(['freed', 'pressed', 'released']);
    });

    const whenSeen = traits.seesStart ? it : notApplicable;
    whenSeen('reports no press if it is down when it is found, but reports that it is stuck', async () => {
      rig.set(true);
      await reader.start();
      await rig.clock.advance(2 * TIMES.stuckMs);
      expect(types()).toEqual(['stuck']);
      rig.set(false);
      await rig.clock.advance(RESPONSE_MS);
      await press(120);
      expect(types()).toEqual(['stuck', 'freed', 'pressed', 'released']);
    });

    it('releases the hardware on stop, reports nothing more, and can be started again', async () => {
      await reader.start();
      expect(rig.held()).toBe(true);
      rig.set(true);
      await reader.stop();
      await reader.stop();
      expect(rig.held()).toBe(false);
      await rig.clock.advance(2 * TIMES.stuckMs);
      rig.set(false);
      expect(gestures).toEqual([]);
      await reader.start();
      expect(found).toBe(2);
      await press(120);
      expect(types()).toEqual(['pressed', 'released']);
    });
  });
}
