import { describe, expect, it } from 'vitest';
import { cameraProgram, convergedCamera } from '../../src/app/camera-drivers.ts';
import { CAMERA_NAMES, missingFor, TRIED_BY_AUTO } from '../../src/config/camera-names.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/config/schema.ts';

/** The settings that some driver requires. */
const COMPLETE = { KIOSK_REPLAY_DIR: '/pictures', KIOSK_CAMERA_PIPELINE: 'videotestsrc' };

function configOf(camera: string): Config {
  return loadConfig({ ...COMPLETE, KIOSK_CAMERA: camera });
}

describe('the camera drivers', () => {
  it.each(CAMERA_NAMES)('are loaded by the value of the setting, which is their name: %s', async (name) => {
    expect((await cameraProgram(configOf(name))).driver).toBe(name);
  });

  it.each(TRIED_BY_AUTO)(
    'that auto tries are not simulated and can search for a device: %s',
    async (name) => {
      const driver = await cameraProgram(configOf(name));
      expect(driver.simulated).toBe(false);
      expect(driver).toHaveProperty('find');
    },
  );

  it('are rejected without a required setting, with the name of its variable', () => {
    const bare = loadConfig({});
    const incomplete = CAMERA_NAMES.filter((name) => missingFor(name, bare) !== undefined);
    expect(incomplete).toEqual(['replay', 'gstreamer']);
    const problemOf = (camera: string): string => {
      try {
        return loadConfig({ KIOSK_CAMERA: camera }).camera;
      } catch (error) {
        return String(error);
      }
    };
    expect(problemOf('replay')).toMatch(
      'KIOSK_REPLAY_DIR: must name a folder of images when KIOSK_CAMERA=replay',
    );
    expect(problemOf('gstreamer')).toMatch(
      'KIOSK_CAMERA_PIPELINE: must name a video source when KIOSK_CAMERA=gstreamer',
    );
    expect(problemOf('v4l2')).toBe('v4l2');
  });

  it('that cannot be calibrated are rejected with the names of those that can', async () => {
    await expect(convergedCamera(configOf('gstreamer'))).rejects.toThrow(
      'KIOSK_CAMERA=gstreamer cannot be calibrated: set libcamera or v4l2',
    );
  });
});

describe('auto', () => {
  const triesWith = async (env: Readonly<Record<string, string>>): Promise<string> => {
    const auto = await cameraProgram(loadConfig({ KIOSK_CAMERA: 'auto', ...env }));
    if (!('find' in auto)) throw new Error('auto is not a driver');
    // Every driver rejects this rotation or has no such device, so that auto names all that it tried.
    return auto.find().then(
      () => 'found one',
      (error: unknown) => String(error),
    );
  };

  it('tries the drivers in the order of the table, and gstreamer only with a pipeline', async () => {
    expect(TRIED_BY_AUTO).toEqual(['libcamera', 'v4l2', 'gstreamer']);
    const unusable = { KIOSK_CAMERA_ROTATION: '90', KIOSK_CAMERA_DEVICE: '/dev/no-such-camera' };
    expect(await triesWith(unusable)).toMatch(/libcamera: .*v4l2: /s);
    expect(await triesWith(unusable)).not.toMatch('gstreamer: ');
    const pipeline = { ...unusable, KIOSK_CAMERA_PIPELINE: 'a ! fakesink' };
    expect(await triesWith(pipeline)).toMatch(/gstreamer: .*must not end in a sink/);
  });
});
