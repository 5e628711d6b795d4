import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { captureBurst } from '../../src/camera/burst.ts';
import { LibcameraDriver } from '../../src/camera/drivers/libcamera.ts';
import type { CameraDriver, CameraProgram, CameraStatus, Frame } from '../../src/camera/port.ts';
import { StreamCamera } from '../../src/camera/stream-camera.ts';
import { assess } from '../../src/classifier/process/pipeline.ts';
import { Backoff, DEFAULT_BACKOFF } from '../../src/lib/backoff.ts';
import { systemClock, type Clock } from '../../src/lib/clock.ts';
import { KioskError } from '../../src/lib/errors.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { encode } from '../../src/vision/jpeg.ts';
import { MemoryLogger } from '../fakes/server-parts.ts';
import { until } from '../support/until.ts';

const SCRIPT = join(import.meta.dirname, '..', 'fakes', 'camera-program.mjs');

/** What `camera-program.mjs` can do. */
type Act =
  | 'live'
  | 'frozen'
  | 'freezes'
  | 'hangs'
  | 'crashes'
  | 'busy'
  | 'garbage'
  | 'endless'
  | 'truncates'
  | 'floods';

const explainer = new LibcameraDriver(
  {
    cameraDevice: '',
    cameraWidth: 320,
    cameraHeight: 240,
    cameraFps: 20,
    cameraExposureUs: 0,
    cameraGain: 0,
    cameraWhiteBalance: '',
    cameraFocus: '',
    cameraCrop: 1,
    cameraRotation: '0',
  },
  [process.execPath],
);

let folder: string;
let camera: StreamCamera | undefined;
let states: CameraStatus[];
let frames: Frame[];
let good: Uint8Array;
let black: Uint8Array;

beforeAll(async () => {
  const side = 160;
  const noise = Uint8Array.from({ length: side * side * 3 }, (_, i) => (i * 7919) % 251);
  good = await encode({ width: side, height: side, data: noise }, 80);
  black = await encode({ width: side, height: side, data: new Uint8Array(side * side * 3) }, 80);
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'camera-faults-'));
  states = [];
  frames = [];
});

afterEach(async () => {
  await camera?.stop();
  camera = undefined;
  rmSync(folder, { recursive: true });
});

/** The process id of every program that was started, in order. */
function pids(): number[] {
  return readFileSync(join(folder, 'frame.jpg.pids'), 'utf8').trim().split('\n').map(Number);
}

/** Changes the size in the header; the image data stay the same. */
function resized(jpeg: Uint8Array, width: number, height: number): Uint8Array {
  const copy = Buffer.from(jpeg);
  const at = copy.indexOf(Buffer.from([0xff, 0xc0]));
  copy.writeUInt16BE(height, at + 5);
  copy.writeUInt16BE(width, at + 7);
  return copy;
}

async function program(act: Act, jpeg = good): Promise<CameraProgram> {
  const file = join(folder, 'frame.jpg');
  writeFileSync(file, jpeg);
  const found = await explainer.find();
  return {
    driver: 'script',
    simulated: false,
    command: process.execPath,
    args: [SCRIPT, act, file],
    explain: (exit, stderrTail) => found.explain(exit, stderrTail),
  };
}

interface Options {
  readonly stalledMs?: number;
  readonly clock?: Clock;
  readonly log?: MemoryLogger;
  readonly backoff?: Backoff;
}

async function start(what: CameraProgram | CameraDriver, options: Options = {}): Promise<StreamCamera> {
  camera = new StreamCamera({
    program: what,
    clock: systemClock,
    log: silentLogger,
    stalledMs: 1_000,
    backoff: new Backoff({ steps: [0], jitter: 0, random: () => 0 }),
    ...options,
  });
  camera.onStatus((status) => states.push(status));
  camera.onFrame((frame) => frames.push(frame));
  await camera.start();
  return camera;
}

/** Resolves with the first status, from now on, of that state. */
function next(state: CameraStatus['state']): Promise<CameraStatus> {
  return new Promise((resolve) => {
    camera!.onStatus((status) => {
      if (status.state === state) resolve(status);
    });
  });
}

