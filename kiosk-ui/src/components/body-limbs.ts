import type { BodySite } from '#protocol/body-sites.ts';
import type { BodyDrawing, Region } from './body-drawing.ts';
import { beside, capsule, curve, ellipse, points, polygon, type Point } from './curves.ts';

const SIDES = [
  [-1, 'right'],
  [1, 'left'],
] as const;

/** The finger's ends and its half width: distance from the hand's middle line towards the thumb, y. */
const FINGERS = [
  [[-27, 150], [-37, 82], 9],
  [[-9, 146], [-13, 52], 10],
  [[10, 146], [12, 42], 10.5],
  [[29, 150], [37, 56], 10],
] as const satisfies readonly (readonly [Point, Point, number])[];

/** Makes four hands fit beside each other. */
const SLENDER = 0.88;
/** Of a hand's middle line from the line between the two, where the thumb is inside and where it is outside. */
const APART = { inside: 67, outside: 46 } as const;

const PALM: readonly Point[] = points(
  '-37,142 -18,134 2,131 22,134 39,144 40,168 37,194 29,218 26,250 26,286 26,286 -26,286 -26,286',
  '-25,250 -29,220 -36,190 -39,162',
);

const THUMB = [[27, 206], [60, 142], 11.5] as const;

/** One hand: its middle, and on which side of it the thumb is. */
function hand(
  x: number,
  thumb: 1 | -1,
): { readonly outline: string[]; readonly details: (lines: readonly (readonly Point[])[]) => string[] } {
  const place = (point: Point): Point => [x + thumb * SLENDER * point[0], point[1]];
  const digits = [...FINGERS, THUMB].map(([from, to, radius]) =>
    capsule(place(from), place(to), SLENDER * radius),
  );
  const base: readonly Point[] = points('22,226 24,196 36,170 48,164 50,190 38,216');
  return {
    outline: [curve(PALM.map(place), true), curve(base.map(place), true), ...digits],
    details: (lines) => lines.map((line) => curve(line.map(place))),
  };
}

const NAILS: readonly (readonly Point[])[] = FINGERS.map(([, [x, y]]) => [
  [x - 4.5, y + 2],
  [x - 4, y - 4],
  [x, y - 6],
  [x + 4, y - 4],
  [x + 4.5, y + 2],
  [x, y + 3.5],
  [x - 4.5, y + 2],
]);
const KNUCKLES: readonly (readonly Point[])[] = FINGERS.map(([[x, y]]) => [
  [x - 6, y - 6],
  [x, y - 9],
  [x + 6, y - 6],
]);
const CREASES: readonly (readonly Point[])[] = [
  points('36,156 16,160 -6,174 -20,186'),
  points('-36,158 -14,162 10,152 18,142'),
  points('34,164 16,176 8,200 14,232'),
  ...FINGERS.map(([[x, y]]): Point[] => [
    [x - 8, y - 14],
    [x, y - 12],
    [x + 8, y - 14],
  ]),
];

function pairOfHands(
  axis: number,
  names: readonly [fingers: string, palm: string],
  inside: boolean,
): BodyDrawing {
  const apart = APART[inside ? 'inside' : 'outside'];
  const lines = inside ? CREASES : [...NAILS, ...KNUCKLES];
  const hands = SIDES.map(([side]) => hand(axis + side * apart, inside ? (-side as 1 | -1) : side));
  const sites = SIDES.flatMap(([side, name]): Region<BodySite>[] => {
    const within = (area: readonly Point[]): string => polygon(beside(axis, side, area));
    const split = inside ? points('0,120 28,120 40,132 112,132') : points('0,132 72,132 86,120 112,120');
    return [
      {
        name: `${names[0]}-${name}` as BodySite,
        path: within([[0, 20], [112, 20], ...split.toReversed()]),
        mark: [axis + side * apart, 108],
      },
      {
        name: `${names[1]}-${name}` as BodySite,
        path: within([...split, [112, 290], [0, 290]]),
        mark: [axis + side * apart, 196],
      },
    ];
  });
  return {
    outline: hands.flatMap(({ outline }) => outline),
    sites,
    parts: [],
    details: hands.flatMap(({ details }) => details(lines)),
    sides: SIDES.map(([side, name]) => [axis + side * apart, 316, name]),
  };
}

