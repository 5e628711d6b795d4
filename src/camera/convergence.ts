import { KioskError } from '../lib/errors.ts';

/** The last part of the observed values, which must be stable, and the tolerance relative to the final value. */
const END = 1 / 4;
const TOLERANCE = 0.05;

/** Whether a value that the camera adjusts automatically has converged. */
export function hasConverged(values: readonly number[]): boolean {
  const last = values.at(-1) ?? 0;
  const end = values.slice(-Math.ceil(values.length * END));
  return end.every((value) => Math.abs(value - last) <= TOLERANCE * Math.abs(last));
}

/**
 * Values that still drift would be locked at a meaningless setting.
 *
 * @param watched observed values by name
 * @throws KioskError `camera/unsettled`
 */
export function requireConverged(watched: Readonly<Record<string, readonly number[]>>): void {
  const wandering = Object.keys(watched).filter((name) => !hasConverged(watched[name] ?? []));
  if (wandering.length === 0) return;
  throw new KioskError('camera/unsettled', `The camera did not converge (${wandering.join(', ')}).`);
}
