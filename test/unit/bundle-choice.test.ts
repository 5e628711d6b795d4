import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleDirOf } from '../../src/app/factories.ts';
import { SEED_BUNDLE } from '../support/engines.ts';

describe('the bundle that the settings choose', () => {
  it('is one that ships, unless they say otherwise', () => {
    expect(join(bundleDirOf({ model: '' }), '..')).toBe(join(SEED_BUNDLE, '..'));
  });

  it('is one that ships, by its name', () => {
    expect(bundleDirOf({ model: 'seed-cnn' })).toBe(SEED_BUNDLE);
  });

  it.each(['nothing-of-that-name', './seed-cnn', '/srv/bundles/seed-cnn', '..', 'models/own'])(
    'is the folder %s',
    (model) => {
      expect(bundleDirOf({ model })).toBe(model);
    },
  );
});
