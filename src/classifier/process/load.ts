import { describe, KioskError } from '../../lib/errors.ts';
import { loadBundle, type Bundle } from '../model/bundle.ts';
import { ENGINE_NAMES, type Engine, type EngineName, type LoadEngine } from '../engines/port.ts';
import type { OodModel } from '../model/ood.ts';
import type { LoadedModel } from '../port.ts';
import { runSelfTest, type ModelSelfTestReport } from '../model/self-test.ts';
import type { ChildSettings } from './messages.ts';

export interface Loaded {
  readonly engine: Engine;
  readonly model: LoadedModel;
  readonly selfTest: ModelSelfTestReport;
  readonly ood?: OodModel;
}

/**
 * A verified bundle in an engine that passed its self-test.
 *
 * @param trying called with each engine before it is loaded, because loading may crash the process
 * @throws KioskError `model/none` with the bundle's problem, or with each engine's
 */
export async function load(settings: ChildSettings, trying: (engine: EngineName) => void): Promise<Loaded> {
  const bundle = await loadBundle(settings.bundleDir);
  const failures: string[] = [];
  for (const name of settings.engine === 'auto' ? ENGINE_NAMES : [settings.engine]) {
    const avoided = settings.avoid.find(({ engine }) => engine === name);
    if (avoided !== undefined) {
      failures.push(`${name}: ${avoided.reason}`);
      continue;
    }
    try {
      trying(name);
      const { engine, selfTest } = await loadTested(name, bundle);
      const model = modelOf(bundle, name, reasonFor(name, settings, failures));
      const { ood } = bundle;
      return { engine, selfTest, model, ...(ood === undefined ? {} : { ood }) };
    } catch (error) {
      failures.push(`${name}: ${describe(error)}`);
    }
  }
  throw new KioskError('model/none', `no engine runs the model: ${failures.join('; ')}`);
}

async function loadTested(name: EngineName, bundle: Bundle): Promise<Pick<Loaded, 'engine' | 'selfTest'>> {
  const engine = await (await driverOf(name))(bundle);
  try {
    return { engine, selfTest: await runSelfTest(engine, bundle.selfTest) };
  } catch (error) {
    await engine.dispose();
    throw error;
  }
}

async function driverOf(name: EngineName): Promise<LoadEngine> {
  try {
    switch (name) {
      case 'tfjs-node':
        return (await import('../engines/tfjs-node.ts')).loadEngine;
      case 'onnxruntime':
        return (await import('../engines/onnxruntime.ts')).loadEngine;
    }
  } catch (error) {
    // The packages' own messages span many lines and contain paths; the first sentence is enough.
    const [first = ''] = describe(error).split('\n');
    throw new KioskError('engine/unavailable', `its native library cannot be loaded: ${first.trim()}`);
  }
}

function modelOf({ card, sha256 }: Bundle, engine: EngineName, engineReason: string): LoadedModel {
  return { identity: { name: card.name, version: card.version, sha256, engine }, card, engineReason };
}

function reasonFor(name: EngineName, { engine }: ChildSettings, failures: readonly string[]): string {
  if (engine !== 'auto') return `${name} was set explicitly`;
  if (failures.length === 0) return `${name} is the first choice and passed its self-test`;
  return `${name} is used because the first choice failed: ${failures.join('; ')}`;
}
