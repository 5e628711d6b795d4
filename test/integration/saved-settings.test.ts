import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { classifierRulesFrom } from '../../src/app/factories.ts';
import { loadSettings, writeSavedSettings } from '../../src/config/saved-settings.ts';
import { loadConfig } from '../../src/config/load.ts';
import { DEFAULT_GATE } from '../../src/vision/gate.ts';
import { cardInUse, defaultOperatingPoint } from '../../src/classifier/decision/verdict.ts';
import { exampleCard } from '../support/bundle.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'kiosk-chosen-'));
});

afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

const settings = (env: Record<string, string> = {}) => loadSettings({ KIOSK_DATA_DIR: dataDir, ...env });

describe('a setting saved on the screen', () => {
  it('overrides the default and is overridden by the environment', () => {
    writeSavedSettings(dataDir, { language: 'de', idleSeconds: '60' });
    expect(settings().config).toMatchObject({ language: 'de', idleSeconds: 60 });
    expect(settings({ KIOSK_LANGUAGE: 'fr' }).config).toMatchObject({ language: 'fr', idleSeconds: 60 });
  });

  it('is dropped and reported if it is no longer valid; the rest applies', () => {
    writeFileSync(
      join(dataDir, 'settings.json'),
      JSON.stringify({ language: 'tlh', camera: 'replay', sound: 'false', host: '0.0.0.0' }),
    );
    const { config, dropped, chosen } = settings();
    expect(config).toMatchObject({ language: 'en', camera: 'phantom', sound: false, host: '127.0.0.1' });
    expect(dropped).toEqual(['language', 'camera']);
    expect(chosen).toEqual({ sound: 'false' });
  });

  it('does not hide an invalid environment, which is rejected as always', () => {
    writeSavedSettings(dataDir, { language: 'de' });
    expect(() => settings({ KIOSK_PORT: 'eighty' })).toThrow(/KIOSK_PORT=eighty/);
  });

  it.each(['{', '[1]', '{"language":5}'])(
    'is rejected with the file’s name if the file is damaged: %s',
    (text) => {
      writeFileSync(join(dataDir, 'settings.json'), text);
      expect(() => settings()).toThrow(/settings\.json is not a valid settings file/);
    },
  );

  it('is stored in a readable file', () => {
    writeSavedSettings(dataDir, { language: 'de' });
    expect(readFileSync(join(dataDir, 'settings.json'), 'utf8')).toBe('{\n  "language": "de"\n}\n');
  });
});

describe('the rules of the classifier', () => {
  it('have the measured limits by default', () => {
    expect(classifierRulesFrom(loadConfig({}))).toEqual({
      ...{ operatingPoint: '', prevalence: 'card', gate: DEFAULT_GATE },
    });
  });

  it('select an operating point of the card by name, and the card’s default for an unknown name', () => {
    const card = exampleCard();
    const [point] = card.operatingPoints;
    const two = {
      ...card,
      operatingPoints: [
        { ...point!, default: true },
        { ...point!, name: 'other', threshold: 0.01, default: false },
      ],
    };
    expect(defaultOperatingPoint(cardInUse(two, 'other')).threshold).toBe(0.01);
    expect(defaultOperatingPoint(cardInUse(two, 'gone')).threshold).toBe(point!.threshold);
  });
});
