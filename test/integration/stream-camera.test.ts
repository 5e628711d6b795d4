import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CameraProgram, CameraStatus } from '../../src/camera/port.ts';
import { StreamCamera } from '../../src/camera/stream-camera.ts';
import { Backoff } from '../../src/lib/backoff.ts';
import { systemClock, type Clock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { jpegShape } from '../support/jpeg.ts';

/** The first start behaves as `firstLife` says, each later one sends frames; `starts` has one process id per line. */
const SCRIPT = `
import { appendFileSync, readFileSync } from 'node:fs';
const [starts, firstLife, jpeg] = process.argv.slice(2);
appendFileSync(starts, process.pid + '\\n');
const first = readFileSync(starts, 'utf8').trim().split('\\n').length === 1;
const life = first ? firstLife : 'live';
const send = () => process.stdout.write(Buffer.from(jpeg, 'hex'));
if (life === 'deaf' || life === 'stubborn') process.on('SIGTERM', () => undefined);
send();
if (life === 'crash') {
  process.stderr.write('sensor: no such device\\n', () => process.exit(3));
} else if (life === 'live' || life === 'stubborn') setInterval(send, 20);
else setInterval(() => undefined, 1000);
`;

const jpeg = jpegShape({});
let folder: string;
let camera: StreamCamera;
let states: CameraStatus[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stream-camera-'));
  writeFileSync(join(folder, 'program.mjs'), SCRIPT);
  states = [];
  timers = new Set();
});

afterEach(async () => {
  await camera.stop();
  rmSync(folder, { recursive: true });
});

/** `deaf` and `stubborn` ignore SIGTERM; `stubborn` keeps sending. */
type Life = 'live' | 'crash' | 'hang' | 'deaf' | 'stubborn';

let timers: Set<object>;

/** Real time that tracks its pending timers. */
const countingClock: Clock = {
  ...systemClock,
  after: (ms, callback) => {
    const timer = {};
    timers.add(timer);
    const cancel = systemClock.after(ms, () => {
      timers.delete(timer);
      callback();
    });
    return () => {
      timers.delete(timer);
      cancel();
    };
  },
};

function build(firstLife: Life, stalledMs: number, command = process.execPath): StreamCamera {
  const program: CameraProgram = {
    driver: 'script',
    simulated: true,
    command,
    args: [join(folder, 'program.mjs'), join(folder, 'starts'), firstLife, Buffer.from(jpeg).toString('hex')],
    explain: ({ code, signal }, stderr) => `code ${String(code)}, signal ${String(signal)}: ${stderr}`,
  };
  const backoff = new Backoff({ steps: [0], jitter: 0, random: () => 0 });
  camera = new StreamCamera({ program, clock: countingClock, log: silentLogger, stalledMs, backoff });
  camera.onStatus((status) => states.push(status));
  return camera;
}

/** Resolves when `states` ends with these. */
function seen(...last: CameraStatus['state'][]): Promise<void> {
  return new Promise((resolve) => {
    camera.onStatus(() => {
      if (names().slice(-last.length).join() === last.join()) resolve();
    });
  });
}

function names(): string[] {
  return states.map((status) => status.state);
}

function processes(): number[] {
  return readFileSync(join(folder, 'starts'), 'utf8').trim().split('\n').map(Number);
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('the camera behind a program', () => {
  it('is starting, then live, and emits whole frames numbered from 0', async () => {
    build('live', 10_000);
    expect(camera.status()).toEqual({ state: 'starting' });
    const frames = new Promise<number[]>((resolve) => {
      const sequences: number[] = [];
      camera.onFrame((frame) => {
        expect(Buffer.from(frame.jpeg).equals(jpeg)).toBe(true);
        if (sequences.push(frame.sequence) === 3) resolve(sequences);
      });
    });
    await camera.start();
    expect(await frames).toEqual([0, 1, 2]);
    expect(camera.status()).toEqual({ state: 'live' });
  });

  it('is lost with the reason if the program crashes, and live again after a restart', async () => {
    const back = (build('crash', 10_000), seen('live', 'lost', 'live'));
    const sequences: number[] = [];
    camera.onFrame((frame) => sequences.push(frame.sequence));
    await camera.start();
    await back;
    expect(states[1]).toEqual({ state: 'lost', reason: 'code 3, signal null: sensor: no such device' });
    expect(processes()).toHaveLength(2);
    await new Promise((resolve) => camera.onFrame(resolve));
    expect(sequences).toEqual(sequences.map((_, i) => i));
  });

  it.each(['hang', 'deaf'] as const)(
    'is stalled if the program hangs (%s), kills it, and is live again',
    async (life) => {
      const back = (build(life, 1_000), seen('live', 'stalled', 'live'));
      await camera.start();
      await back;
      expect(names().slice(0, 3)).toEqual(['live', 'stalled', 'live']);
      expect(lives(processes()[0]!)).toBe(false);
    },
  );

  it('is lost if the program does not exist, and live as soon as it does', async () => {
    const command = join(folder, 'program');
    const lost = (build('live', 10_000, command), seen('lost'));
    await camera.start();
    await lost;
    expect(states[0]!.reason).toMatch(/ENOENT/);
    const live = seen('lost', 'live');
    symlinkSync(process.execPath, command);
    await live;
  });

  it('starts again after a stop, without frames of the previous stream', async () => {
    const live = (build('live', 10_000), seen('live'));
    await camera.start();
    await live;
    await camera.stop();
    expect(camera.status()).toEqual({ state: 'stopped' });
    const again = seen('live', 'stopped', 'starting', 'live');
    await camera.start();
    await again;
    expect(processes()).toHaveLength(2);
  });

  it.each(['live', 'deaf', 'stubborn'] as const)(
    'leaves no process and no timer behind when it is stopped (%s)',
    async (life) => {
      const live = (build(life, 60_000), seen('live'));
      await camera.start();
      await live;
      await camera.stop();
      const before = states.length;
      expect(camera.status()).toEqual({ state: 'stopped' });
      expect(processes().map(lives)).toEqual([false]);
      expect(timers.size).toBe(0);
      await camera.stop();
      expect(states).toHaveLength(before);
    },
  );
});
