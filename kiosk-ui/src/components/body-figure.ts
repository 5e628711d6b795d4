import type { BodySite, BodyView, Side } from '#protocol/body-sites.ts';
import type { BodyDrawing, Region } from './body-drawing.ts';
import { beside, curve, ellipse, points, polygon, symmetrical, type Point } from './curves.ts';

const AXIS = 240;

/** The right half of the outline, from the crown to the crotch: distance from the axis, y. */
const HALF: readonly Point[] = points(
  '0,2 10,4 17,12 18.5,23 16.5,33 11.5,42 10,46 10.5,52 17,57 31,61 41,66 48,77 54,90 62,106',
  '70,119 76,129 85,143 92,157 96,166 102,175 107,188 107,200 104,206 100,204 97,194 95,189 90,193',
  '86,190 86,181 88,170 81,160 69,144 60,131 53,117 45,103 38,93 38,93 36.5,106 34,119 32,131',
  '34,145 38,160 40,175 39.5,192 36.5,213 31.5,233 29,245 30,258 30.5,269 27.5,289 22.5,307 22,315',
  '26,322 33,329 32,333 23,334 14,331 11.5,323 12.5,314 11,296 8,272 9,256 8,244 5.5,226 3,203',
  '1.5,186 0,176 0,176',
);

const OUTLINE = [curve(symmetrical(AXIS, HALF), true)];

/** The part, its area on the right of the drawing, and where its lesions are marked. */
type Area<Part> = readonly [part: Part, area: readonly Point[], mark: Point];

const ARMS = {
  upper: points('40,48 60,50 84,88 98,116 57,131 49,110 38,94 40,70'),
  fore: points('57,131 98,116 124,154 80,173 68,152'),
} satisfies Record<string, readonly Point[]>;

const FRONT_AREAS = [
  ['chest', points('0,56 13,55 24,48 40,48 40,70 38,94 49,110 0,108'), [20, 84]],
  ['abdomen', points('0,108 49,110 57,131 66,150 38,160 0,176'), [17, 134]],
  ['thigh-front', points('0,176 38,160 66,150 72,166 62,242 0,242'), [20, 206]],
  ['shin', points('0,242 62,242 58,288 42,312 0,312'), [19, 276]],
  ['upper-arm-front', ARMS.upper, [52, 98]],
  ['forearm-front', ARMS.fore, [79, 145]],
] as const satisfies readonly Area<string>[];

const BACK_AREAS = [
  ['upper-back', points('0,56 13,55 24,48 40,48 40,70 38,94 49,104 0,101'), [20, 80]],
  ['lower-back', points('0,101 49,104 57,131 56,144 0,150'), [17, 126]],
  ['buttock', points('0,150 56,144 66,150 72,166 66,192 0,198'), [20, 174]],
  ['thigh-back', points('0,198 66,192 62,246 0,246'), [20, 220]],
  ['calf', points('0,246 62,246 58,288 42,312 0,312'), [19, 276]],
  ['upper-arm-back', ARMS.upper, [52, 98]],
  ['forearm-back', ARMS.fore, [79, 145]],
] as const satisfies readonly Area<string>[];

/** @param onRight the patient's side that is on the right of the drawing */
function bothSides(areas: readonly Area<string>[], onRight: Side): Region<BodySite>[] {
  const onLeft = onRight === 'left' ? 'right' : 'left';
  return areas.flatMap(([part, area, mark]) =>
    ([-1, 1] as const).map((side) => ({
      name: `${part}-${side === 1 ? onRight : onLeft}` as BodySite,
      path: polygon(beside(AXIS, side, area)),
      mark: beside(AXIS, side, [mark])[0] ?? mark,
    })),
  );
}

const HAND: readonly Point[] = points('80,173 124,154 140,186 134,216 84,216 74,190');
const HEAD: readonly Point[] = points('0,0 44,0 44,46 24,48 13,55 0,56');
const FOOT: readonly Point[] = points('0,312 42,312 58,288 72,288 72,336 0,336');

const PARTS: readonly Region<BodyView>[] = [
  { name: 'head', path: polygon(symmetrical(AXIS, HEAD)), mark: [AXIS, 26] },
  ...([-1, 1] as const).map((side): Region<BodyView> => ({
    name: 'hands',
    path: polygon(beside(AXIS, side, HAND)),
    mark: [AXIS + side * 97, 184],
  })),
  { name: 'feet', path: polygon(symmetrical(AXIS, FOOT)), mark: [AXIS, 326] },
];

const mirrored = (...lines: (readonly Point[])[]): string[] =>
  lines.flatMap((line) => ([-1, 1] as const).map((side) => curve(beside(AXIS, side, line))));

export const FRONT: BodyDrawing = {
  outline: OUTLINE,
  sites: bothSides(FRONT_AREAS, 'left'),
  parts: PARTS,
  details: [
    // Collarbones, breast, kneecaps, eyes, mouth, navel.
    ...mirrored(points('5,64 15,62 29,64'), points('6,96 16,99 27,96 33,87'), points('13,240 18,237 24,240')),
    ...mirrored(points('4,20 7,19 10,20'), points('14,250 18,252 23,250')),
    curve(points('236,34 240,35 244,34')),
    ellipse([AXIS, 143], 1.5, 2),
  ],
  sides: [
    [96, 96, 'right'],
    [384, 96, 'left'],
  ],
};

export const BACK: BodyDrawing = {
  outline: OUTLINE,
  sites: bothSides(BACK_AREAS, 'right'),
  parts: PARTS,
  details: [
    // Shoulder blades, the fold below the buttocks, the hollows of the knees, spine.
    ...mirrored(
      points('30,72 24,84 19,95 13,91'),
      points('3,190 14,194 28,190'),
      points('13,246 19,248 25,246'),
    ),
    curve(points('240,62 240,146')),
    curve(points('240,156 240,186')),
    curve(points('229,39 240,42 251,39')),
  ],
  sides: [
    [96, 96, 'left'],
    [384, 96, 'right'],
  ],
};
