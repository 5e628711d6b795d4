import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mahalanobis2, readOodModel, type OodModel } from '../../src/classifier/model/ood.ts';
import { float32Bytes } from '../support/bundle.ts';

const SPEC = { file: 'likeness.bin', components: 2, features: 3, limit: 10 };
/** Mean (1, 2, 3); variance 4 along x and 9 along y; 0.25 in the residual, along z. */
const NUMBERS = [1, 2, 3, 4, 9, 0.25, 1, 0, 0, 0, 1, 0];

const LIKENESS = readOodModel(float32Bytes(NUMBERS), SPEC) as OodModel;

describe('likeness.bin', () => {
  it('is read in the order mean, eigenvalues, residual variance, components', () => {
    expect([...LIKENESS.mean]).toEqual([1, 2, 3]);
    expect([...LIKENESS.eigenvalues]).toEqual([4, 9]);
    expect(LIKENESS.residualVariance).toBe(0.25);
    expect([...LIKENESS.components]).toEqual([1, 0, 0, 0, 1, 0]);
  });

  it('is read at any offset of a buffer', () => {
    const bytes = float32Bytes(NUMBERS);
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    expect(readOodModel(shifted.subarray(1), SPEC)).toEqual(LIKENESS);
  });

  const changed = (at: number, value: number): number[] => NUMBERS.with(at, value);
  it.each([
    {
      what: 'a byte too few',
      bytes: float32Bytes(NUMBERS).subarray(1),
      problem: 'has 47 bytes, expected 48',
    },
    { what: 'a value too many', bytes: float32Bytes([...NUMBERS, 0]), problem: 'has 52 bytes, expected 48' },
    { what: 'NaN in the mean', bytes: float32Bytes(changed(0, NaN)), problem: 'not finite' },
    { what: 'an infinite component', bytes: float32Bytes(changed(11, -Infinity)), problem: 'not finite' },
    { what: 'an eigenvalue of zero', bytes: float32Bytes(changed(4, 0)), problem: 'not positive' },
    { what: 'a negative residual variance', bytes: float32Bytes(changed(5, -1)), problem: 'not positive' },
  ])('is rejected with $what', ({ bytes, problem }) => {
    expect(readOodModel(bytes, SPEC)).toContain(problem);
  });
});

describe('the distance from the training images', () => {
  it('is zero at their mean', () => {
    expect(mahalanobis2(LIKENESS, [1, 2, 3])).toBe(0);
  });

  it('scales each direction by its variance', () => {
    expect(mahalanobis2(LIKENESS, [3, 2, 3])).toBeCloseTo(1, 12);
    expect(mahalanobis2(LIKENESS, [1, 5, 3])).toBeCloseTo(1, 12);
    expect(mahalanobis2(LIKENESS, [1, 2, 3.5])).toBeCloseTo(1, 12);
    expect(mahalanobis2(LIKENESS, [3, 5, 3.5])).toBeCloseTo(3, 12);
  });

  it('is never negative and grows with the distance along any direction', () => {
    const value = fc.double({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(
        fc.tuple(value, value, value),
        fc.double({ min: 1, max: 10, noNaN: true }),
        (direction, factor) => {
          const at = (length: number): number =>
            mahalanobis2(
              LIKENESS,
              direction.map((step, i) => LIKENESS.mean[i]! + length * step),
            );
          expect(at(1)).toBeGreaterThanOrEqual(0);
          expect(at(factor)).toBeGreaterThanOrEqual(at(1) * (1 - 1e-9));
        },
      ),
    );
  });

  it.each([
    { what: 'a value is not a number', features: [1, NaN, 3] },
    { what: 'a value is infinite', features: [1, 2, Infinity] },
    { what: 'there are too few', features: [1, 2] },
  ])('is not finite if $what', ({ features }) => {
    expect(Number.isFinite(mahalanobis2(LIKENESS, features))).toBe(false);
  });
});
