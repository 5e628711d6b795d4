import type { BodySite, BodyView, Side } from '#protocol/body-sites.ts';

/**
 * The drawing of every view, in pixels of the smallest screen; every touch target is at least 48 px in both directions.
 */
export const MAP_WIDTH = 480;
export const MAP_HEIGHT = 336;
/** Horizontal margin in every drawing. */
export const MAP_MARGIN = 10;

export interface Shape {
  readonly site: BodySite;
  readonly path: string;
}

export interface BodyDrawing {
  readonly shapes: readonly Shape[];
  /** Decorative outlines, not touch targets. */
  readonly rest: readonly string[];
  /** Labels of the sides: x, y and the side. */
  readonly sides: readonly (readonly [x: number, y: number, side: Side])[];
}

type Corners = readonly [topLeft: number, topRight: number, bottomRight: number, bottomLeft: number];
type Box = readonly [x: number, y: number, width: number, height: number, corners?: number | Corners];

/** A box with corners of different radii, small towards the body and large away from it, so that boxes form a limb. */
function boxPath([x, y, width, height, corners = 8]: Box): string {
  const [a, b, c, d] = typeof corners === 'number' ? [corners, corners, corners, corners] : corners;
  return (
    `M${x + a} ${y}h${width - a - b}a${b} ${b} 0 0 1 ${b} ${b}v${height - b - c}a${c} ${c} 0 0 1 ${-c} ${c}` +
    `h${c + d - width}a${d} ${d} 0 0 1 ${-d} ${-d}v${a + d - height}a${a} ${a} 0 0 1 ${a} ${-a}z`
  );
}

function mirrored([x, y, width, height, corners = 8]: Box, axis: number): Box {
  const turned: number | Corners =
    typeof corners === 'number' ? corners : [corners[1], corners[0], corners[3], corners[2]];
  return [2 * axis - x - width, y, width, height, turned];
}

/**
 * Both sides of a part, from the half on the right of the drawing.
 *
 * @param onRight which side that is: the patient's left when the patient faces the viewer
 */
function both(part: string, box: Box, { axis = MAP_WIDTH / 2, onRight = 'left' } = {}): Shape[] {
  const onLeft = onRight === 'left' ? 'right' : 'left';
  return [
    { site: `${part}-${onLeft}` as BodySite, path: boxPath(mirrored(box, axis)) },
    { site: `${part}-${onRight}` as BodySite, path: boxPath(box) },
  ];
}

const one = (site: BodySite, ...box: Box): Shape => ({ site, path: boxPath(box) });

const HEAD_AND_HANDS = [
  boxPath([219, 0, 42, 46, 20]),
  ...[boxPath([311, 198, 42, 32, 16]), boxPath([127, 198, 42, 32, 16])],
];
const FEET = [boxPath([246, 322, 52, 14, 7]), boxPath([182, 322, 52, 14, 7])];

const front: BodyDrawing = {
  shapes: [
    ...both('chest', [242, 50, 56, 60, [4, 26, 6, 4]]),
    ...both('abdomen', [242, 113, 52, 58, [4, 6, 14, 4]]),
    ...both('thigh-front', [242, 174, 52, 72, [4, 12, 8, 8]]),
    ...both('shin', [243, 249, 50, 70, [8, 8, 16, 16]]),
    ...both('upper-arm-front', [303, 56, 50, 68, [22, 24, 8, 8]]),
    ...both('forearm-front', [305, 127, 50, 68, [8, 8, 18, 18]]),
  ],
  rest: [...HEAD_AND_HANDS, ...FEET],
  sides: [
    [96, 96, 'right'],
    [384, 96, 'left'],
  ],
};

const seenFromBehind = { onRight: 'right' };

const back: BodyDrawing = {
  shapes: [
    ...both('upper-back', [242, 50, 56, 52, [4, 26, 6, 4]], seenFromBehind),
    ...both('lower-back', [242, 105, 52, 50, [4, 6, 6, 4]], seenFromBehind),
    ...both('buttock', [242, 158, 54, 50, [4, 10, 20, 4]], seenFromBehind),
    ...both('thigh-back', [243, 211, 51, 54, [4, 10, 8, 8]], seenFromBehind),
    ...both('calf', [244, 268, 50, 52, [8, 8, 16, 16]], seenFromBehind),
    ...both('upper-arm-back', [303, 56, 50, 68, [22, 24, 8, 8]], seenFromBehind),
    ...both('forearm-back', [305, 127, 50, 68, [8, 8, 18, 18]], seenFromBehind),
  ],
  rest: [...HEAD_AND_HANDS, ...FEET],
  sides: [
    [96, 96, 'left'],
    [384, 96, 'right'],
  ],
};

