import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../lib/errors.ts';
import type { Colour } from '../protocol/diagnostics.ts';

/** What the camera's calibration left behind, as far as it matters here. */
export type Calibration =
  | { readonly state: 'none' }
  /** The camera's settings were found and stored, not the colour that they gave. */
  | { readonly state: 'colourless' }
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
  const content = contentOf(text);
  if (content === undefined) return { state: 'broken', reason: `${FILE} is not what the calibration writes` };
  if (content.reference === undefined) return { state: 'colourless' };
  const reference = colourOf(content.reference);
  return reference === undefined
    ? { state: 'broken', reason: `the colour of the white card in ${FILE} is none` }
    : { state: 'ready', reference };
}

function contentOf(text: string): { readonly reference?: unknown } | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return typeof content === 'object' && content !== null && !Array.isArray(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

function colourOf(reference: unknown): Colour | undefined {
  if (typeof reference !== 'object' || reference === null) return undefined;
  const channels: Partial<Record<keyof Colour, unknown>> = reference;
  const [r, g, b] = [channels.r, channels.g, channels.b].map((value) =>
    typeof value === 'number' && value > 0 && Number.isFinite(value) ? value : undefined,
  );
  return r === undefined || g === undefined || b === undefined ? undefined : { r, g, b };
}
