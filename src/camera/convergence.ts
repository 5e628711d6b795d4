import { KioskError } from '../lib/errors.ts';

/** Of what was seen, the end that must stand still, and how far it may stray from where it ended. */
const END = 1 / 4;
const TOLERANCE = 0.05;

/** Whether a value that was watched while the camera looked for it has come to rest. */
export function hasConverged(values: readonly number[]): boolean {
  const last = values.at(-1) ?? 0;
  const end = values.slice(-Math.ceil(values.length * END));
  return end.every((value) => Math.abs(value - last) <= TOLERANCE * Math.abs(last));
}

/**
 * What still wanders would be locked at a value that means nothing.
 *
 * @param watched by the name of what it is
 * @throws KioskError `camera/unsettled`
 */
export function requireConverged(watched: Readonly<Record<string, readonly number[]>>): void {
  const wandering = Object.keys(watched).filter((name) => !hasConverged(watched[name] ?? []));
  if (wandering.length === 0) return;
  throw new KioskError(
    'camera/unsettled',
    `The camera did not converge (${wandering.join(', ')}): hold the card still in flicker-free light and try again.`,
  );
}