const together = (...drawings: BodyDrawing[]): BodyDrawing => ({
  outline: drawings.flatMap(({ outline }) => outline),
  sites: drawings.flatMap(({ sites }) => sites),
  parts: [],
  details: drawings.flatMap(({ details }) => details),
  sides: drawings.flatMap(({ sides }) => sides),
});

export const HANDS = together(
  pairOfHands(124, ['fingers-back', 'hand-back'], false),
  pairOfHands(356, ['fingers-palm', 'palm'], true),
);

/** Distance from the axis between the feet: the great toe is the nearest to it. */
const FOOT: readonly Point[] = points(
  '36,250 30,226 26,190 22,140 20,100 22,84 40,74 60,76 78,88 86,104 84,134 76,168 73,200 72,228',
  '64,252 50,260',
);
const TOES = [
  [[32, 64], 12, 19],
  [[51, 60], 7.5, 14],
  [[65, 66], 7, 13],
  [[77, 76], 6.5, 12],
  [[87, 90], 6, 11],
] as const satisfies readonly (readonly [Point, number, number])[];

/** Seen from the front: below the leg, whose ankle bones stand out. */
const INSTEP: readonly Point[] = points(
  '84,134 78,168 73,196 76,210 71,226 71,250 76,292 76,292 30,292 30,292 34,250 33,226 27,208',
  '29,194 26,170 21,132 20,100 22,84 40,74 60,76 78,88 86,104',
);

interface Feet {
  readonly outline: readonly string[];
  readonly at: (side: 1 | -1, right: readonly Point[]) => readonly Point[];
}

/** @param down toes at the foot of the drawing, as when the patient stands before the viewer */
function pairOfFeet(axis: number, foot: readonly Point[], down: boolean): Feet {
  const at: Feet['at'] = (side, right) =>
    beside(
      axis,
      side,
      right.map(([x, y]) => [x, down ? 300 - y : y]),
    );
  const outline = SIDES.flatMap(([side]) => [
    curve(at(side, foot), true),
    ...TOES.map(([centre, rx, ry]) => ellipse(at(side, [centre])[0] ?? centre, rx, ry)),
  ]);
  return { outline, at };
}

const TOPS = pairOfFeet(124, INSTEP, true);
const SOLES = pairOfFeet(356, FOOT, false);

type Areas = readonly (readonly [part: string, area: readonly Point[], mark: Point])[];

const footSites = (feet: Feet, areas: Areas): Region<BodySite>[] =>
  areas.flatMap(([part, area, mark]) =>
    SIDES.map(([side, name]) => ({
      name: `${part}-${name}` as BodySite,
      path: polygon(feet.at(side, area)),
      mark: feet.at(side, [mark])[0] ?? mark,
    })),
  );

export const FEET: BodyDrawing = {
  outline: [...TOPS.outline, ...SOLES.outline],
  sites: [
    ...footSites(TOPS, [
      ['foot-top', points('0,88 44,78 72,88 112,112 112,296 0,296'), [51, 150]],
      ['toes', points('0,30 112,30 112,112 72,88 44,78 0,88'), [52, 64]],
    ]),
    ...footSites(SOLES, [
      ['sole', points('0,30 112,30 112,200 0,200'), [52, 130]],
      ['heel', points('0,200 112,200 112,280 0,280'), [51, 228]],
    ]),
  ],
  parts: [],
  details: SIDES.flatMap(([side]) => [
    ...TOES.map(([[x, y], rx]) =>
      curve(
        TOPS.at(side, [
          [x - rx / 2, y - 2],
          [x - rx / 2, y - 9],
          [x, y - 11],
          [x + rx / 2, y - 9],
          [x + rx / 2, y - 2],
          [x - rx / 2, y - 2],
        ]),
      ),
    ),
    curve(TOPS.at(side, points('34,244 44,232 62,232 70,240'))),
    curve(SOLES.at(side, points('24,112 40,122 60,120 82,128'))),
    curve(SOLES.at(side, points('32,130 44,160 44,190'))),
  ]),
  sides: [124, 356].flatMap((axis) => SIDES.map(([side, name]) => [axis + side * 51, 316, name] as const)),
};
