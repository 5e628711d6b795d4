import type { BodySite } from '#protocol/body-sites.ts';
import type { BodyDrawing, Region } from './body-drawing.ts';
import { beside, curve, ellipse, points, polygon, symmetrical, type Point } from './curves.ts';

const FACE = 142;
const BACK = 372;

/** Right half of the skull with jaw, neck and shoulders; then of an ear. */
const SKULL: readonly Point[] = points(
  '0,4 34,9 58,29 70,66 72,106 70,146 65,186 53,220 46,236 44,252 45,280 58,302 84,316 98,334',
  '98,334 0,334 0,334',
);
const EAR: readonly Point[] = points('69,118 76,103 88,102 93,117 89,140 83,160 75,168 68,160');

const outlineAt = (axis: number): string[] => [
  curve(symmetrical(axis, SKULL), true),
  ...([-1, 1] as const).map((side) => curve(beside(axis, side, EAR), true)),
];

const middle = (name: BodySite, axis: number, half: readonly Point[], mark: number): Region<BodySite> => ({
  name,
  path: polygon(symmetrical(axis, half)),
  mark: [axis, mark],
});

/** The patient faces the viewer: the left is on the right. */
const both = (part: string, area: readonly Point[], mark: Point): Region<BodySite>[] =>
  ([-1, 1] as const).map((side) => ({
    name: `${part}-${side === 1 ? 'left' : 'right'}` as BodySite,
    path: polygon(beside(FACE, side, area)),
    mark: [FACE + side * mark[0], mark[1]],
  }));

const line = (axis: number, half: readonly Point[]): string =>
  curve([...beside(axis, -1, half.slice(1).toReversed()), ...beside(axis, 1, half)]);

const pair = (axis: number, points: readonly Point[]): string[] =>
  ([-1, 1] as const).map((side) => curve(beside(axis, side, points)));

export const FACE_AND_BACK: BodyDrawing = {
  outline: [...outlineAt(FACE), ...outlineAt(BACK)],
  sites: [
    middle('scalp', FACE, points('0,0 82,0 82,74 58,74 46,60 24,53 0,51'), 30),
    middle('forehead', FACE, points('0,51 24,53 46,60 58,74 74,74 74,104 0,104'), 76),
    ...both('eye', points('25,104 74,104 74,154 25,154'), [43, 138]),
    ...both('ear', points('74,74 124,74 124,180 74,180'), [83, 132]),
    ...both('cheek', points('25,154 74,154 74,222 52,222 46,204 25,204'), [46, 182]),
    middle('nose', FACE, points('0,104 25,104 25,204 0,204'), 168),
    middle('mouth', FACE, points('0,204 46,204 52,222 66,222 60,254 34,262 0,268'), 232),
    middle('neck', FACE, points('0,268 34,262 60,254 104,280 104,336 0,336'), 300),
    middle('scalp-back', BACK, points('0,0 98,0 98,200 54,214 26,230 0,234'), 110),
    middle('nape', BACK, points('0,234 26,230 54,214 98,200 98,336 0,336'), 276),
  ],
  parts: [],
  details: [
    ...pair(FACE, points('20,114 34,108 52,113')),
    ...pair(FACE, points('22,128 30,123 41,123 50,129 40,132 30,132 22,128')),
    ...([-1, 1] as const).map((side) => ellipse([FACE + side * 36, 127.5], 4, 4)),
    ...pair(FACE, points('7,124 9,150 16,172 15,184 7,188')),
    line(FACE, points('0,190 4,189 7,187')),
    line(FACE, points('0,222 10,219 28,223')),
    line(FACE, points('0,236 10,234 20,227')),
    line(FACE, points('0,268 22,262 40,244 48,232')),
    ...pair(FACE, points('14,322 30,326 56,322')),
    ...[FACE, BACK].flatMap((axis) => pair(axis, points('75,116 83,112 85,126 78,146'))),
    ...pair(BACK, points('14,150 10,190 12,226')),
  ],
  sides: [
    [32, 220, 'right'],
    [252, 220, 'left'],
  ],
};
