import process from 'node:process';
import type { Camera } from '../camera/port.ts';
import type { Classifier } from '../classifier/port.ts';
import { describe } from '../lib/errors.ts';
import { BOARD_WARNINGS, type BoardWarning } from '../protocol/board.ts';
import type { MemoryReport } from '../protocol/http.ts';
import type { HealthReport } from '../protocol/diagnostics.ts';
import type { SessionStore } from '../store/port.ts';

interface Parts {
  readonly store: Pick<SessionStore, 'probe'>;
  readonly camera: Pick<Camera, 'status' | 'driver'>;
  readonly classifier: Pick<Classifier, 'status'> & { warning(): string | undefined };
  readonly images: { warning(): string | undefined };
  readonly board: { warnings(): readonly BoardWarning[] };
}

/**
 * Health covers what a press needs right now: a disk that accepts a row, a camera that sends frames, a verified model.
 * Warnings of the board, the stored images and the settings are listed separately: a press still works.
 */
export function healthOf({ store, images, camera, classifier, board }: Parts): HealthReport {
  return {
    checks: [storage(store), cameraCheck(camera), model(classifier)],
    warnings: [
      ...board.warnings().map((name) => ({ name, detail: BOARD_WARNINGS[name].message })),
      ...warningsOf('pictures', images.warning()),
      ...warningsOf('model', classifier.warning()),
    ],
  };
}

function warningsOf(name: string, detail: string | undefined): HealthReport['warnings'] {
  return detail === undefined ? [] : [{ name, detail }];
}

type Check = HealthReport['checks'][number];

function storage(store: Parts['store']): Check {
  try {
    store.probe();
    return { name: 'storage', ok: true, detail: 'a row can be written' };
  } catch (error) {
    return { name: 'storage', ok: false, detail: describe(error) };
  }
}

function cameraCheck(camera: Parts['camera']): Check {
  const { state, reason, location } = camera.status();
  const detail = [camera.driver, reason ?? state, location].filter((part) => part !== undefined).join(': ');
  return { name: 'camera', ok: state === 'live', detail };
}

function model(classifier: Parts['classifier']): Check {
  const status = classifier.status();
  const detail = status.state === 'none' ? status.reason : status.state;
  return { name: 'model', ok: status.state === 'ready', detail };
}

/** Memory usage of the kiosk: a leak shows here long before it kills a process. */
export async function memoryOf(classifier: Pick<Classifier, 'vitals'>): Promise<MemoryReport> {
  const inference = await classifier.vitals().catch((error: unknown) => ({ reason: describe(error) }));
  const { rss, heapUsed } = process.memoryUsage();
  return { kiosk: { residentBytes: rss, heapBytes: heapUsed }, inference };
}
