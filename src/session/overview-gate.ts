import { KioskError } from '../lib/errors.ts';
import type { SessionRunnerOptions } from './options.ts';
import type { CaptureRequest } from './port.ts';
import type { SessionLog } from './session-log.ts';

type Overview = NonNullable<SessionRunnerOptions['overview']>;

/** A press while an overview image is taken: it is of that. An uploaded image would be assessed, so it must wait. */
export function pressOverview(
  overview: Overview,
  { source, at }: CaptureRequest,
  rows: Pick<SessionLog, 'pressIgnored'>,
): { readonly id: string } {
  if (source === 'camera') return overview.press(at);
  rows.pressIgnored({ source, reason: 'overview/under-way' });
  throw underWay();
}

/** A result beneath an overview image is not seen: a long press must not discard it. */
export function refuseDuringOverview(overview: Overview | undefined): void {
  if (overview?.isOpen() === true) throw underWay();
}

function underWay(): KioskError {
  return new KioskError('overview/under-way', 'an overview image is being taken');
}
