import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle } from '../../src/classifier/model/bundle.ts';
import type { Engine, EngineName } from '../../src/classifier/engines/port.ts';

const BUNDLES = join(import.meta.dirname, '..', '..', 'model', 'bundles');

export const SEED_BUNDLE = join(BUNDLES, 'seed-cnn');

export function shippedBundles(): readonly string[] {
  return readdirSync(BUNDLES).map((name) => join(BUNDLES, name));
}

/** Folders of all bundled models, and of the one named by `KIOSK_TEST_BUNDLE`. */
export function allBundles(): readonly string[] {
  const named = process.env.KIOSK_TEST_BUNDLE;
  return named === undefined ? shippedBundles() : [...shippedBundles(), named];
}

/** A driver, or why it is unavailable on this machine: only tfjs-node can be missing, as it is optional. */
export type Available = { readonly load: (bundle: Bundle) => Promise<Engine> } | { readonly missing: string };

export async function driverOf(name: EngineName): Promise<Available> {
  if (name === 'onnxruntime') {
    return { load: (await import('../../src/classifier/engines/onnxruntime.ts')).loadEngine };
  }
  try {
    return { load: (await import('../../src/classifier/engines/tfjs-node.ts')).loadEngine };
  } catch (error) {
    const [first] = String(error).split('\n');
    return { missing: `needs the native backend (node scripts/stage-native.mjs): ${first ?? ''}` };
  }
}
