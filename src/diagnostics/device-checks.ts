import type { ClassifierStatus } from '../classifier/port.ts';
import type { ModelSelfTestReport } from '../classifier/model/self-test.ts';
import type { LampStatus } from '../lamp/port.ts';
import type { Check } from '../protocol/diagnostics.ts';
import type { ButtonView } from '../protocol/view.ts';
import { checkOf } from './check.ts';

export function buttonCheck({ driver, state, reason }: ButtonView): Check {
  switch (state) {
    case 'ready':
      return driver === 'virtual'
        ? checkOf('button', 'ok', 'virtual only: the on-screen button, POST /api/press, SIGUSR2')
        : checkOf('button', 'ok', reason === undefined ? driver : `${driver}: ${reason}`);
    case 'stuck':
      return checkOf('button', 'failed', `stuck: ${reason ?? driver}`, 'button-stuck');
    case 'touch-only':
      return checkOf('button', 'failed', reason ?? `${driver}: not available`, 'button-missing');
  }
}

export function lampCheck(status: LampStatus): Check {
  switch (status.state) {
    case 'none':
      return checkOf('lamp', 'ok', 'none: feedback by screen and sound only');
    case 'ready':
      return checkOf('lamp', 'ok', status.location);
    case 'failed':
      return checkOf('lamp', 'failed', status.reason, 'lamp-failed');
  }
}

/** @param bundle its folder or name, for display */
export function modelCheck(status: ClassifierStatus, bundle: string): Check {
  switch (status.state) {
    case 'loading':
      return checkOf('model', 'warning', 'still loading', 'model-loading');
    case 'none':
      return checkOf('model', 'failed', status.reason, 'model-none');
    case 'ready': {
      const { name, version, sha256, engine } = status.model.identity;
      const found = `${name} ${version} (${sha256.slice(0, 12)}) on ${engine}: ${status.model.engineReason}; bundle ${bundle}`;
      return checkOf('model', 'ok', found);
    }
  }
}

/** @param selfTest results for the loaded model's own vectors; absent if there are none */
export function engineCheck(status: ClassifierStatus, selfTest: ModelSelfTestReport | undefined): Check {
  if (status.state !== 'ready') return checkOf('engine', 'unknown', 'no model is running');
  const { engine } = status.model.identity;
  return selfTest === undefined
    ? checkOf('engine', 'ok', engine)
    : checkOf('engine', 'ok', `${engine}: ${selfTestWords(selfTest)}`);
}

export function selfTestWords({ vectors, difference, tolerance }: ModelSelfTestReport): string {
  return `self-test of ${vectors} vectors: largest difference ${difference.toExponential(1)}, tolerance ${tolerance}`;
}

export interface Versions {
  readonly program: string;
  /** Format of `process.version`. */
  readonly node: string;
  /** `os.type()`, `os.release()`, `process.arch`. */
  readonly system: readonly [type: string, release: string, arch: string];
}

export function versionsCheck({ program, node, system }: Versions): Check {
  return checkOf('versions', 'ok', `dermoscopy-kiosk ${program}, Node ${node}, ${system.join(' ')}`);
}
