import type { ExplanationView } from '../../protocol/view.ts';
import { abcdFeaturesOf } from '../../vision/abcd.ts';
import { centreSquare } from '../../vision/geometry.ts';
import type { Image } from '../../vision/image.ts';
import { lesionShapeOf, outlineOf, type LesionShape } from '../../vision/outline.ts';
import { slopesOf } from '../model/calibration.ts';
import type { Card } from '../model/card.ts';
import { heatOf } from './heat-map.ts';
import type { Outputs } from '../model/outputs.ts';
import type { Verdict } from './verdict.ts';

/**
 * What is shown beside a result. If withheld, no more than the outline: anything else would be read as a result, and
 * the heat map is computed from the withheld probabilities.
 *
 * @param image the whole image
 * @param outputs of its centre square
 * @param mmPerPixel millimetres of skin per pixel of `image`, if the optics are calibrated
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
    return mask === undefined || verdict.reason === 'not-finite' ? {} : outlined(shapeOf(mask));
  }
  const heat = map && heatOf(map, slopesOf(logits, card), verdict.statement);
  const shape = mask && shapeOf(mask);
  return {
    ...(shape === undefined ? {} : { ...outlined(shape), ...hinted(image, shape, mmPerPixel) }),
    ...(heat === undefined ? {} : { heat }),
  };
}

function shapeOf(mask: Float32Array): LesionShape {
  return lesionShapeOf(mask, Math.sqrt(mask.length));
}

function outlined(shape: LesionShape): Pick<ExplanationView, 'outline'> {
  const outline = outlineOf(shape);
  return outline === undefined ? {} : { outline: outline.points };
}

function hinted(
  image: Image,
  shape: LesionShape,
  mmPerPixel: number | undefined,
): Pick<ExplanationView, 'hints'> {
  const hints = abcdFeaturesOf(centreSquare(image), shape, mmPerPixel);
  return hints.share === 0 ? {} : { hints };
}
