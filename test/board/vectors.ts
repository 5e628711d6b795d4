import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { keepFigures } from '../../scripts/prove/figures.mjs';

const project = join(import.meta.dirname, '..', '..');
const script = join(import.meta.dirname, 'guest', 'vectors.mjs');

const LIMIT_MS = 600_000;

/** Largest difference of a probability between processors. */
const TOLERANCE = 1e-3;

/** The probabilities of a bundle's self-test vectors, from the guest's script on this machine. */
export async function probabilitiesHere(model: string, engine: string): Promise<number[][]> {
  const args = [script, join(project, 'dist'), join(project, 'model/bundles', model), engine];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: LIMIT_MS });
  return JSON.parse(stdout) as number[][];
}

export function expectSame(board: number[][], here: number[][], engine: string): void {
  const [there, wanted] = [board.flat(), here.flat()];
  expect(there).toHaveLength(wanted.length);
  const worst = Math.max(...there.map((value, i) => Math.abs(value - wanted[i]!)));
  console.info(`  ${wanted.length} probabilities differ by at most ${worst.toExponential(2)}`);
  keepFigures({ [`largest difference, ${engine}`]: worst.toExponential(2) });
  expect(worst).toBeLessThan(TOLERANCE);
}
