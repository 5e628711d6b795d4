import type { Clock } from '../../lib/clock.ts';
import { describe } from '../../lib/errors.ts';
import { silentLogger } from '../../lib/logger.ts';
import { InferenceClassifier } from './client.ts';
import { ENGINE_NAMES, type EngineName } from '../engines/port.ts';
import { ready } from './ready.ts';
import type { ModelSelfTestReport } from '../model/self-test.ts';

export type EngineReport =
  | { readonly engine: EngineName; readonly ok: true; readonly selfTest: ModelSelfTestReport }
  | { readonly engine: EngineName; readonly ok: false; readonly reason: string };

/** Loads a bundle in every engine, each in its own process as the kiosk does, and reports the self-test results. */
export async function probeEngines(
  bundleDir: string,
  options: { readonly clock: Clock; readonly entry?: string },
): Promise<readonly EngineReport[]> {
  const reports: EngineReport[] = [];
  for (const engine of ENGINE_NAMES) {
    reports.push(
      await probe(
        new InferenceClassifier({ bundleDir, engine, timeoutMs: 10_000, log: silentLogger, ...options }),
        engine,
      ),
    );
  }
  return reports;
}

async function probe(classifier: InferenceClassifier, engine: EngineName): Promise<EngineReport> {
  await classifier.start();
  try {
    await ready(classifier);
    const selfTest = classifier.selfTest();
    return selfTest === undefined
      ? { engine, ok: false, reason: 'the inference process ended' }
      : { engine, ok: true, selfTest };
  } catch (error) {
    return { engine, ok: false, reason: describe(error) };
  } finally {
    await classifier.stop();
  }
}
