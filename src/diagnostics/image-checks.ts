import type { FrameInspection } from '../classifier/port.ts';
import type { Check, Colour } from '../protocol/diagnostics.ts';
import { GATE_REASONS } from '../protocol/reasons.ts';
import type { Calibration } from '../config/camera-calibration.ts';
import { checkOf } from './check.ts';

/** Contrast up to which an image counts as a plain surface, such as the white card. */
const PLAIN = 0.05;

/** Largest change of a channel relative to green that still counts as the same light; a round figure, not measured. */
const CAST = 0.1;

/** The state of the live image: the gate's result with its values. */
export function pictureCheck({ quality, reason }: FrameInspection): Check {
  const { width, height, brightness, contrast, focus } = quality;
  const found = `${width} × ${height}; brightness ${share(brightness)}, contrast ${share(contrast)}, focus ${share(focus)}`;
  if (reason === undefined) return checkOf('picture', 'ok', found);
  return checkOf('picture', 'warning', `${GATE_REASONS[reason].message} ${found}`, reason);
}

/**
 * Whether white is still white. Skin has its own colour, so only a plain surface, the card used for calibration, can be
 * compared with the calibration.
 */
export function colourCheck({ colour, quality }: FrameInspection, calibration: Calibration): Check {
  const found = `red ${ratio(colour.r, colour.g)}, blue ${ratio(colour.b, colour.g)} of green`;
  switch (calibration.state) {
    case 'none':
      return checkOf('colour', 'unknown', `${found}; not calibrated`, 'not-calibrated');
    case 'colourless':
      return checkOf('colour', 'unknown', `${found}; the calibration has no white-card colour`);
    case 'broken':
      return checkOf('colour', 'warning', `${found}; ${calibration.reason}`, 'not-calibrated');
    case 'ready':
  }
  const { reference } = calibration;
  if (quality.contrast > PLAIN) {
    return checkOf('colour', 'unknown', `${found}; not a white card`, 'no-white-card');
  }
  const cast = castOf(colour, reference);
  const compared = `${found}; ${(cast * 100).toFixed(0)} % from the calibration`;
  return cast <= CAST
    ? checkOf('colour', 'ok', compared)
    : checkOf('colour', 'warning', compared, 'colour-cast');
}

/** The larger relative change of red and of blue against green. */
export function castOf(colour: Colour, reference: Colour): number {
  const change = (channel: 'r' | 'b'): number =>
    Math.abs(colour[channel] / colour.g / (reference[channel] / reference.g) - 1);
  return colour.g === 0 ? Infinity : Math.max(change('r'), change('b'));
}

function share(value: number): string {
  return value.toFixed(2);
}

function ratio(value: number, of: number): string {
  return of === 0 ? '–' : share(value / of);
}
