import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stillArguments } from '../../src/camera/drivers/libcamera-still.ts';
import type { CameraSettings } from '../../src/camera/port.ts';

const DEFAULTS: CameraSettings = {
  cameraDevice: '',
  cameraWidth: 960,
  cameraHeight: 720,
  cameraFps: 20,
  cameraExposureUs: 0,
  cameraGain: 0,
  cameraWhiteBalance: '',
  cameraFocus: '',
  cameraCrop: 1,
  cameraRotation: '0',
};

const WORDS = ['jpg', 'still.jpg', 'manual', 'cdn_off'];

describe('the arguments of a still', () => {
  it('request the sensor’s full size and only what is set', () => {
    expect(stillArguments(DEFAULTS)).toEqual({
      timeout: 1000,
      nopreview: true,
      encoding: 'jpg',
      quality: 95,
      denoise: 'cdn_off',
      output: 'still.jpg',
    });
  });

  it('are numbers in the format of the package', () => {
    const set = { cameraDevice: '0', cameraWhiteBalance: '1.8,1.4', cameraCrop: 0.5, cameraFocus: '9.5' };
    expect(stillArguments({ ...DEFAULTS, ...set })).toMatchObject({
      camera: 0,
      awbgains: [1.8, 1.4],
      roi: { x: 0.25, y: 0.25, w: 0.5, h: 0.5 },
      'autofocus-mode': 'manual',
      'lens-position': 9.5,
    });
  });

  it.each([
    { cameraDevice: '0; reboot' },
    { cameraFocus: '$(reboot)' },
    { cameraWhiteBalance: '1.8,`reboot`' },
    { cameraWhiteBalance: '1.8,' },
    { cameraGain: Number.NaN },
    { cameraRotation: '90' },
  ] as const)('are rejected: %j', (changes) => {
    expect(() => stillArguments({ ...DEFAULTS, ...changes })).toThrow(
      expect.objectContaining({ code: 'camera/lost' }) as Error,
    );
  });

  it('contain nothing that a shell could interpret, for any settings', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('1', '2.5', '1,2', 'manual', 'still.jpg'),
    );
    const hostile = fc.record({ cameraDevice: text, cameraFocus: text, cameraWhiteBalance: text });
    fc.assert(
      fc.property(hostile, (changes) => {
        let all: unknown[];
        try {
          all = Object.values(stillArguments({ ...DEFAULTS, ...changes })).flatMap((value) =>
            typeof value === 'object' ? (Object.values(value) as unknown[]) : [value],
          );
        } catch {
          return;
        }
        for (const value of all)
          expect(value === true || Number.isFinite(value) || WORDS.includes(String(value))).toBe(true);
      }),
    );
  });
});
