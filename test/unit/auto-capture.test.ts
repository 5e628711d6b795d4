import { beforeEach, describe, expect, it } from 'vitest';
import { AutoCapture } from '../../src/framing/auto-capture.ts';
import { Emitter } from '../../src/lib/emitter.ts';
import { KioskError } from '../../src/lib/errors.ts';
import type { Framing } from '../../src/protocol/framing.ts';
import { FakeClock } from '../fakes/clock.ts';
import { MemoryLogger } from '../fakes/server-parts.ts';

const EVERY_MS = 200;
const GOOD: Framing = { focus: 1.5 };
const POOR: Framing = { reason: 'too-blurred', focus: 0.5 };

let clock: FakeClock;
let framings: Emitter<Framing | undefined>;
let presses: number[];
let refused: boolean;
let undecided: boolean;
let auto: AutoCapture;

async function create(enabled: boolean): Promise<void> {
  auto = new AutoCapture({
    ...{ clock, enabled, log: new MemoryLogger() },
    mayCapture: () => !undecided,
    framing: { onChange: (listener) => framings.on(listener) },
    button: {
      press: () => {
        presses.push(clock.monotonic());
        if (refused) throw new KioskError('session/busy', 'a session is running');
        return { id: 'a' };
      },
    },
  });
  await auto.start();
}

beforeEach(async () => {
  clock = new FakeClock();
  framings = new Emitter();
  presses = [];
  refused = false;
  undecided = false;
  await create(true);
});

async function see(framing: Framing | undefined, ms: number): Promise<void> {
  for (let at = 0; at < ms; at += EVERY_MS) {
    framings.emit(framing);
    await clock.advance(EVERY_MS);
  }
}

describe('automatic capture', () => {
  it('presses once the framing has been good for a second', async () => {
    await see(POOR, 1_000);
    await see(GOOD, 900);
    expect(presses).toEqual([]);
    await see(GOOD, 600);
    expect(presses).toHaveLength(1);
  });

  it('waits while it is asked whose the next capture is', async () => {
    undecided = true;
    await see(POOR, 1_000);
    await see(GOOD, 2_000);
    expect(presses).toEqual([]);
    undecided = false;
    await see(GOOD, 200);
    expect(presses).toHaveLength(1);
  });

  it('does not press again over the same lesion, but after the dermatoscope was moved away', async () => {
    await see(POOR, 1_000);
    await see(GOOD, 2_000);
    // The session, and the result.
    await see(undefined, 5_000);
    await see(GOOD, 5_000);
    expect(presses).toHaveLength(1);
    await see(POOR, 1_000);
    await see(GOOD, 2_000);
    expect(presses).toHaveLength(2);
  });

  it('starts anew when the framing was poor for a moment, which does not count as moved away', async () => {
    await see(POOR, 1_000);
    await see(GOOD, 800);
    await see(POOR, EVERY_MS);
    await see(GOOD, 800);
    expect(presses).toEqual([]);
    await see(GOOD, 600);
    expect(presses).toHaveLength(1);
    await see(POOR, EVERY_MS);
    await see(GOOD, 3_000);
    expect(presses).toHaveLength(1);
  });

  it('does nothing when it is off, and does not capture what is there when it is switched on', async () => {
    auto.setEnabled(false);
    await see(POOR, 1_000);
    await see(GOOD, 3_000);
    auto.setEnabled(true);
    await see(GOOD, 3_000);
    expect(presses).toEqual([]);
    await see(POOR, 1_000);
    await see(GOOD, 2_000);
    expect(presses).toHaveLength(1);
  });

  it('survives a press that is refused', async () => {
    refused = true;
    await see(POOR, 1_000);
    await see(GOOD, 2_000);
    expect(presses).toHaveLength(1);
  });
});
