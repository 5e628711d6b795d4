import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCalibration } from '../../src/config/camera-calibration.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kiosk-calibration-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the camera calibration that the self-test reads', () => {
  it('is absent if there is no file', async () => {
    expect(await readCalibration(join(folder, 'nowhere'))).toEqual({ state: 'none' });
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"reference":null}',
    '{"reference":{"r":1,"g":0,"b":1}}',
    '{"reference":{"r":"1","g":1,"b":1}}',
  ])('is broken if the file is %j', async (text) => {
    writeFileSync(join(folder, 'camera.json'), text);
    expect(await readCalibration(folder)).toMatchObject({ state: 'broken' });
  });

  it('may consist of the camera’s settings only', async () => {
    writeFileSync(join(folder, 'camera.json'), '{"driver":"v4l2","settings":{}}');
    expect(await readCalibration(folder)).toEqual({ state: 'colourless' });
  });

  it('is the colour of the white card, whatever else the file contains', async () => {
    const reference = { r: 182, g: 181, b: 179 };
    const file = {
      version: 3,
      whiteBalance: { red: 1.9, blue: 1.4 },
      reference: { ...reference, at: 'noon' },
    };
    writeFileSync(join(folder, 'camera.json'), JSON.stringify(file));
    expect(await readCalibration(folder)).toEqual({ state: 'ready', reference });
  });
});
