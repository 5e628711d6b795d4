import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoresOf, slopesOf } from '../../src/classifier/model/calibration.ts';
import { heatOf } from '../../src/classifier/decision/heat-map.ts';
import { CLASS_IDS, type ClassId } from '../../src/protocol/classes.ts';
import { exampleCard } from '../support/bundle.ts';

const card = exampleCard();

/** A map of 2 × 2 with these values of one class, the others 0. */
function mapOf(values: Partial<Record<ClassId, readonly number[]>>): Float32Array {
  return Float32Array.from({ length: 4 * 7 }, (_, i) => values[CLASS_IDS[i % 7]!]?.[Math.floor(i / 7)] ?? 0);
}

function slopes(malignant: number): readonly number[] {
  return slopesOf([0, 0, 0, 0, malignant, 0, 0], card);
}

describe('the heat map', () => {
  it('peaks where the malignant class is active if the statement is above', () => {
    const heat = heatOf(mapOf({ mel: [0, 3, 1.5, -2] }), slopes(9), 'above');
    expect(heat).toEqual({ side: 2, values: [0, 255, 128, 0] });
  });

  it('peaks where the benign class is active if the statement is below', () => {
    const map = mapOf({ mel: [3, 0, 0, 0], nv: [0, 0, 0, 2] });
    expect(heatOf(map, slopes(0), 'below')!.values).toEqual([0, 0, 0, 255]);
  });

  it('weights the malignant classes by their share of the malignancy', () => {
    const map = mapOf({ mel: [1, 0, 0, 0], bcc: [0, 1, 0, 0] });
    expect(heatOf(map, slopes(Math.log(3)), 'above')!.values).toEqual([255, 85, 0, 0]);
  });

  it('is undefined if no class supports the statement or a value is not finite', () => {
    expect(heatOf(mapOf({}), slopes(1), 'above')).toBeUndefined();
    expect(heatOf(mapOf({ mel: [1, 1, 1, 1] }), slopes(0), 'below')).toBeUndefined();
    expect(heatOf(mapOf({ mel: [1, NaN, 1, 1] }), slopes(1), 'above')).toBeUndefined();
  });

  it('weights each class by the slope of the log-odds of malignancy', () => {
    const malignant = ['akiec', 'bcc', 'mel'] as const;
    const map = mapOf({ akiec: [1, 0, 0, 0], bcc: [0, 1, 0, 0], mel: [0, 0, 1, 0] });
    // The bias of the differential must not change the map.
    const classBias = [2, 1, 0, -1, -2, 3, 0];
    const differential = { classBias: [0, 0, 0, 5, 5, 5, 5] };
    const calibrated = { calibration: { temperature: 1, classBias, differential } };
    const logOdds = (values: readonly number[]): number => {
      const { malignancy } = scoresOf(values, calibrated)!;
      return Math.log(malignancy / (1 - malignancy));
    };
    const value = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 7, maxLength: 7 }), (logits) => {
        const step = 1e-4;
        const slopes = malignant.map((id) => {
          const at = CLASS_IDS.indexOf(id);
          return (logOdds(logits.with(at, logits[at]! + step)) - logOdds(logits)) / step;
        });
        const { values } = heatOf(map, slopesOf(logits, calibrated), 'above')!;
        for (const [i, slope] of slopes.entries()) {
          expect(values[i]! / 255).toBeCloseTo(slope / Math.max(...slopes), 2);
        }
      }),
    );
  });

  it('ranges from 0 to 255 and always contains 255', () => {
    const values = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 28, maxLength: 28 });
    fc.assert(
      fc.property(values, fc.double({ min: -9, max: 9, noNaN: true }), (map, malignant) => {
        for (const statement of ['above', 'below'] as const) {
          const heat = heatOf(Float32Array.from(map), slopes(malignant), statement);
          if (heat === undefined) continue;
          expect(Math.max(...heat.values)).toBe(255);
          expect(Math.min(...heat.values)).toBeGreaterThanOrEqual(0);
          expect(heat.values.every(Number.isInteger)).toBe(true);
        }
      }),
    );
  });
});