function burst(count: number, timeoutMs = 1_500): Promise<readonly Frame[]> {
  return captureBurst(camera!, {
    count,
    notBefore: systemClock.monotonic(),
    timeoutMs,
    clock: systemClock,
    signal: new AbortController().signal,
  });
}

describe('no camera at boot (fault 9), a camera that is unplugged (fault 10)', () => {
  it('is lost at once with the reason, live by itself when the camera appears, and live again after it was unplugged', async () => {
    let plugged = false;
    const finder: CameraDriver = {
      driver: 'finder',
      simulated: false,
      find: async () => {
        if (!plugged) throw new KioskError('camera/lost', 'No USB camera is plugged in.');
        return { ...(await program('live')), driver: 'found', location: 'port 2' };
      },
    };
    const log = new MemoryLogger();
    const device = await start(finder, { log });
    const reason = 'No USB camera is plugged in.';
    if (device.status().state !== 'lost') await next('lost');
    expect(device.status()).toEqual({ state: 'lost', reason });
    expect(device.driver).toBe('finder');
    plugged = true;
    expect(await next('live')).toEqual({ state: 'live', location: 'port 2' });
    expect(device.driver).toBe('found');
    plugged = false;
    process.kill(pids().at(-1)!, 'SIGKILL');
    await next('lost');
    expect(await next('lost')).toEqual({ state: 'lost', reason });
    plugged = true;
    await next('live');
    const attempts = log.lines.filter(({ message }) => message.includes('no program'));
    expect(attempts).toHaveLength(2);
  });

  it('is detected within 2 s, and live within 5 s of being plugged in, even during the longest back-off after a crash', async () => {
    let plug: string | undefined = 'socket 1';
    let act: Act = 'busy';
    const finder: CameraDriver = {
      driver: 'finder',
      simulated: false,
      find: async () => {
        if (plug === undefined) throw new KioskError('camera/lost', 'No USB camera is plugged in.');
        return program(act);
      },
      deviceFingerprint: () => String(plug),
    };
    await start(finder, { backoff: new Backoff({ steps: [60_000], jitter: 0, random: () => 0 }) });
    expect((await next('lost')).reason).toMatch(/in use by another program/);
    const out = systemClock.monotonic();
    plug = undefined;
    expect((await next('lost')).reason).toBe('No USB camera is plugged in.');
    expect(systemClock.monotonic() - out).toBeLessThan(2_000);
    const back = systemClock.monotonic();
    act = 'live';
    plug = 'socket 1';
    await next('live');
    expect(systemClock.monotonic() - back).toBeLessThan(5_000);
  });
});

describe('a camera that hangs, alive (fault 11)', () => {
  it('is stalled within the configured time, killed although it is stopped by SIGSTOP, and replaced', async () => {
    await start(await program('live'));
    await next('live');
    const pid = pids().at(-1)!;
    process.kill(pid, 'SIGSTOP');
    const stalled = next('stalled');
    const back = stalled.then(() => next('live'));
    expect((await stalled).reason).toMatch(/sends no frames.*restarted/);
    await back;
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
  });

  it('rejects a press while it is stalled', async () => {
    await start(await program('hangs'));
    await next('stalled');
    await expect(burst(1)).rejects.toMatchObject({ code: 'camera/stalled' });
  });
});

describe('a camera program that crashes in a loop (fault 12)', () => {
  it('is restarted after 2, 5, 15, 30, 60, 60 s plus jitter, with one log line each', async () => {
    const waits: number[] = [];
    const { clock, enough } = clockThatSkips(waits, 7);
    const log = new MemoryLogger();
    const backoff = new Backoff({ ...DEFAULT_BACKOFF, random: () => 0.5 });
    await start(await program('busy'), { clock, log, backoff, stalledMs: 60_000 });
    await enough;
    await camera!.stop();
    const steps = [2_000, 5_000, 15_000, 30_000, 60_000, 60_000, 60_000];
    expect(waits).toEqual(steps.map((step) => step * 1.05));
    expect(log.lines.filter(({ level }) => level !== 'debug')).toHaveLength(waits.length);
  });

  it('uses less than a twentieth of a core at the shortest back-off', async () => {
    const waits: number[] = [];
    const { clock, enough } = clockThatSkips(waits, 10);
    await start(await program('crashes'), { clock, backoff: new Backoff(), stalledMs: 60_000 });
    const before = process.cpuUsage();
    await enough;
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000 / waits.length / 2_000).toBeLessThan(0.05);
  });
});