const FACE = { axis: 150 };

const head: BodyDrawing = {
  shapes: [
    one('scalp', 75, 0, 150, 54, [56, 56, 4, 4]),
    one('forehead', 75, 57, 150, 50, 4),
    ...both('eye', [177, 110, 50, 50, 4], FACE),
    ...both('ear', [231, 110, 50, 62, [10, 26, 26, 10]], FACE),
    ...both('cheek', [177, 163, 48, 50, [4, 4, 26, 4]], FACE),
    one('nose', 126, 110, 48, 103, [4, 4, 20, 20]),
    one('mouth', 96, 216, 108, 54, [8, 8, 44, 44]),
    one('neck', 102, 276, 96, 54, [4, 4, 16, 16]),
    one('scalp-back', 322, 20, 130, 190, [62, 62, 40, 40]),
    one('nape', 340, 214, 94, 62, [4, 4, 16, 16]),
  ],
  rest: [],
  sides: [
    [44, 92, 'right'],
    [256, 92, 'left'],
  ],
};

/** The four fingers are one touch target, the hand with the thumb another. */
function hand(fingers: string, palm: string, axis: number, thumb: 'inside' | 'outside'): Shape[] {
  const x = axis + (thumb === 'inside' ? 18 : 8);
  const finger = (at: number, top: number): string => boxPath([at, top, 22, 96 - top + 40, [11, 11, 4, 4]]);
  const fours = [finger(x, 52), finger(x + 24, 40), finger(x + 48, 44), finger(x + 72, 62)].join('');
  const thumbs = boxPath([thumb === 'inside' ? x - 12 : x + 72, 150, 34, 60, 16]);
  const paths = [fours, boxPath([x, 139, 94, 106, [4, 4, 34, 34]]) + thumbs];
  return [fingers, palm].flatMap((part, i) => [
    { site: `${part}-right` as BodySite, path: mirrorPath(paths[i] ?? '', axis) },
    { site: `${part}-left` as BodySite, path: paths[i] ?? '' },
  ]);
}

/** The path mirrored at the axis: relative coordinates change sign. */
function mirrorPath(path: string, axis: number): string {
  return path.replaceAll(/([Mhva])([-\d. ]+)/g, (_, letter: string, numbers: string) => {
    const values = numbers.trim().split(/ +/).map(Number);
    const [first = 0, second = 0] = values;
    if (letter === 'M') return `M${2 * axis - first} ${second}`;
    if (letter === 'h') return `h${-first}`;
    if (letter === 'v') return `v${first}`;
    const [rx = 0, ry = 0, turn = 0, large = 0, sweep = 0, dx = 0, dy = 0] = values;
    return `a${rx} ${ry} ${turn} ${large} ${1 - sweep} ${-dx} ${dy}`;
  });
}

const hands: BodyDrawing = {
  shapes: [
    ...hand('fingers-back', 'hand-back', 124, 'outside'),
    ...hand('fingers-palm', 'palm', 356, 'inside'),
  ],
  rest: [],
  sides: [
    [66, 280, 'right'],
    [182, 280, 'left'],
    [288, 280, 'right'],
    [424, 280, 'left'],
  ],
};

const TOPS = { axis: 118 };
const SOLES = { axis: 362 };

const feet: BodyDrawing = {
  shapes: [
    ...both('foot-top', [130, 30, 76, 150, [30, 30, 6, 6]], TOPS),
    ...both('toes', [126, 183, 88, 56, [6, 6, 26, 22]], TOPS),
    ...both('sole', [374, 62, 84, 112, [30, 34, 10, 8]], SOLES),
    ...both('heel', [378, 177, 66, 62, [8, 8, 32, 32]], SOLES),
  ],
  rest: [],
  sides: [
    [66, 280, 'right'],
    [170, 280, 'left'],
    [310, 280, 'right'],
    [414, 280, 'left'],
  ],
};

export const DRAWINGS: Readonly<Record<BodyView, BodyDrawing>> = { front, back, head, hands, feet };
