import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCalibration } from '../../src/config/camera-calibration.ts';
import { run } from '../../src/cli/main.ts';
import { configOf } from '../../src/cli/terminal.ts';
import { saveCameraSettings } from '../../src/config/camera-calibration.ts';
import { readWhiteCard } from '../../src/vision/white-card.ts';
import { FakeTerminal } from '../fakes/terminal.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'camera-cli-'));
});

afterEach(() => {
  rmSync(dataDir, { recursive: true });
});

const terminal = (env: Record<string, string> = {}) => new FakeTerminal({ KIOSK_DATA_DIR: dataDir, ...env });

describe('kiosk camera ruler', () => {
  it('measures the scale of the running camera, prints it as a setting, and saves it for the next start', async () => {
    const kiosk = terminal({ KIOSK_PHANTOM_SCENE: 'ruler' });
    expect(await run(['camera', 'ruler'], kiosk)).toBe(0);
    const scale = Number(/^KIOSK_CAMERA_PIXELS_PER_MM=([0-9.]+)$/m.exec(kiosk.printed)?.[1]);
    // The height of the phantom's scene is 22 mm, 8 % more than the frame's.
    expect(Math.abs(scale / ((720 * 1.08) / 22) - 1)).toBeLessThan(0.02);
    expect(configOf(terminal()).cameraPixelsPerMm).toBe(scale);
  });

  it('saves nothing if there is no ruler', async () => {
    const kiosk = terminal({ KIOSK_PHANTOM_SCENE: 'naevus' });
    expect(await run(['camera', 'ruler'], kiosk)).toBe(1);
    expect(kiosk.complained).toMatch(/No ruler found/);
    expect(configOf(terminal()).cameraPixelsPerMm).toBe(0);
  });
});

describe('kiosk camera', () => {
  it.each([[[]], [['focus']], [['ruler', 'now']]])('prints its usage: %j', async (args) => {
    expect(await run(['camera', ...args], terminal())).toBe(2);
  });

  it('does not calibrate a simulated camera', async () => {
    const kiosk = terminal();
    expect(await run(['camera', 'calibrate'], kiosk)).toBe(2);
    expect(kiosk.complained).toMatch(/KIOSK_CAMERA=phantom cannot be calibrated/);
  });
});

describe('the saved settings of a camera', () => {
  it('apply to their driver and to auto, accumulate, and are overridden by a variable', () => {
    saveCameraSettings(dataDir, 'v4l2', { KIOSK_CAMERA_GAIN: '3' });
    saveCameraSettings(dataDir, 'v4l2', { KIOSK_CAMERA_PIXELS_PER_MM: '41.5' });
    const saved = { cameraGain: 3, cameraPixelsPerMm: 41.5 };
    expect(configOf(terminal({ KIOSK_CAMERA: 'v4l2' }))).toMatchObject(saved);
    expect(configOf(terminal({ KIOSK_CAMERA: 'auto' }))).toMatchObject(saved);
    expect(configOf(terminal({ KIOSK_CAMERA: 'libcamera' }))).toMatchObject({ cameraGain: 0 });
    expect(configOf(terminal({ KIOSK_CAMERA: 'v4l2', KIOSK_CAMERA_GAIN: '7' }))).toMatchObject({
      cameraGain: 7,
    });
    saveCameraSettings(dataDir, 'libcamera', { KIOSK_CAMERA_GAIN: '2' });
    expect(readFileSync(join(dataDir, 'camera.json'), 'utf8')).not.toContain('41.5');
  });

  it('include the colour of the white card for doctor, which reports that a scale alone has none', async () => {
    saveCameraSettings(dataDir, 'v4l2', { KIOSK_CAMERA_PIXELS_PER_MM: '41.5' });
    expect(await readCalibration(dataDir)).toEqual({ state: 'colourless' });
    const reference = { r: 200, g: 190, b: 180 };
    saveCameraSettings(dataDir, 'v4l2', { KIOSK_CAMERA_GAIN: '3' }, reference);
    saveCameraSettings(dataDir, 'v4l2', { KIOSK_CAMERA_PIXELS_PER_MM: '40' });
    expect(await readCalibration(dataDir)).toEqual({ state: 'ready', reference });
  });

  it.each(['{', '{"driver":"v4l2","settings":{"KIOSK_HOST":"0.0.0.0"}}', '[]'])(
    'are rejected with the file’s name if the file is damaged: %s',
    (text) => {
      writeFileSync(join(dataDir, 'camera.json'), text);
      expect(() => configOf(terminal())).toThrow(/camera\.json is not a valid calibration file/);
    },
  );
});

describe('a white card', () => {
  const card = (colour: readonly [number, number, number]) =>
    readWhiteCard({
      width: 40,
      height: 30,
      data: Uint8Array.from({ length: 3600 }, (_, i) => colour[i % 3]!),
    });

  it('is neutral, has a colour cast, or is clipped', () => {
    expect(card([200, 200, 200])).toEqual({
      ...{ cast: 0, clipped: 0, brightness: 200 / 255, unevenness: 0 },
      colour: { r: 200, g: 200, b: 200 },
    });
    expect(card([220, 200, 200]).cast).toBeCloseTo(0.1, 5);
    expect(card([255, 240, 240]).clipped).toBe(1);
  });
});
