import { describe, expect, it } from 'vitest';
import {
  clockCheck,
  diskCheck,
  heatCheck,
  memoryCheck,
  powerCheck,
} from '../../src/diagnostics/board-checks.ts';
import { cameraCheck, sampleCamera, type CameraSample } from '../../src/diagnostics/camera-check.ts';
import { passes } from '../../src/diagnostics/check.ts';
import { runChecks, type CheckSources } from '../../src/diagnostics/run-checks.ts';
import { buttonCheck, engineCheck, lampCheck, modelCheck } from '../../src/diagnostics/device-checks.ts';
import { castOf, colourCheck, pictureCheck } from '../../src/diagnostics/image-checks.ts';
import type { FrameInspection } from '../../src/classifier/port.ts';
import { KioskError } from '../../src/lib/errors.ts';
import { CHECK_TITLES } from '../../src/protocol/diagnostics.ts';
import { ERRORS } from '../../src/protocol/error-codes.ts';
import { FAULTS } from '../../src/protocol/reasons.ts';
import { FakeBoard, SILENT } from '../fakes/board-root.ts';
import { FakeCamera } from '../fakes/camera.ts';
import { FAKE_MODEL, fit } from '../fakes/classifier.ts';
import { FakeClock } from '../fakes/clock.ts';

const NO = { now: false, sinceBoot: false };
const PAST = { now: false, sinceBoot: true };
const NOW = { now: true, sinceBoot: true };
const JPEG = Uint8Array.of(1);
const WHITE = { r: 0.8, g: 0.8, b: 0.8 };
const { quality } = fit();

function look(more: Partial<FrameInspection> = {}): FrameInspection {
  return { quality, reason: undefined, colour: WHITE, ...more };
}

describe('the board checks', () => {
  it('are unknown, not failed, if the board reports nothing', () => {
    const checks = [powerCheck(SILENT), heatCheck(SILENT), clockCheck(SILENT, new Date(0))];
    expect(checks.map(({ state }) => state)).toEqual(['unknown', 'unknown', 'unknown']);
    expect(checks.every(({ found }) => found.includes('not reported by this board'))).toBe(true);
    expect(passes(checks)).toBe(true);
  });

  it.each([
    [{ underVoltage: NO, throttled: NO }, 'ok'],
    [{ underVoltage: NOW }, 'warning'],
    [{ underVoltage: PAST }, 'warning'],
    [{ throttled: PAST }, 'warning'],
    [{ underVoltage: { now: false, sinceBoot: undefined } }, 'ok'],
  ] as const)('power with %j is %s', (more, state) => {
    expect(powerCheck({ ...SILENT, ...more }).state).toBe(state);
  });

  it('distinguish current conditions from past ones', () => {
    const { found, cure } = powerCheck({ ...SILENT, underVoltage: PAST, throttled: NOW });
    expect(found).toBe('under-voltage: not now, but since boot; throttled: now');
    expect(cure).toContain('power supply');
  });

  it.each([
    [{ celsius: 55 }, 'ok', '55 °C'],
    [{ celsius: 80 }, 'warning', '80 °C'],
    [{ celsius: 60, tooHot: NOW }, 'warning', '60 °C; firmware temperature limit reached: now'],
  ] as const)('heat with %j is %s: %s', (more, state, found) => {
    expect(heatCheck({ ...SILENT, ...more })).toMatchObject({ state, found });
  });

  it('warn of low memory and of a nearly full disk', () => {
    const low = { freeBytes: 100e6, totalBytes: 4e9 };
    const plenty = { freeBytes: 2e9, totalBytes: 4e9 };
    expect(memoryCheck({ ...SILENT, memory: low }, 80e6).state).toBe('warning');
    expect(memoryCheck({ ...SILENT, memory: plenty }, 80e6)).toMatchObject({
      state: 'ok',
      found: '2.0 GB of 4.0 GB available; the kiosk itself uses 80 MB',
    });
    expect(diskCheck({ ...SILENT, disk: low }, 'fine').state).toBe('warning');
    expect(diskCheck({ ...SILENT, disk: plenty }, 'fine').state).toBe('ok');
  });

  it('warn of a clock that is not synchronised', () => {
    const now = new Date('2026-05-12T09:18:01Z');
    expect(clockCheck({ ...SILENT, clockSynchronised: true }, now)).toMatchObject({
      state: 'ok',
      found: '2026-05-12 09:18:01 UTC, synchronised',
    });
    expect(clockCheck({ ...SILENT, clockSynchronised: false }, now).state).toBe('warning');
  });
});

