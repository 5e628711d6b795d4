import { describe, expect, it } from 'vitest';
import { SCENES } from '../../src/camera/programs/phantom/scene.ts';
import { loadConfig, variableOf } from '../../src/config/load.ts';
import { ConfigSchema, PHANTOM_SCENES } from '../../src/config/schema.ts';
import { KioskError } from '../../src/lib/errors.ts';

describe('the settings', () => {
  it('all have a default, so that an empty environment is a complete configuration', () => {
    const config = loadConfig({ PATH: '/usr/bin', HOME: '/root' });
    expect(Object.keys(config).sort()).toEqual(Object.keys(ConfigSchema.properties).sort());
    expect(config).toMatchObject({ host: '127.0.0.1', port: 8080, camera: 'phantom', engine: 'auto' });
  });

  it('are frozen', () => {
    expect(Object.isFrozen(loadConfig({}))).toBe(true);
  });

  it('are read from variables with the prefix KIOSK_ and converted to numbers and booleans', () => {
    expect(variableOf('burstFrames')).toBe('KIOSK_BURST_FRAMES');
    const config = loadConfig({ KIOSK_BURST_FRAMES: '5', KIOSK_BUTTON_ACTIVE_LOW: 'false' });
    expect(config).toMatchObject({ burstFrames: 5, buttonActiveLow: false });
  });

  it('take the path of the update lock from balena unless KIOSK_UPDATE_LOCK is set', () => {
    expect(loadConfig({}).updateLock).toBe('');
    expect(loadConfig({ BALENA_APP_LOCK_PATH: '/tmp/balena/updates.lock' }).updateLock).toBe(
      '/tmp/balena/updates.lock',
    );
    const none = { BALENA_APP_LOCK_PATH: '/tmp/balena/updates.lock', KIOSK_UPDATE_LOCK: '' };
    expect(loadConfig(none).updateLock).toBe('');
    expect(() => loadConfig({ KIOSK_UPDATE_LOCK: 'updates.lock' })).toThrow(
      'KIOSK_UPDATE_LOCK=updates.lock: must be an absolute path',
    );
  });

  it('use PORT unless KIOSK_PORT is set', () => {
    expect(loadConfig({ PORT: '9000' }).port).toBe(9000);
    expect(loadConfig({ PORT: '9000', KIOSK_PORT: '9001' }).port).toBe(9001);
  });

  it('report all problems at once, each with the name of its variable', () => {
    const problems = problemsOf({
      PORT: 'eighty',
      KIOSK_ENGINE: 'abacus',
      KIOSK_BURST_FRAMES: '0',
      KIOSK_BUTTON_ACTIVE_LOW: 'perhaps',
      KIOSK_BUTTON_KEYS: 'KEY_CAMRA',
      KIOSK_BUTTON: 'onoff',
      KIOSK_LAMP: 'onoff',
      KIOSK_LAMP_LINE: '17',
      KIOSK_CAMRA: 'phantom',
      KIOSK_CAMERA: 'replay',
    });
    expect(problems).toEqual([
      'PORT=eighty: must be a whole number from 0 to 65535',
      'KIOSK_BUTTON_ACTIVE_LOW=perhaps: must be true or false',
      expect.stringMatching(
        /^KIOSK_BUTTON_KEYS=KEY_CAMRA: must be one or more of KEY_ENTER, .* or numbers, separated by commas$/,
      ),
      'KIOSK_ENGINE=abacus: must be one of auto, tfjs-node, onnxruntime',
      'KIOSK_BURST_FRAMES=0: must be a whole number from 1 to 16',
      'KIOSK_CAMRA: unknown setting',
      'KIOSK_REPLAY_DIR: must name a folder of images when KIOSK_CAMERA=replay',
      'KIOSK_LAMP_LINE: must differ from KIOSK_BUTTON_LINE',
    ]);
  });

  it.each([
    { KIOSK_BUTTON: 'input', KIOSK_LAMP: 'onoff', KIOSK_LAMP_LINE: '17' },
    { KIOSK_BUTTON: 'onoff', KIOSK_LAMP: 'onoff', KIOSK_LAMP_LINE: '17', KIOSK_LAMP_CHIP: 'another' },
    { KIOSK_BUTTON: 'auto', KIOSK_LAMP_LINE: '17' },
  ])('allow the same line number for lamp and button if it is not the same line: %j', (env) => {
    expect(problemsOf(env)).toEqual([]);
  });
});

describe('the scenes of the phantom', () => {
  it('are those that the setting accepts', () => {
    expect(PHANTOM_SCENES).toEqual(SCENES);
  });

  it.each(['all', 'naevus', 'naevus,hairy', 'ruler, not-skin'])('can be set to %s', (scenes) => {
    expect(loadConfig({ KIOSK_PHANTOM_SCENE: scenes }).phantomScene).toBe(scenes);
  });

  it.each(['mole', 'naevus,mole', '', 'all,naevus'])('cannot be set to “%s”', (scenes) => {
    const [problem] = problemsOf({ KIOSK_PHANTOM_SCENE: scenes });
    expect(problem).toMatch(
      `KIOSK_PHANTOM_SCENE=${scenes}: must be all, or one or more of naevus, melanoma-like`,
    );
  });
});

function problemsOf(env: Record<string, string>): string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof KioskError && error.code === 'config/invalid') return error.message.split('\n');
    throw error;
  }
  return [];
}
