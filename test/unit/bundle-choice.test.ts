import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleDirOf } from '../../src/app/factories.ts';
import { SEED_BUNDLE } from '../support/engines.ts';

describe('the configured model bundle', () => {
  it('is a bundled one by default', () => {
    expect(join(bundleDirOf({ model: '' }), '..')).toBe(join(SEED_BUNDLE, '..'));
  });

  it('is a bundled one if the setting names it', () => {
    expect(bundleDirOf({ model: 'seed-cnn' })).toBe(SEED_BUNDLE);
  });

  it.each(['nothing-of-that-name', './seed-cnn', '/srv/bundles/seed-cnn', '..', 'models/own'])(
    'is the folder %s',
    (model) => {
      expect(bundleDirOf({ model })).toBe(model);
    },
  );
});
