import { CLASS_IDS, type ClassId, type Probabilities } from '../../protocol/classes.ts';

/** One image: its ground truth and the model's scores. */
export interface Case {
  readonly malignant: boolean;
  /** Absent if only benign or malignant is known. */
  readonly dx?: ClassId;
  /** The lesion; images of one lesion share it. */
  readonly lesion: string;
  /** Probability, 0–1. */
  readonly malignancy: number;
  readonly probabilities: Probabilities;
  /** The same if all classes were equally frequent, if the model says so. */
  readonly equalPrevalence?: Probabilities;
}

/** Cases as columns, by increasing malignancy; in input order on a tie. */
export interface Sample {
  readonly malignancy: Float64Array;
  /** 1 malignant, 0 benign. */
  readonly malignant: Uint8Array;
  /** The class of the highest probability, an index into `CLASS_IDS`; the first on a tie. */
  readonly answer: Uint8Array;
  /** The same by the probabilities at equal frequencies of the classes; `answer` if the model has none. */
  readonly evenAnswer: Uint8Array;
  /** The true class, an index into `CLASS_IDS`; absent unless it is known for every case. */
  readonly truth?: Uint8Array;
  /** Number of the lesion, from 0. */
  readonly lesion: Uint32Array;
  readonly lesions: number;
}

export function sampleOf(cases: readonly Case[]): Sample {
  const sorted = [...cases].sort((a, b) => a.malignancy - b.malignancy);
  const numbers = new Map<string, number>();
  for (const { lesion } of cases) if (!numbers.has(lesion)) numbers.set(lesion, numbers.size);
  const truths = sorted.flatMap(({ dx }) => (dx === undefined ? [] : [CLASS_IDS.indexOf(dx)]));
  return {
    malignancy: Float64Array.from(sorted, ({ malignancy }) => malignancy),
    malignant: Uint8Array.from(sorted, ({ malignant }) => (malignant ? 1 : 0)),
    answer: Uint8Array.from(sorted, ({ probabilities }) => mostProbable(probabilities)),
    evenAnswer: Uint8Array.from(sorted, ({ probabilities, equalPrevalence = probabilities }) =>
      mostProbable(equalPrevalence),
    ),
    ...(truths.length === sorted.length ? { truth: Uint8Array.from(truths) } : {}),
    lesion: Uint32Array.from(sorted, ({ lesion }) => numbers.get(lesion) ?? 0),
    lesions: numbers.size,
  };
}

/** Each image as often as its lesion was drawn. @param counts how often, by lesion number */
export function resampled(sample: Sample, counts: ArrayLike<number>): Sample {
  let size = 0;
  for (const lesion of sample.lesion) size += counts[lesion] ?? 0;
  const index = new Uint32Array(size);
  let at = 0;
  sample.lesion.forEach((lesion, i) => {
    const end = at + (counts[lesion] ?? 0);
    index.fill(i, at, end);
    at = end;
  });
  const { truth, lesions } = sample;
  return {
    malignancy: Float64Array.from(index, (i) => sample.malignancy[i] ?? 0),
    malignant: bytesAt(sample.malignant, index),
    answer: bytesAt(sample.answer, index),
    evenAnswer: bytesAt(sample.evenAnswer, index),
    ...(truth === undefined ? {} : { truth: bytesAt(truth, index) }),
    lesion: Uint32Array.from(index, (i) => sample.lesion[i] ?? 0),
    lesions,
  };
}

function bytesAt(values: Uint8Array, index: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(index.length);
  for (let i = 0; i < index.length; i += 1) bytes[i] = values[index[i] ?? 0] ?? 0;
  return bytes;
}

function mostProbable(probabilities: Probabilities): number {
  const values = CLASS_IDS.map((id) => probabilities[id]);
  return values.indexOf(Math.max(...values));
}
