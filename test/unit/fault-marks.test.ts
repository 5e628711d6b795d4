import { describe, expect, it } from 'vitest';
import { renderFrame } from '../../src/camera/programs/phantom/render.ts';
import { LESION_REASONS, type GateReason, type LesionReason } from '../../src/protocol/reasons.ts';
import type { FaultMarks } from '../../src/protocol/view.ts';
import { faultMarks } from '../../src/vision/fault-marks.ts';
import { gate } from '../../src/vision/gate.ts';
import type { Image } from '../../src/vision/image.ts';
import { measure, workingSquareOf } from '../../src/vision/quality.ts';
import { maskOf } from '../support/masks.ts';

type Colour = readonly [number, number, number];
type Where = (x: number, y: number) => boolean;

const SKIN: Colour = [210, 165, 140];
const LESION: Colour = [130, 85, 65];
const HAIR: Colour = [40, 28, 22];
const GLARE: Colour = [250, 248, 246];
const PEN: Colour = [60, 60, 150];
const SIDE = 150;
const CELLS = 16;

const inDisc: Where = (x, y) => Math.hypot(x / SIDE - 0.5, y / SIDE - 0.5) < 0.3;
const mask = maskOf(40, (x, y) => inDisc(SIDE * x, SIDE * y));

/** A brown disc on skin, with something over it. */
function lesion(colour: Colour, over: Where): Image {
  const data = new Uint8Array(SIDE * SIDE * 3);
  for (let y = 0; y < SIDE; y += 1)
    for (let x = 0; x < SIDE; x += 1)
      data.set(over(x, y) ? colour : inDisc(x + 0.5, y + 0.5) ? LESION : SKIN, (y * SIDE + x) * 3);
  return { width: SIDE, height: SIDE, data };
}

const cellOf = (x: number, y: number): number =>
  Math.floor((y * CELLS) / SIDE) * CELLS + Math.floor((x * CELLS) / SIDE);

/** The cells that something drawn reaches into by at least this many pixels. */
function cellsWith(drawn: Where, least: number): Set<number> {
  const counts = new Map<number, number>();
  for (let y = 0; y < SIDE; y += 1)
    for (let x = 0; x < SIDE; x += 1)
      if (drawn(x, y)) counts.set(cellOf(x, y), (counts.get(cellOf(x, y)) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count >= least).map(([cell]) => cell));
}

/** Fraction of the marked cells that have the drawn thing in them, and of its cells that are marked. */
function agreement(marks: FaultMarks | undefined, drawn: Where): { precise: number; complete: number } {
  const marked = new Set(marks?.cells);
  const [any, much] = [cellsWith(drawn, 1), cellsWith(drawn, 9)];
  const hits = (cells: Set<number>, of: Set<number>): number =>
    [...cells].filter((cell) => of.has(cell)).length;
  return { precise: hits(marked, any) / marked.size, complete: hits(much, marked) / much.size };
}

describe('the marks on a rejected image', () => {
  const slanted: Where = (x, y) => [0, 26, 52].some((from) => Math.abs(x - 0.6 * y - from) < 1.3);
  const patch: Where = (x, y) => Math.hypot(x - 62, y - 84) < 7;
  const stroke: Where = (x, y) => Math.abs(y - 20) < 4 && x > 30 && x < 120;
  const drawn: readonly [LesionReason, Colour, Where, Where][] = [
    ['hair', HAIR, slanted, (x, y) => slanted(x, y) && inDisc(x, y)],
    ['glare', GLARE, patch, patch],
    ['ink', PEN, stroke, stroke],
  ];

  it.each(drawn)('lie where %s was drawn', (reason, colour, over, counted) => {
    const { precise, complete } = agreement(faultMarks(reason, lesion(colour, over), mask), counted);
    expect(precise).toBeGreaterThanOrEqual(0.95);
    expect(complete).toBeGreaterThanOrEqual(0.85);
  });

  it('do not include hair beside the lesion, which the gate does not count', () => {
    const beside: Where = (x) => Math.abs(x - 12) < 1.3;
    expect(faultMarks('hair', lesion(HAIR, beside), mask)).toBeUndefined();
  });

  it('are the lesion if it is out of focus, and its cut part if it leaves the image', () => {
    const clean = lesion(SKIN, () => false);
    const blurred = agreement(faultMarks('lesion-blurred', clean, mask), inDisc);
    expect(blurred.complete).toBe(1);
    const low: Where = (x, y) => Math.hypot(x / SIDE - 0.5, y / SIDE - 1) < 0.3;
    const cut = faultMarks(
      'lesion-cut',
      clean,
      maskOf(40, (x, y) => low(SIDE * x, SIDE * y)),
    );
    expect(cut?.cells.every((cell) => cell >= CELLS * (CELLS - 1))).toBe(true);
    expect(cut?.cells.length).toBeGreaterThanOrEqual(8);
  });

  it.each([
    'too-small',
    'too-dark',
    'no-detail',
    'too-blurred',
    'moved',
    'no-lesion',
    'lesion-small',
  ] as const)('are absent for %s, which has no place', (reason: GateReason | LesionReason) => {
    expect(faultMarks(reason, lesion(HAIR, slanted), mask)).toBeUndefined();
  });

  it('of a lesion are absent without a mask', () => {
    const unmarked = Object.keys(LESION_REASONS).filter((reason) => reason !== 'ink') as LesionReason[];
    for (const reason of unmarked) expect(faultMarks(reason, lesion(HAIR, slanted))).toBeUndefined();
  });

  it('are the white part of an image that is too bright in part', () => {
    const corner: Where = (x, y) => x > 110 && y < 45;
    const image = lesion([255, 255, 255], corner);
    expect(gate(measure(image))).toBe('too-bright');
    const { precise, complete } = agreement(faultMarks('too-bright', image), corner);
    expect([precise, complete]).toEqual([1, 1]);
  });

  it.each([1, 2, 3])('are absent on the phantom that is over-exposed as a whole (seed %i)', (seed) => {
    const image = renderFrame('over-exposed', { width: 320, height: 240 }, seed)!;
    expect(gate(measure(image))).toBe('too-bright');
    expect(faultMarks('too-bright', workingSquareOf(image))).toBeUndefined();
  });
});
