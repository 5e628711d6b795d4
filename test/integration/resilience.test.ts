import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { MemoryReport, SessionPage, Vitals } from '../../src/protocol/http.ts';
import { KioskProcess } from '../support/kiosk-process.ts';
import { Screen } from '../support/screen.ts';

const CLEAN_STOP_MS = 10_000;
const bundleDir = join(import.meta.dirname, '..', '..', 'model', 'bundles', 'seed-cnn');
const cleanUps: (() => Promise<unknown> | undefined)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

type Start = (settings: Record<string, string>) => Promise<KioskProcess>;

const quickly: Start = (settings) => KioskProcess.start(settings);
const asShipped: Start = (settings) => KioskProcess.startAsShipped(settings);

async function started(
  settings: Record<string, string> = {},
  start = quickly,
): Promise<{ kiosk: KioskProcess; screen: Screen }> {
  const kiosk = await start(settings);
  cleanUps.push(() => kiosk.dispose());
  const screen = new Screen(kiosk.url);
  cleanUps.push(() => {
    screen.close();
    return undefined;
  });
  return { kiosk, screen };
}

function inferencePid(kiosk: KioskProcess): number {
  const [pid] = kiosk.children('classifier/process/main.js');
  if (pid === undefined) throw new Error('there is no inference process');
  return pid;
}

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)![1]) * 1024;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('SIGTERM ends the kiosk cleanly within ten seconds', () => {
  const inState: Record<
    string,
    {
      start?: Start;
      settings?: Record<string, string>;
      reach: (kiosk: KioskProcess, screen: Screen) => Promise<unknown>;
    }
  > = {
    ready: { reach: (_, screen) => screen.ready() },
    // The bundled model takes long enough to load.
    'loading the model': { start: asShipped, reach: () => Promise.resolve() },
    capturing: {
      settings: { KIOSK_CAMERA_LATENCY_MS: '2000', KIOSK_CAPTURE_TIMEOUT_MS: '60000' },
      reach: async (_, screen) => {
        await screen.ready();
        await screen.press();
        await screen.untilSession('capturing');
      },
    },
    'checking, with the inference process hung': {
      reach: async (kiosk, screen) => {
        await screen.ready();
        process.kill(inferencePid(kiosk), 'SIGSTOP');
        await screen.press();
        await screen.untilSession('checking');
      },
    },
    classifying: {
      reach: async (_, screen) => {
        await screen.ready();
        await screen.press();
        await screen.until(({ session }) => session.state === 'classifying' || session.state === 'showing');
      },
    },
    'showing a result of the bundled model': {
      start: asShipped,
      reach: async (_, screen) => {
        await screen.ready();
        await screen.press();
        await screen.untilSession('showing');
      },
    },
    retake: {
      settings: { KIOSK_PHANTOM_SCENE: 'blurred' },
      reach: async (_, screen) => {
        await screen.ready();
        await screen.press();
        await screen.untilSession('retake');
      },
    },
    fault: {
      settings: { KIOSK_CAMERA: 'replay', KIOSK_REPLAY_DIR: '/nonexistent' },
      reach: async (_, screen) => {
        await screen.until(({ camera, model }) => camera.state === 'lost' && model.state === 'ready');
        await screen.press();
        await screen.untilSession('fault');
      },
    },
  };

  it.each(Object.entries(inState))('when %s', async (_, { start, settings, reach }) => {
    const { kiosk, screen } = await started(settings, start);
    await reach(kiosk, screen);
    const child = inferencePid(kiosk);
    const { code, ms } = await kiosk.end('SIGTERM');
    expect(code).toBe(0);
    expect(ms).toBeLessThan(CLEAN_STOP_MS);
    expect(isAlive(child)).toBe(false);
  });
});

