import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle } from '../../src/classifier/model/bundle.ts';
import type { Engine, EngineName } from '../../src/classifier/engines/port.ts';

const BUNDLES = join(import.meta.dirname, '..', '..', 'model', 'bundles');

export const SEED_BUNDLE = join(BUNDLES, 'seed-cnn');

export function shippedBundles(): readonly string[] {
  return readdirSync(BUNDLES).map((name) => join(BUNDLES, name));
}

/** Folders of all bundles that ship, and of the one that `KIOSK_TEST_BUNDLE` names. */
export function allBundles(): readonly string[] {
  const named = process.env.KIOSK_TEST_BUNDLE;
  return named === undefined ? shippedBundles() : [...shippedBundles(), named];
}

/** A driver, or why it cannot be had on this machine: only tfjs-node may be absent, it is optional. */
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
