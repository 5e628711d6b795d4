import type { LesionReason, GateReason } from '../protocol/reasons.ts';
import type { FaultMarks } from '../protocol/view.ts';
import { hairIn } from './hair.ts';
import type { Image } from './image.ts';
import { isGlare, isInk, isLesion, lesionWithBorder } from './lesion-quality.ts';
import { lumaOf } from './planes.ts';
import { BRIGHT } from './quality.ts';
import { GATE_LIMITS } from './gate.ts';

/** Cells along each side of the grid: coarse enough to be no image, fine enough to point at a hair. */
const SIDE = 16;
/** Pixels of the fault from which a cell is marked, of about 90: a thin hair across it has more, a speck of noise fewer. */
const LEAST = 4;
/** How far from the edge of the square a lesion counts as cut off, pixels. */
const EDGE = 3;

type Fault = (at: number) => boolean;

/**
 * Where the pixels lie that made the gate reject an image: the pixels that the gate has counted, and no others. A fault
 * of the whole image has no place.
 *
 * @param square the image's working square (`workingSquareOf`)
 * @param mask probability of lesion over it, row by row, 0–1
 */
export function faultMarks(
  reason: LesionReason | GateReason,
  square: Image,
  mask?: Float32Array,
): FaultMarks | undefined {
  const fault = faultOf(reason, square, mask);
  if (fault === undefined) return undefined;
  const { width } = square;
  const counts = new Uint16Array(SIDE * SIDE);
  for (let at = 0; at < width * width; at += 1) {
    if (!fault(at)) continue;
    const column = Math.floor(((at % width) * SIDE) / width);
    const row = Math.floor((Math.floor(at / width) * SIDE) / width);
    counts[row * SIDE + column] = (counts[row * SIDE + column] ?? 0) + 1;
  }
  const cells = [...counts.keys()].filter((cell) => (counts[cell] ?? 0) >= LEAST);
  return cells.length === 0 ? undefined : { side: SIDE, cells };
}

/** Whether a pixel has the fault; `undefined` if the reason has no place. */
function faultOf(reason: LesionReason | GateReason, square: Image, mask?: Float32Array): Fault | undefined {
  switch (reason) {
    case 'too-bright':
      return clipped(square);
    case 'ink':
      return (at) => isInk(square, at);
    case 'hair':
    case 'glare':
    case 'lesion-blurred':
    case 'lesion-cut':
      return mask === undefined ? undefined : faultOfLesion(reason, square, mask);
    case 'too-small':
    case 'damaged':
    case 'too-dark':
    case 'no-detail':
    case 'too-blurred':
    case 'moved':
    case 'no-lesion':
    case 'lesion-small':
      return undefined;
  }
}

/** The white part, if that is why the image is too bright; an image that is too bright as a whole has no such part. */
function clipped(square: Image): Fault | undefined {
  const luma = lumaOf(square);
  const mean = luma.reduce((sum, value) => sum + value, 0) / luma.length;
  if (mean > GATE_LIMITS.brightness.high) return undefined;
  return (at) => (luma[at] ?? 0) > BRIGHT;
}

function faultOfLesion(
  reason: Extract<LesionReason, 'hair' | 'glare' | 'lesion-blurred' | 'lesion-cut'>,
  square: Image,
  mask: Float32Array,
): Fault {
  const { width } = square;
  const side = Math.sqrt(mask.length);
  const inLesion: Fault = (at) => isLesion(mask, side, at % width, Math.floor(at / width), width);
  switch (reason) {
    case 'hair': {
      const hair = hairIn(lumaOf(square), width);
      return (at) => hair[at] === 1 && inLesion(at);
    }
    case 'glare': {
      const luma = lumaOf(square);
      return (at) => inLesion(at) && isGlare(square, at, luma[at] ?? 0);
    }
    case 'lesion-blurred': {
      const judged = lesionWithBorder(mask, width);
      return (at) => judged[at] === 1;
    }
    case 'lesion-cut':
      return (at) => {
        const [x, y] = [at % width, Math.floor(at / width)];
        return Math.min(x, y, width - 1 - x, width - 1 - y) < EDGE && inLesion(at);
      };
  }
}