describe('a camera that is busy (fault 13)', () => {
  it('is lost with a reason that says so, and is tried again', async () => {
    await start(await program('busy'));
    expect((await next('lost')).reason).toMatch(/in use by another program/);
    await until('the third start of the program', () => pids().length >= 3);
  });
});

describe('unusable frames (fault 14)', () => {
  it('are the repetitions of a frozen frame: the camera is stalled', async () => {
    await start(await program('frozen'));
    expect((await next('stalled')).reason).toMatch(/keeps repeating the same frame/);
    expect(frames).toHaveLength(1);
    // The program that replaces it sends the same image again: not even its first frame is new.
    await expect(burst(1)).rejects.toMatchObject({ code: 'camera/stalled' });
    expect(frames).toHaveLength(1);
  });

  it('are the repetitions after an image freezes while the stream continues', async () => {
    await start(await program('freezes'));
    await next('stalled');
    expect(frames).toHaveLength(6);
  });

  it.each([
    [1, 1],
    [20_000, 20_000],
  ])('are rejected at %i × %i pixels', async (width, height) => {
    await start(await program('live', resized(good, width, height)));
    expect((await next('stalled')).reason).toMatch(`${width} × ${height} pixels, which cannot be used`);
    expect(frames).toEqual([]);
  });

  it.each(['garbage', 'endless', 'truncates'] as const)(
    'are rejected from a program that sends something else (%s)',
    async (act) => {
      const memory = process.memoryUsage().rss;
      await start(await program(act), { stalledMs: 400 });
      await next('stalled');
      expect(frames).toEqual([]);
      expect(process.memoryUsage().rss - memory).toBeLessThan(200e6);
    },
  );

  it('do not keep the kiosk from responding when they flood it', async () => {
    await start(await program('floods'));
    await next('live');
    const late = await new Promise<number>((resolve) => {
      const scheduledAt = systemClock.monotonic();
      systemClock.after(200, () => {
        resolve(systemClock.monotonic() - scheduledAt - 200);
      });
    });
    expect(late).toBeLessThan(1_000);
    expect(await burst(3)).toHaveLength(3);
  });

  it('go to the gate if they are black, which gives the reason', async () => {
    await start(await program('live', black));
    await next('live');
    const images = (await burst(2)).map(({ jpeg }) => jpeg);
    const { assessment } = await assess(images);
    expect(assessment).toMatchObject({ fit: false, reason: 'too-dark' });
  });
});

describe('a stale frame (fault 15)', () => {
  it('is not part of the burst: each frame arrived after the press, and a camera that froze before it yields none', async () => {
    await start(await program('live'));
    await next('live');
    const pressed = systemClock.monotonic();
    for (const frame of await burst(3)) expect(frame.receivedAt).toBeGreaterThanOrEqual(pressed);
    await camera!.stop();
    await start(await program('freezes'), { stalledMs: 5_000 });
    frames = [];
    await until('six frames', () => frames.length >= 6);
    await expect(burst(1, 300)).rejects.toMatchObject({ code: 'camera/timeout' });
  });
});

/** A clock whose long waits, those of the back-off, end at once; `enough` resolves after `count` of them. */
function clockThatSkips(waits: number[], count: number): { clock: Clock; enough: Promise<void> } {
  let done = (): void => {};
  const enough = new Promise<void>((resolve) => (done = resolve));
  const clock: Clock = {
    ...systemClock,
    after: (ms, callback) => {
      // The first frame of a program may take five times 60 s: that is not a wait of the back-off.
      if (ms <= 2_000 || ms > 66_000) return systemClock.after(ms, callback);
      waits.push(ms);
      if (waits.length < count) return systemClock.after(0, callback);
      done();
      return () => {};
    },
  };
  return { clock, enough };
}
