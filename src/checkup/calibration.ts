import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../lib/errors.ts';
import type { Colour } from '../protocol/checkup.ts';

/** What the camera's calibration left behind, as far as it matters here. */
export type Calibration =
  | { readonly state: 'none' }
  | { readonly state: 'broken'; readonly reason: string }
  /** The mean colour of the white card, on any scale: only its ratios count. */
  | { readonly state: 'ready'; readonly reference: Colour };

const FILE = 'camera.json';

/** Reads leniently: the file is another room's, and what else is in it may change. */
export async function readCalibration(dataDir: string): Promise<Calibration> {
  let text: string;
  try {
    text = await readFile(join(dataDir, FILE), 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return { state: 'none' };
    return { state: 'broken', reason: `${FILE} cannot be read (${systemCode(error)})` };
  }
  const reference = referenceIn(text);
  if (reference === undefined) return { state: 'broken', reason: `${FILE} has no colour of the white card` };
  return { state: 'ready', reference };
}

function referenceIn(text: string): Colour | undefined {
  try {
    const { reference } = JSON.parse(text) as { reference?: Partial<Record<keyof Colour, unknown>> };
    const [r, g, b] = [reference?.r, reference?.g, reference?.b].map((value) =>
      typeof value === 'number' && value > 0 && Number.isFinite(value) ? value : undefined,
    );
    return r === undefined || g === undefined || b === undefined ? undefined : { r, g, b };
  } catch {
    return undefined;
  }
}
