import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadBundle } from '../../src/classifier/bundle.ts';
import { exampleCard, exampleFiles, exampleSelfTest, sha256, writeBundle } from '../fakes/bundle.ts';

let dir = '';

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bundle-'));
});

afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

/** What the refusal says; fails when the bundle is taken. */
async function refusal(): Promise<string> {
  const bundle = await loadBundle(dir).catch((error: unknown) => error);
  expect(bundle).toMatchObject({ code: 'model/none' });
  return (bundle as Error).message;
}

describe('a model bundle', () => {
  it('is taken when every file is what its card says', async () => {
    await writeBundle(dir);
    const bundle = await loadBundle(dir);
    expect(bundle.card.name).toBe('example');
    expect(bundle.selfTest.vectors).toHaveLength(1);
    expect(bundle.sha256).toBe(sha256(await readFile(join(dir, 'card.json'))));
  });

  it.each(Object.keys(exampleFiles()))('is refused when a byte of %s is flipped', async (path) => {
    await writeBundle(dir);
    const bytes = await readFile(join(dir, path));
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(join(dir, path), bytes);
    expect(await refusal()).toContain(`${path}: its SHA-256 is not the one in card.json`);
  });

  it('gets another name when a byte of its card is changed', async () => {
    await writeBundle(dir);
    const before = await loadBundle(dir);
    const text = await readFile(join(dir, 'card.json'), 'utf8');
    await writeFile(join(dir, 'card.json'), text.replace('"example"', '"exbmple"'));
    expect((await loadBundle(dir)).sha256).not.toBe(before.sha256);
  });

  it('is refused when a file is missing', async () => {
    await writeBundle(dir);
    await rm(join(dir, 'model.onnx'));
    expect(await refusal()).toContain('model.onnx: is missing');
  });

  it.each(['saved_model/extra.pb', 'notes.txt', 'folder/folder/x'])(
    'is refused with a file beside those listed: %s',
    async (path) => {
      await writeBundle(dir);
      await writeBundle(dir, {
        files: { ...exampleFiles(), [path]: 'x' },
        card: { files: hashesOf(exampleFiles()) },
      });
      expect(await refusal()).toContain(`${path}: is not listed`);
    },
  );

  it('is refused with a link in it, even to the right bytes', async () => {
    await writeBundle(dir);
    const other = `${dir}-onnx`;
    await writeFile(other, exampleFiles()['model.onnx']!);
    await rm(join(dir, 'model.onnx'));
    await symlink(other, join(dir, 'model.onnx'));
    expect(await refusal()).toContain('model.onnx: is not a regular file');
    await rm(other);
  });

  it.each(['../outside', '/etc/hostname', 'a/../../b', 'a\\b', './model.onnx', 'card.json', ''])(
    'is refused when its card lists a path that is not inside it: “%s”',
    async (path) => {
      await writeBundle(dir, { card: { files: { ...hashesOf(exampleFiles()), [path]: '0'.repeat(64) } } });
      expect(await refusal()).toContain(`“${path}” is not a path inside the bundle`);
    },
  );

  it('is refused with its classes in another order, and the class is named', async () => {
    const classes = [...exampleCard().classes].reverse();
    await writeBundle(dir, { card: { classes } });
    expect(await refusal()).toContain('classes/0: expected "akiec"');
  });

  it('is refused with every problem of its card named', async () => {
    await writeBundle(dir, { card: { version: 'one', calibration: { temperature: 0 }, name: undefined } });
    const message = await refusal();
    for (const field of ['version', 'calibration/temperature', 'name'])
      expect(message).toContain(`card.json: ${field}: `);
  });

  it('is refused without exactly one default operating point', async () => {
    const [point] = exampleCard().operatingPoints;
    await writeBundle(dir, { card: { operatingPoints: [point, point] } });
    expect(await refusal()).toContain('2 are the default');
  });

  it('is refused when a self-test vector has another size than the network', async () => {
    await writeBundle(dir, {
      files: { ...exampleFiles(), 'self-test.json': JSON.stringify(exampleSelfTest(9)) },
    });
    expect(await refusal()).toContain('vector “grey” has 243 bytes, expected 192');
  });

  it('is refused when its card is no JSON, or not there', async () => {
    expect(await refusal()).toContain('card.json cannot be read');
    await writeFile(join(dir, 'card.json'), '{');
    expect(await refusal()).toContain('card.json is not JSON');
  });
});

function hashesOf(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, sha256(text)]));
}