describe('the camera check', () => {
  const SAMPLE: CameraSample = {
    driver: 'fake',
    simulated: true,
    status: { state: 'live' },
    fps: 20,
    last: { jpeg: JPEG, sequence: 1, receivedAt: 0 },
  };

  it('counts the frames in the second after the first frame', async () => {
    const [camera, clock] = [new FakeCamera(), new FakeClock()];
    const sampling = sampleCamera(camera, { clock, firstFrameMs: 5_000 });
    await clock.advance(3_000);
    for (let i = 0; i < 10; i += 1) {
      camera.push(JPEG, clock.monotonic());
      await clock.advance(100);
    }
    expect(await sampling).toMatchObject({ driver: 'fake', fps: 10, last: { sequence: 9 } });
    expect(camera.listeners).toBe(0);
  });

  it('times out if the camera sends nothing, and removes its listener', async () => {
    const [camera, clock] = [new FakeCamera(), new FakeClock()];
    camera.become({ state: 'lost', reason: 'unplugged' });
    const sampling = sampleCamera(camera, { clock, firstFrameMs: 2_000 });
    await clock.advance(2_000);
    const sample = await sampling;
    expect(sample.last).toBeUndefined();
    expect(cameraCheck(sample, 20)).toMatchObject({ state: 'failed', found: 'fake (simulated): unplugged' });
    expect(camera.listeners).toBe(0);
  });

  it.each([
    [20, 'ok'],
    [12, 'ok'],
    [11.9, 'warning'],
    [undefined, 'warning'],
  ] as const)('with %s of 20 frames a second is %s', (fps, state) => {
    expect(cameraCheck({ ...SAMPLE, fps }, 20).state).toBe(state);
  });
});

describe('the image check', () => {
  it('reports a gate reason only as a warning, as there may be nothing under the lens', () => {
    expect(pictureCheck(look())).toMatchObject({
      state: 'ok',
      found: expect.stringContaining('640 × 480') as string,
    });
    expect(pictureCheck(look({ reason: 'too-dark' }))).toMatchObject({
      state: 'warning',
      found: expect.stringMatching(/^Too dark\./) as string,
      cure: expect.stringContaining('light') as string,
    });
  });

  const plain = { ...quality, contrast: 0.02 };
  const ready = { state: 'ready', reference: { r: 200, g: 200, b: 200 } } as const;

  it('compares the colour of the white card with the calibration, regardless of brightness', () => {
    expect(colourCheck(look({ quality: plain }), ready)).toMatchObject({ state: 'ok' });
    const yellow = look({ quality: plain, colour: { r: 0.8, g: 0.8, b: 0.64 } });
    expect(colourCheck(yellow, ready)).toMatchObject({
      state: 'warning',
      found: 'red 1.00, blue 0.80 of green; 20 % from the calibration',
    });
  });

  it('compares only the white card', () => {
    const skin = look({ colour: { r: 0.8, g: 0.6, b: 0.5 } });
    expect(colourCheck(skin, ready)).toMatchObject({ state: 'unknown' });
  });

  it('reports a missing or invalid calibration', () => {
    expect(colourCheck(look(), { state: 'none' })).toMatchObject({ state: 'unknown' });
    expect(colourCheck(look(), { state: 'colourless' })).toMatchObject({ state: 'unknown' });
    expect(colourCheck(look(), { state: 'broken', reason: 'bad' })).toMatchObject({ state: 'warning' });
  });

  it('computes an infinite colour cast for an image without green', () => {
    expect(castOf({ r: 1, g: 0, b: 1 }, WHITE)).toBe(Infinity);
  });
});

