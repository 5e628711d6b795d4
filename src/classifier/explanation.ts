import type { ExplanationView } from '../protocol/view.ts';
import { hintsOf } from '../vision/abcd.ts';
import { centreSquare } from '../vision/geometry.ts';
import type { Image } from '../vision/image.ts';
import { outlineOf } from '../vision/outline.ts';
import { slopesOf } from './calibration.ts';
import type { Card } from './card.ts';
import { heatOf } from './heat.ts';
import type { Outputs } from './outputs.ts';
import type { Verdict } from './verdict.ts';

/** Why an answer is withheld that says nothing of the lesion itself. */
const NO_LESION = ['not-finite', 'not-a-lesion'];

/**
 * What is shown beside an answer. Of a withheld one no more than the outline: everything else would be read as an answer, and the heat
 * map is made of the probabilities that are withheld.
 *
 * @param image the whole picture
 * @param outputs of its centre square
 * @param mmPerPixel millimetres of skin per pixel of `image`, where the optics are calibrated
 */
export function explanationOf(
  image: Image,
  { logits, map, mask }: Outputs,
  card: Pick<Card, 'calibration'>,
  verdict: Verdict,
  mmPerPixel?: number,
): ExplanationView {
  if (verdict.outcome === 'unfit') return {};
  if (verdict.outcome === 'withheld') {
    return mask === undefined || NO_LESION.includes(verdict.reason) ? {} : outlined(mask);
  }
  const heat = map && heatOf(map, slopesOf(logits, card), verdict.statement);
  return {
    ...(mask === undefined ? {} : { ...outlined(mask), ...hinted(image, mask, mmPerPixel) }),
    ...(heat === undefined ? {} : { heat }),
  };
}

function outlined(mask: Float32Array): Pick<ExplanationView, 'outline'> {
  const outline = outlineOf(mask, Math.sqrt(mask.length));
  return outline === undefined ? {} : { outline: outline.points };
}

function hinted(
  image: Image,
  mask: Float32Array,
  mmPerPixel: number | undefined,
): Pick<ExplanationView, 'hints'> {
  const hints = hintsOf(centreSquare(image), mask, Math.sqrt(mask.length), mmPerPixel);
  return hints.share === 0 ? {} : { hints };
}