describe('a kiosk with a fault', () => {
  it('loses one session if the inference process is killed, and the next press works', async () => {
    const { kiosk, screen } = await started();
    await screen.ready();
    const victim = inferencePid(kiosk);
    process.kill(victim, 'SIGSTOP');
    await screen.press();
    await screen.untilSession('checking');
    process.kill(victim, 'SIGKILL');
    const { session } = await screen.untilSession('fault');
    expect(session).toMatchObject({ code: 'inference/died' });
    await screen.ready();
    expect(inferencePid(kiosk)).not.toBe(victim);
    await screen.press();
    await screen.untilSession('showing');
    const { body } = await kiosk.json<SessionPage>('/api/sessions');
    expect(body.sessions.map(({ outcome }) => outcome)).toEqual(['result', 'fault']);
  });

  it('replaces an inference process that hangs, and the next press works', async () => {
    const { kiosk, screen } = await started({ KIOSK_INFERENCE_TIMEOUT_MS: '1500' });
    await screen.ready();
    process.kill(inferencePid(kiosk), 'SIGSTOP');
    await screen.press();
    expect((await screen.untilSession('fault')).session).toMatchObject({ code: 'inference/timeout' });
    await screen.ready();
    await screen.press();
    await screen.untilSession('showing');
  });

  it('marks a session that was open when it was killed as aborted', async () => {
    const { kiosk, screen } = await started();
    await screen.ready();
    process.kill(inferencePid(kiosk), 'SIGSTOP');
    await screen.press();
    await screen.untilSession('checking');
    await kiosk.end('SIGKILL');
    const again = await started({ KIOSK_DATA_DIR: kiosk.dataDir });
    const { body } = await again.kiosk.json<SessionPage>('/api/sessions');
    expect(body.sessions.map(({ outcome }) => outcome)).toEqual(['aborted']);
  });

  it('shows NO MODEL and no score if a byte of the bundle is flipped', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kiosk-bundle-'));
    cleanUps.push(() => rm(folder, { recursive: true }));
    await cp(bundleDir, folder, { recursive: true });
    const graph = await readFile(join(folder, 'saved_model', 'saved_model.pb'));
    graph[Math.floor(graph.length / 2)]! ^= 1;
    await writeFile(join(folder, 'saved_model', 'saved_model.pb'), graph);
    const { kiosk, screen } = await started({ KIOSK_MODEL: folder }, asShipped);
    const { model } = await screen.until(
      (view) => view.model.state !== 'loading' && view.camera.state === 'live',
    );
    expect(model).toMatchObject({
      state: 'none',
      reason: expect.stringContaining('saved_model.pb') as string,
    });
    await screen.press();
    expect((await screen.untilSession('fault')).session).toMatchObject({ code: 'model/none' });
    const { body } = await kiosk.json<SessionPage>('/api/sessions');
    expect(body.sessions[0]).not.toHaveProperty('malignancy');
    expect((await kiosk.json('/health/ready')).status).toBe(503);
    expect((await kiosk.json('/health/live')).status).toBe(200);
  });

  it('reports the memory of both processes, and why that of an unresponsive inference process is unknown', async () => {
    const { kiosk, screen } = await started({ KIOSK_INFERENCE_TIMEOUT_MS: '1500' }, asShipped);
    const memory = async () => (await kiosk.json<{ memory: MemoryReport }>('/api/health')).body.memory;
    expect((await memory()).inference).toEqual({ reason: 'the model is still loading' });
    await screen.ready();
    const pid = inferencePid(kiosk);
    const resident = await Promise.all([residentBytes(kiosk.pid), residentBytes(pid)]);
    const reported = await memory();
    const { residentBytes: inference } = reported.inference as Vitals;
    expect(Math.abs(reported.kiosk.residentBytes / resident[0] - 1)).toBeLessThan(0.2);
    expect(Math.abs(inference / resident[1] - 1)).toBeLessThan(0.2);
    process.kill(pid, 'SIGSTOP');
    expect((await memory()).inference).toMatchObject({
      reason: expect.stringContaining('1500 ms') as string,
    });
    await screen.ready();
    expect((await memory()).inference).toHaveProperty('residentBytes');
  });

  it('refuses to start a second time on the same data folder, and the first keeps running', async () => {
    const { kiosk } = await started();
    await expect(KioskProcess.start({ KIOSK_DATA_DIR: kiosk.dataDir })).rejects.toThrow(
      /already|in use|another/i,
    );
    expect((await kiosk.json('/health/live')).status).toBe(200);
  });
});

describe('the image on the screen', () => {
  it('was exposed after the press', async () => {
    // At the default frame rate: the more frames are in transit, the likelier one is too old.
    const { kiosk, screen } = await started(
      { KIOSK_PHANTOM_SCENE: 'naevus', KIOSK_MODEL: 'seed-cnn', KIOSK_ENGINE: 'onnxruntime' },
      asShipped,
    );
    await screen.ready();
    for (let press = 0; press < 5; press += 1) {
      const pressedAt = await screen.press();
      const { session } = await screen.until(
        ({ session }) => session.state === 'showing' && session.number === press + 1,
      );
      if (session.state !== 'showing') throw new Error('no result');
      const image = Buffer.from(await (await fetch(new URL(session.picture, kiosk.url))).arrayBuffer());
      const exposedAt = Number(/exposed=([\d.]+)/.exec(image.toString('latin1'))?.[1]);
      expect(exposedAt).toBeGreaterThan(pressedAt);
    }
  });

  it('is deleted when the screen leaves the result', async () => {
    const { kiosk, screen } = await started();
    await screen.ready();
    await screen.press();
    const { session } = await screen.untilSession('showing');
    if (session.state !== 'showing') throw new Error('no result');
    screen.socket.emit('discard', () => undefined);
    await screen.untilSession('ready');
    expect((await fetch(new URL(session.picture, kiosk.url))).status).toBe(404);
  });
});
