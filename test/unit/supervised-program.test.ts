import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Backoff } from '../../src/lib/backoff.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { SupervisedProgram } from '../../src/lib/supervised-program.ts';
import { FakeClock } from '../fakes/clock.ts';

/** Each try to start it is a crash at once, and no process. */
const NO_PROGRAM = { command: '/no/such/program', args: [] };

let clock: FakeClock;
/** What is plugged in; empty for nothing. */
let present: string;
/** When it was started, and when there was nothing to start, ms. */
let starts: number[];
let vain: number[];
let program: SupervisedProgram;

beforeEach(() => {
  clock = new FakeClock();
  present = 'camera';
  starts = [];
  vain = [];
});

afterEach(() => program.stop());

async function crashLoop(presence: { presence?: () => string } = { presence: () => present }): Promise<void> {
  program = new SupervisedProgram({
    name: 'program',
    launch: () => (present === '' ? Promise.reject(new Error('unplugged')) : Promise.resolve(NO_PROGRAM)),
    ...presence,
    onNothingToRun: () => vain.push(clock.monotonic()),
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

describe('the wait of a program that crashes in a loop', () => {
  it.each([['looked after', { presence: () => present }] as const, ['not known', {}] as const])(
    'is as long as its back-off says while its device stays (%s)',
    async (_, presence) => {
      await crashLoop(presence);
      await clock.advance(172_000);
      expect(starts).toEqual([0, 2_000, 7_000, 22_000, 52_000, 112_000, 172_000]);
    },
  );

  it('becomes the short look-up once its device is unplugged, and begins at 2 s when it is back', async () => {
    await crashLoop();
    await clock.advance(60_500);
    present = '';
    await clock.advance(3_000);
    expect(vain).toEqual([61_000, 62_000, 63_000]);
    present = 'camera';
    starts = [];
    await clock.advance(8_000);
    expect(starts).toEqual([64_000, 66_000, 71_000]);
    expect(vain).toHaveLength(3);
  });

  it('is over when another device takes the place of the first', async () => {
    await crashLoop();
    await clock.advance(60_500);
    present = 'another camera';
    starts = [];
    await clock.advance(3_000);
    expect(starts).toEqual([61_000, 63_000]);
  });

  it('goes on no longer once it is stopped', async () => {
    await crashLoop();
    await clock.advance(60_500);
    await program.stop();
    present = 'another camera';
    starts = [];
    await clock.advance(200_000);
    expect(starts).toEqual([]);
  });
});
