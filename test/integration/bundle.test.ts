import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadBundle } from '../../src/classifier/model/bundle.ts';
import {
  exampleCard,
  exampleFiles,
  exampleSelfTest,
  float32Bytes,
  sha256,
  writeBundle,
} from '../support/bundle.ts';

let dir = '';

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bundle-'));
});

afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

/** The message of the rejection; fails if the bundle is accepted. */
async function rejection(): Promise<string> {
  const bundle = await loadBundle(dir).catch((error: unknown) => error);
  expect(bundle).toMatchObject({ code: 'model/none' });
  return (bundle as Error).message;
}

describe('a model bundle', () => {
  it('is accepted if every file matches its card', async () => {
    await writeBundle(dir);
    const bundle = await loadBundle(dir);
    expect(bundle.card.name).toBe('example');
    expect(bundle.selfTest.vectors).toHaveLength(1);
    expect(bundle.sha256).toBe(sha256(await readFile(join(dir, 'card.json'))));
  });

  it.each(Object.keys(exampleFiles()))('is rejected if a byte of %s is flipped', async (path) => {
    await writeBundle(dir);
    const bytes = await readFile(join(dir, path));
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(join(dir, path), bytes);
    expect(await rejection()).toContain(`${path}: its SHA-256 is not the one in card.json`);
  });

  it('has another SHA-256 if a byte of its card is changed', async () => {
    await writeBundle(dir);
    const before = await loadBundle(dir);
    const text = await readFile(join(dir, 'card.json'), 'utf8');
    await writeFile(join(dir, 'card.json'), text.replace('"example"', '"exbmple"'));
    expect((await loadBundle(dir)).sha256).not.toBe(before.sha256);
  });

  it('is rejected if a file is missing', async () => {
    await writeBundle(dir);
    await rm(join(dir, 'model.onnx'));
    expect(await rejection()).toContain('model.onnx: is missing');
  });

  it.each(['saved_model/extra.pb', 'notes.txt', 'folder/folder/x'])(
    'is rejected if it contains a file that is not listed: %s',
    async (path) => {
      await writeBundle(dir);
      await writeBundle(dir, {
        files: { ...exampleFiles(), [path]: 'x' },
        card: { files: hashesOf(exampleFiles()) },
      });
      expect(await rejection()).toContain(`${path}: is not listed`);
    },
  );

  it('is rejected if it contains a symbolic link, even to the right bytes', async () => {
    await writeBundle(dir);
    const other = `${dir}-onnx`;
    await writeFile(other, exampleFiles()['model.onnx']!);
    await rm(join(dir, 'model.onnx'));
    await symlink(other, join(dir, 'model.onnx'));
    expect(await rejection()).toContain('model.onnx: is not a regular file');
    await rm(other);
  });

  it.each(['../outside', '/etc/hostname', 'a/../../b', 'a\\b', './model.onnx', 'card.json', ''])(
    'is rejected if its card lists a path outside it: “%s”',
    async (path) => {
      await writeBundle(dir, { card: { files: { ...hashesOf(exampleFiles()), [path]: '0'.repeat(64) } } });
      expect(await rejection()).toContain(`“${path}” is not a path inside the bundle`);
    },
  );

  it('is rejected if its classes are in another order, with the class in the message', async () => {
    const classes = [...exampleCard().classes].reverse();
    await writeBundle(dir, { card: { classes } });
    expect(await rejection()).toContain('classes/0: expected "akiec"');
  });

  it('is rejected with every problem of its card in the message', async () => {
    await writeBundle(dir, { card: { version: 'one', calibration: { temperature: 0 }, name: undefined } });
    const message = await rejection();
    for (const field of ['version', 'calibration/temperature', 'name'])
      expect(message).toContain(`card.json: ${field}: `);
  });

  it('is rejected without exactly one default operating point', async () => {
    const [point] = exampleCard().operatingPoints;
    await writeBundle(dir, { card: { operatingPoints: [point, point] } });
    expect(await rejection()).toContain('2 are the default');
  });

  it('is rejected if the bounds around a threshold do not contain it', async () => {
    const [point] = exampleCard().operatingPoints;
    const atThreshold = { low: 0.4, high: 0.5, source: 'an example' };
    await writeBundle(dir, { card: { operatingPoints: [{ ...point, atThreshold }] } });
    expect(await rejection()).toContain('atThreshold of “referral” does not contain its threshold');
  });

  it('is rejected if a self-test vector has a different size than the network', async () => {
    await writeBundle(dir, {
      files: { ...exampleFiles(), 'self-test.json': JSON.stringify(exampleSelfTest(9)) },
    });
    expect(await rejection()).toContain('vector “grey” has 243 bytes, expected 192');
  });

  describe('with optional fields in its card', () => {
    const tensors = { image: 'image', logits: 'logits', map: 'map', features: 'features', mask: 'mask' };
    const limits = {
      tensors,
      confounders: ['hair misleads'],
      thresholdsSet: '2026-02-03T04:05:06Z',
      views: 4,
      calibration: {
        temperature: 1.2,
        classBias: [0, 0, 0, 0, 0.5, 0, 0],
        malignancy: { slope: 0.9, intercept: -0.1 },
      },
      presence: { evidence: 0.8, share: 0.02 },
      likeness: { file: 'likeness.bin', components: 1, features: 2, limit: 9 },
      conformal: { coverage: 0.95, minProbability: 0.1, maxSize: 2 },
      drift: {
        on: 'fold 4',
        malignancyDeciles: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
        withheld: 0.1,
      },
    };
    const files = { ...exampleFiles(), 'likeness.bin': float32Bytes([0, 0, 4, 0.5, 1, 0]) };

    /** The card lists the true hashes of these files. */
    async function write(changes: object = {}, other: Record<string, string | Uint8Array> = files) {
      await writeBundle(dir, { card: { ...limits, ...changes }, files: other });
    }

    it('is accepted with the parameters of its out-of-distribution check', async () => {
      await write();
      const { card, ood } = await loadBundle(dir);
      expect(card).toMatchObject(limits);
      expect(ood).toMatchObject({ residualVariance: 0.5, eigenvalues: Float32Array.of(4) });
    });

    it('is rejected if there are too few of these parameters, or a variance is not positive', async () => {
      await write({}, { ...files, 'likeness.bin': float32Bytes([0, 0, 4, 0.5, 1]) });
      expect(await rejection()).toContain('likeness.bin: has 20 bytes, expected 24');
      await write({}, { ...files, 'likeness.bin': float32Bytes([0, 0, -4, 0.5, 1, 0]) });
      expect(await rejection()).toContain('likeness.bin: holds a variance that is not positive');
    });

    it('is rejected if their file is not listed', async () => {
      await write({}, exampleFiles());
      expect(await rejection()).toContain('likeness.bin is not listed');
    });

    it('is rejected with a limit on an output that its graph does not have', async () => {
      await write({ tensors: { image: 'image', logits: 'logits' } });
      const message = await rejection();
      expect(message).toContain('presence needs a mask');
      expect(message).toContain('likeness needs features');
    });

    it.each([
      { field: 'views', changes: { views: 3 } },
      { field: 'thresholdsSet', changes: { thresholdsSet: 'yesterday' } },
      { field: 'confounders', changes: { confounders: 'hair' } },
      {
        field: 'calibration/malignancy/slope',
        changes: { calibration: { temperature: 1, malignancy: { slope: -1, intercept: 0 } } },
      },
      { field: 'calibration/classBias', changes: { calibration: { temperature: 1, classBias: [0] } } },
      { field: 'presence/evidence', changes: { presence: { evidence: 2, share: 0 } } },
      { field: 'likeness/limit', changes: { likeness: { ...limits.likeness, limit: 0 } } },
      { field: 'conformal/maxSize', changes: { conformal: { ...limits.conformal, maxSize: 0 } } },
    ])('is rejected with an invalid $field', async ({ field, changes }) => {
      await write(changes);
      expect(await rejection()).toContain(`card.json: ${field}: `);
    });

    it('is rejected with a self-test of an output that its graph does not have', async () => {
      const test = exampleSelfTest();
      const vectors = test.vectors.map((vector) => ({ ...vector, lesionShare: 0.1, featureNorm: 1 }));
      await writeBundle(dir, {
        files: { ...exampleFiles(), 'self-test.json': JSON.stringify({ ...test, vectors }) },
      });
      const message = await rejection();
      expect(message).toContain('“grey” tests a mask');
      expect(message).toContain('“grey” tests features');
    });
  });

  it('is rejected if its card is not JSON or missing', async () => {
    expect(await rejection()).toContain('card.json cannot be read');
    await writeFile(join(dir, 'card.json'), '{');
    expect(await rejection()).toContain('card.json is not JSON');
  });
});

function hashesOf(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, sha256(text)]));
}
