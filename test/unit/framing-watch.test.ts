import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FramingLook } from '../../src/classifier/port.ts';
import { FramingWatch } from '../../src/framing/framing-watch.ts';
import { Emitter } from '../../src/lib/emitter.ts';
import type { Framing } from '../../src/protocol/framing.ts';
import type { SessionView } from '../../src/protocol/view.ts';
import { FakeCamera } from '../fakes/camera.ts';
import { FakeClock } from '../fakes/clock.ts';
import { MemoryLogger } from '../fakes/server-parts.ts';

const FRAME_MS = 50;
const GOOD: Framing = { focus: 1.5 };

interface Look {
  readonly at: number;
  readonly located: boolean;
}

let clock: FakeClock;
let camera: FakeCamera;
let changes: Emitter<SessionView>;
let view: SessionView;
let looks: Look[];
/** Processor time of a look, ms, without and with the network. */
let cost: { plain: number; located: number };
/** Calls back before a look responds. */
let during: () => void | Promise<void>;
let found: Framing | Error;
let reported: (Framing | undefined)[];
let watch: FramingWatch;
let overviewOpen: boolean;
let overviewChanges: Emitter<undefined>;

function create(enabled = true): FramingWatch {
  return new FramingWatch({
    overview: { isOpen: () => overviewOpen, onChange: (listener) => overviewChanges.on(listener) },
    ...{ camera, clock, enabled, log: new MemoryLogger() },
    session: { session: () => view, onChange: (listener) => changes.on(listener) },
    classifier: {
      look: async (_picture, { locate }): Promise<FramingLook> => {
        looks.push({ at: clock.monotonic(), located: locate });
        await during();
        if (found instanceof Error) throw found;
        return { framing: found, cpuMs: locate ? cost.located : cost.plain, located: locate };
      },
    },
  });
}

beforeEach(async () => {
  clock = new FakeClock();
  camera = new FakeCamera();
  changes = new Emitter();
  overviewOpen = false;
  overviewChanges = new Emitter();
  view = { state: 'ready' };
  looks = [];
  cost = { plain: 11, located: 80 };
  during = () => undefined;
  found = GOOD;
  reported = [];
  watch = create();
  watch.onChange((framing) => reported.push(framing));
  await watch.start();
});

afterEach(async () => {
  await watch.stop();
});

/** An overview image is begun, or ended. */
function openOverview(on: boolean): void {
  overviewOpen = on;
  overviewChanges.emit(undefined);
}

async function stream(ms: number): Promise<void> {
  for (let at = 0; at < ms; at += FRAME_MS) {
    camera.push(new Uint8Array([1]), clock.monotonic());
    await clock.advance(FRAME_MS);
  }
}

function enter(next: SessionView): void {
  view = next;
  changes.emit(next);
}

describe('looking at the live image', () => {
  it('happens only while a screen shows it', async () => {
    await stream(1_000);
    expect(looks).toEqual([]);
    watch.setWatched(true);
    await stream(1_000);
    expect(looks.length).toBeGreaterThanOrEqual(5);
    const before = looks.length;
    watch.setWatched(false);
    await stream(1_000);
    expect(looks).toHaveLength(before);
    expect(reported.at(-1)).toBeUndefined();
  });

  it('never happens when it is switched off', async () => {
    const off = create(false);
    await off.start();
    off.setWatched(true);
    await stream(1_000);
    expect(looks).toEqual([]);
    await off.stop();
  });

  it('happens five times per second and locates the lesion once, within a quarter of a core', async () => {
    watch.setWatched(true);
    await stream(20_000);
    const located = looks.filter((look) => look.located).length;
    expect(looks.length).toBeGreaterThanOrEqual(100);
    expect(located).toBeGreaterThanOrEqual(18);
    expect((looks.length - located) * cost.plain + located * cost.located).toBeLessThanOrEqual(0.25 * 20_000);
  });

  it.each([
    { plain: 45, located: 400 },
    { plain: 90, located: 1_500 },
    { plain: 400, located: 400 },
  ])('stays within a quarter of a core on a board where it takes $plain and $located ms', async (slow) => {
    cost = slow;
    watch.setWatched(true);
    await stream(60_000);
    const located = looks.filter((look) => look.located).length;
    const spent = (looks.length - located) * slow.plain + located * slow.located;
    expect(spent).toBeLessThanOrEqual(0.25 * 60_000);
    expect(spent).toBeGreaterThan(0.1 * 60_000);
    expect(located).toBeGreaterThan(1);
  });

  it('does not begin a look before the last has ended', async () => {
    let under = 0;
    let most = 0;
    during = async () => {
      under += 1;
      most = Math.max(most, under);
      await new Promise<void>((resolve) => {
        clock.after(700, resolve);
      });
      under -= 1;
    };
    watch.setWatched(true);
    await stream(5_000);
    expect(most).toBe(1);
    expect(looks.length).toBeGreaterThan(4);
  });

  it('pauses after an error, and reports nothing', async () => {
    found = new Error('broken');
    watch.setWatched(true);
    await stream(3_000);
    expect(looks.length).toBeLessThanOrEqual(3);
    expect(reported).toEqual([]);
    found = GOOD;
    await stream(2_000);
    expect(reported.at(-1)).toEqual(GOOD);
  });
});

describe('a press', () => {
  it('ends looking until the kiosk is ready again', async () => {
    watch.setWatched(true);
    await stream(500);
    const before = looks.length;
    enter({ state: 'capturing', id: 'a', source: 'camera' });
    expect(reported.at(-1)).toBeUndefined();
    await stream(1_000);
    expect(looks).toHaveLength(before);
    enter({ state: 'ready' });
    await stream(500);
    expect(looks.length).toBeGreaterThan(before);
  });

  it('drops the response of a look under way: it belongs to what was there before', async () => {
    during = () => {
      enter({ state: 'capturing', id: 'a', source: 'camera' });
    };
    watch.setWatched(true);
    await stream(FRAME_MS);
    expect(looks).toHaveLength(1);
    expect(reported).toEqual([]);
    expect(watch.current()).toBeUndefined();
  });
});

it('reports nothing once the camera is lost', async () => {
  watch.setWatched(true);
  await stream(500);
  expect(watch.current()).toEqual(GOOD);
  camera.become({ state: 'lost', reason: 'unplugged' });
  expect(watch.current()).toBeUndefined();
});

describe('while an overview image is aimed at', () => {
  it('nothing is looked at, and nothing is known of the live image', async () => {
    watch.setWatched(true);
    await stream(1_000);
    expect(watch.current()).toEqual(GOOD);
    openOverview(true);
    expect(watch.current()).toBeUndefined();
    const before = looks.length;
    await stream(1_000);
    expect(looks.length).toBe(before);
    openOverview(false);
    await stream(1_000);
    expect(looks.length).toBeGreaterThan(before);
  });
});
