import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/vision/geometry.ts';
import { decode } from '../../src/vision/jpeg.ts';

const folder = join(import.meta.dirname, '..', 'fixtures', 'geometry');

interface Case {
  readonly file: string;
  readonly areaSide: number;
  readonly size: number;
  readonly sha256: string;
}

/** Written by `model/training/golden_geometry.py` from the geometry the model was trained with. */
const { preprocessing, cases } = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as {
  readonly preprocessing: number;
  readonly cases: readonly Case[];
};

describe('the geometry the model was trained with', () => {
  it('is version 1, and every golden image is used', () => {
    const images = readdirSync(folder).filter((name) => name.endsWith('.png'));
    expect(preprocessing).toBe(1);
    expect(images.length).toBeGreaterThan(0);
    expect([...new Set(cases.map(({ file }) => file))].sort()).toEqual(images.sort());
  });

  it.each(cases)(
    'matches ours to the byte: $file by area to $areaSide, then to $size',
    async ({ file, areaSide, size, sha256 }) => {
      const image = await decode(readFileSync(join(folder, file)));
      const data = prepare(image, { areaSide, size });
      expect(data).toHaveLength(size * size * 3);
      expect(createHash('sha256').update(data).digest('hex')).toBe(sha256);
    },
  );
});
