import type { ComparisonView, Outline } from '../protocol/lesion.ts';
import type { ImageWithMask } from '../retention/port.ts';
import { compare, type ComparedImage } from '../vision/change.ts';
import { decode } from '../vision/jpeg.ts';
import { lesionShapeOf } from '../vision/outline.ts';
import { inverse } from '../vision/similarity.ts';

/** Decimals of outline corners and of a registration: a tenth of a pixel of the largest image. */
const DECIMALS = 5;

/** How one lesion has changed between two captures. @throws KioskError as `decode` */
export async function comparisonOf(one: ImageWithMask, other: ImageWithMask): Promise<ComparisonView> {
  const [first, second] = [await shownOf(one), await shownOf(other)];
  const outlines = [outlineOf(first), outlineOf(second)] as const;
  if (first === undefined || second === undefined) return { refused: 'no-lesion', outlines };
  const { registration, change, refused } = compare(first, second);
  // A registration rejected for its landmarks must not be used to align the images.
  if (registration === undefined || refused === 'not-registered')
    return { refused: refused ?? 'not-registered', outlines };
  const { a, b, tx, ty } = inverse(registration.to);
  const laid = { a: rounded(a), b: rounded(b), tx: rounded(tx), ty: rounded(ty) };
  return {
    registration: laid,
    ...(change === undefined ? {} : { change }),
    ...(refused === undefined ? {} : { refused }),
    outlines,
  };
}

/** @returns `undefined` if the model has no mask */
async function shownOf({ picture, mask }: ImageWithMask): Promise<ComparedImage | undefined> {
  if (mask === undefined) return undefined;
  const { side, values, mmPerPixel } = mask;
  const image = await decode(picture.bytes);
  return { image, side, mask: Float32Array.from(values, (value) => value / 255), mmPerPixel };
}

function outlineOf(shown: ComparedImage | undefined): Outline {
  if (shown === undefined) return [];
  return lesionShapeOf(shown.mask, shown.side).contour.map(([x, y]) => [rounded(x), rounded(y)] as const);
}

function rounded(value: number): number {
  return Number(value.toFixed(DECIMALS));
}
