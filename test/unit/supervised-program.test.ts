import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Backoff } from '../../src/lib/backoff.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { SupervisedProgram } from '../../src/lib/supervised-program.ts';
import { FakeClock } from '../fakes/clock.ts';

/** Every start fails at once, without a process. */
const NO_PROGRAM = { command: '/no/such/program', args: [] };

let clock: FakeClock;
/** The device that is plugged in; empty for none. */
let present: string;
/** When the program was started, and when there was nothing to start, ms. */
let starts: number[];
let missed: number[];
let program: SupervisedProgram;

beforeEach(() => {
  clock = new FakeClock();
  present = 'camera';
  starts = [];
  missed = [];
});

afterEach(() => program.stop());

async function crashLoop(presence: { presence?: () => string } = { presence: () => present }): Promise<void> {
  program = new SupervisedProgram({
    name: 'program',
    launch: () => (present === '' ? Promise.reject(new Error('unplugged')) : Promise.resolve(NO_PROGRAM)),
    ...presence,
    onNothingToRun: () => missed.push(clock.monotonic()),
    clock,
    log: silentLogger,
    backoff: new Backoff({ steps: [2_000, 5_000, 15_000, 30_000, 60_000], jitter: 0, random: () => 0 }),
    onStart: () => starts.push(clock.monotonic()),
    onOutput: () => {},
    onExit: () => {},
  });
  program.start();
  await clock.advance(0);
}

describe('the restart delay of a program in a crash loop', () => {
  it.each([['known device', { presence: () => present }] as const, ['unknown device', {}] as const])(
    'follows the back-off while its device stays (%s)',
    async (_, presence) => {
      await crashLoop(presence);
      await clock.advance(172_000);
      expect(starts).toEqual([0, 2_000, 7_000, 22_000, 52_000, 112_000, 172_000]);
    },
  );

  it('becomes a short poll once its device is unplugged, and restarts at 2 s when it is back', async () => {
    await crashLoop();
    await clock.advance(60_500);
    present = '';
    await clock.advance(3_000);
    expect(missed).toEqual([61_000, 62_000, 63_000]);
    present = 'camera';
    starts = [];
    await clock.advance(8_000);
    expect(starts).toEqual([64_000, 66_000, 71_000]);
    expect(missed).toHaveLength(3);
  });

  it('ends when another device replaces the first', async () => {
    await crashLoop();
    await clock.advance(60_500);
    present = 'another camera';
    starts = [];
    await clock.advance(3_000);
    expect(starts).toEqual([61_000, 63_000]);
  });

  it('ends with a stop', async () => {
    await crashLoop();
    await clock.advance(60_500);
    await program.stop();
    present = 'another camera';
    starts = [];
    await clock.advance(200_000);
    expect(starts).toEqual([]);
  });
});
