import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Card, SelfTest } from '../../src/classifier/model/card.ts';
import { CLASS_IDS } from '../../src/protocol/classes.ts';

const SIZE = 8;

/** A card that is formally valid; its values are meaningless. */
export function exampleCard(changes: Partial<Card> = {}): Card {
  return {
    schema: 1,
    name: 'example',
    version: '1.2.3',
    created: '2026-01-01',
    licence: 'none',
    trainedOn: 'nothing: an example for tests',
    intendedUse: 'tests',
    limits: ['knows nothing'],
    classes: [...CLASS_IDS] as unknown as Card['classes'],
    input: { size: SIZE, preprocessing: { version: 1, areaSide: SIZE } },
    tensors: { image: 'image', logits: 'logits' },
    calibration: { temperature: 1 },
    operatingPoints: [
      {
        name: 'referral',
        targetSensitivity: 0.95,
        threshold: 0.3,
        sensitivity: { value: 0.95, low: 0.93, high: 0.97 },
        specificity: { value: 0.5 },
        default: true,
      },
    ],
    measured: [{ name: 'AUC', on: 'fold 4', value: 0.8, low: 0.78, high: 0.82 }],
    files: {},
    ...changes,
  };
}

export function exampleSelfTest(size = SIZE): SelfTest {
  const image = Buffer.alloc(size * size * 3, 7).toString('base64');
  return { tolerance: 1e-3, vectors: [{ name: 'grey', image, probabilities: CLASS_IDS.map(() => 1 / 7) }] };
}

/** Files of a bundle with invalid graphs, for everything that is checked before an engine loads them. */
export function exampleFiles(): Record<string, string> {
  return {
    'self-test.json': JSON.stringify(exampleSelfTest()),
    'model.onnx': 'not a graph',
    'saved_model/saved_model.pb': 'not a graph either',
  };
}

export interface WrittenBundle {
  readonly card?: object;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

/** Writes a bundle; its card lists the true hashes of the files unless it has its own list. */
export async function writeBundle(
  dir: string,
  { card = {}, files = exampleFiles() }: WrittenBundle = {},
): Promise<void> {
  const hashes = Object.fromEntries(Object.entries(files).map(([path, data]) => [path, sha256(data)]));
  const all = { ...files, 'card.json': JSON.stringify({ ...exampleCard(), files: hashes, ...card }) };
  for (const [path, data] of Object.entries(all)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), data);
  }
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Numbers as in `likeness.bin`: float32, little endian. */
export function float32Bytes(numbers: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(numbers.length * 4));
  numbers.forEach((value, i) => {
    view.setFloat32(i * 4, value, true);
  });
  return new Uint8Array(view.buffer);
}
