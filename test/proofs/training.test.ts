import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import type { Card } from '../../src/classifier/model/card.ts';
import type { Evaluation } from '../../src/reports/evaluation/evaluation.ts';

const training = join(import.meta.dirname, '..', '..', 'model', 'training');
const launcher = join(import.meta.dirname, '..', '..', 'bin', 'kiosk.js');
const run = promisify(execFile);
/** Where training's Python is, if it is installed. */
const python = spawnSync(join(training, 'run'), ['--installed'], { encoding: 'utf8' }).stdout.trim();
const MINUTES = 60_000;

/** The whole way from labelled pictures to a bundle that a kiosk takes, on made-up pictures and for one epoch. */
describe('a miniature of the training', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kiosk-training-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  const data = (): string => join(folder, 'data');
  const bundle = (): string => join(folder, 'bundle');
  const unlessMissing = (context: TestContext): void => {
    if (python === '') context.skip('training’s Python is not installed: model/training/run --install');
  };

  it(
    'makes, measures and writes a bundle',
    async (context) => {
      unlessMissing(context);
      await run(python, [join(training, 'lesion', 'synthetic_dataset.py'), data()], {
        env: { ...process.env, PYTHONPATH: training, PYTHONDONTWRITEBYTECODE: '1' },
      });
      await run(join(training, 'run'), ['--miniature', 'lesion-pair', data(), bundle()]);
      const { measured, views, likeness } = await card();
      expect(views).toBe(1);
      expect(likeness?.features).toBe(2 * 1280);
      for (const on of ['fold 4', 'folds 0–3']) {
        const named = measured.filter((row) => row.on.includes(on)).map(({ name }) => name);
        for (const name of ['balanced accuracy', 'malignancy AUC', 'lesion mask, mean Dice']) {
          expect(named).toContain(name);
        }
      }
    },
    10 * MINUTES,
  );

  it.for(['onnxruntime', 'tfjs-node'])(
    'whose figures the kiosk finds again with %s',
    { timeout: 2 * MINUTES },
    async (engine, context) => {
      unlessMissing(context);
      await writeFile(join(folder, 'labels.csv'), await labelsOfFold('4'));
      const { stdout } = await run(process.execPath, [
        ...[launcher, 'evaluate', join(data(), 'images'), '--labels', join(folder, 'labels.csv'), '--json'],
        ...['--model', bundle(), '--engine', engine],
      ]);
      const { all } = JSON.parse(stdout) as Evaluation;
      const { measured } = await card();
      for (const name of ['balanced accuracy', 'malignancy AUC']) {
        const theirs = measured.find((row) => row.name === name && row.on.includes('fold 4'))!.value;
        // A network that has learnt little is near every limit: one picture of 42 may fall to the other side.
        const ours = all.measured.find((row) => row.name === name)!.value;
        expect(Math.abs(ours - theirs)).toBeLessThan(0.03);
      }
    },
  );

  async function card(): Promise<Card> {
    return JSON.parse(await readFile(join(bundle(), 'card.json'), 'utf8')) as Card;
  }

  async function labelsOfFold(fold: string): Promise<string> {
    const [head = '', ...rows] = (await readFile(join(data(), 'metadata.csv'), 'utf8')).trim().split(/\r?\n/);
    const at = head.split(',').indexOf('fold');
    return [head, ...rows.filter((row) => row.split(',')[at] === fold), ''].join('\n');
  }
});