describe('the other checks', () => {
  it('fail for a button that is unavailable or stuck, but not without a configured button', () => {
    expect(buttonCheck({ driver: 'virtual', state: 'ready' }).state).toBe('ok');
    expect(buttonCheck({ driver: 'onoff', state: 'ready', reason: 'line 17' }).found).toBe('onoff: line 17');
    expect(buttonCheck({ driver: 'onoff', state: 'touch-only', reason: 'no permission' })).toMatchObject({
      state: 'failed',
      found: 'no permission',
    });
    expect(buttonCheck({ driver: 'onoff', state: 'stuck', reason: 'line 17' }).state).toBe('failed');
  });

  it('fail for a configured lamp that is unavailable', () => {
    expect(lampCheck({ state: 'none' }).state).toBe('ok');
    expect(lampCheck({ state: 'ready', location: 'line 27' }).found).toBe('line 27');
    expect(lampCheck({ state: 'failed', reason: 'no chip' }).state).toBe('failed');
  });

  it('name the model and the engine, or the reason there is none', () => {
    const status = { state: 'ready', model: FAKE_MODEL } as const;
    expect(modelCheck(status, 'there').found).toMatch(
      /^example 1\.2\.3 \(c+\) on fake: it is a fake; bundle there$/,
    );
    expect(modelCheck({ state: 'none', reason: 'bad hash' }, '')).toMatchObject({
      state: 'failed',
      found: 'bad hash',
    });
    expect(modelCheck({ state: 'loading' }, '').state).toBe('warning');
    const selfTest = { vectors: 3, difference: 1e-6, tolerance: 0.001 };
    expect(engineCheck(status, selfTest).found).toContain('3 vectors: largest difference 1.0e-6');
    expect(engineCheck({ state: 'loading' }, undefined).state).toBe('unknown');
  });
});

describe('a run of all checks', () => {
  const status = { state: 'ready', model: FAKE_MODEL } as const;

  function parts(more: Partial<CheckSources> = {}): CheckSources {
    return {
      board: new FakeBoard(),
      camera: () =>
        Promise.resolve({
          driver: 'fake',
          simulated: true,
          status: { state: 'live' },
          fps: 20,
          last: { jpeg: JPEG, sequence: 0, receivedAt: 0 },
        }),
      look: () => Promise.resolve(look()),
      button: () => buttonCheck({ driver: 'virtual', state: 'ready' }),
      lamp: () => lampCheck({ state: 'none' }),
      model: () => modelCheck(status, 'there'),
      engine: () => engineCheck(status, undefined),
      record: () => 'database writable',
      versions: { program: '1', node: 'v20', system: ['Linux', '6', 'arm64'] },
      ownBytes: () => 80e6,
      config: { dataDir: '/nonexistent', cameraFps: 20 },
      clock: new FakeClock(),
      ...more,
    };
  }

  async function states(more: Partial<CheckSources>): Promise<Record<string, string>> {
    return Object.fromEntries((await runChecks(parts(more))).map(({ id, state }) => [id, state]));
  }

  it('includes every check, in the order of the report', async () => {
    expect((await runChecks(parts())).map(({ id }) => id)).toEqual(Object.keys(CHECK_TITLES));
  });

  it('continues after a failed check', async () => {
    const fail = (): never => {
      throw new KioskError('gpio/no-permission', 'not permitted');
    };
    const checks = await runChecks(parts({ button: fail, lamp: fail, record: fail }));
    expect(checks.filter(({ state }) => state === 'failed').map(({ id, found }) => [id, found])).toEqual([
      ['button', 'not permitted'],
      ['lamp', 'not permitted'],
      ['disk', 'not permitted'],
    ]);
    expect(checks).toHaveLength(Object.keys(CHECK_TITLES).length);
  });

  it.each([
    ['gpio/no-permission', {}],
    ['store/newer', { cure: ERRORS['store/newer'].cure }],
    ['store/full', { cure: FAULTS['store/full'].cure, cureCode: 'store/full' }],
  ] as const)('gives the cure for %s, unless the message contains it: %j', async (code, cure) => {
    const fail = (): never => {
      throw new KioskError(code, 'odd');
    };
    const disk = (await runChecks(parts({ record: fail }))).find(({ id }) => id === 'disk');
    expect(disk).toEqual({ id: 'disk', title: CHECK_TITLES.disk, state: 'failed', found: 'odd', ...cure });
  });

  it('reports image and colour as unknown if it has no inspected frame', async () => {
    const gone = () => Promise.reject(new KioskError('camera/lost', 'gone'));
    expect(await states({ camera: gone })).toMatchObject({
      camera: 'failed',
      picture: 'unknown',
      colour: 'unknown',
    });
    const busy = () => Promise.resolve(undefined);
    expect(await states({ look: busy })).toMatchObject({
      camera: 'ok',
      picture: 'unknown',
      colour: 'unknown',
    });
    const died = () => Promise.reject(new KioskError('inference/died', 'died'));
    expect(await states({ look: died })).toMatchObject({
      camera: 'ok',
      picture: 'unknown',
      colour: 'unknown',
    });
  });

  it('fails the image check for a frame that cannot be decoded', async () => {
    const broken = () => Promise.reject(new KioskError('picture/broken', 'broken'));
    expect(await states({ look: broken })).toMatchObject({ picture: 'failed', colour: 'unknown' });
  });
});
