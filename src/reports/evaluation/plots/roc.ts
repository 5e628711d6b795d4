import { intervalsOf } from '../bootstrap.ts';
import { rocOf, type Point } from '../curves.ts';
import type { Figures, OperatingFigures } from '../figures.ts';
import { withInterval } from '../interval.ts';
import { sensitivityAtSpecificity } from '../measures.ts';
import type { Sample } from '../sample.ts';
import {
  area,
  BLUE,
  chart,
  CURVE,
  INK,
  key,
  line,
  ORANGE,
  REFERENCE,
  shares,
  stroke,
  type Mark,
  type Place,
} from './chart.ts';

/** The ROC curve, with the operating points of the card and 95 % bands. */
export function rocPlot(sample: Sample, { measured, operatingPoints }: Figures): string {
  const auc = measured.find(({ name }) => name === 'malignancy AUC');
  const options = {
    title: 'Receiver operating characteristic',
    subtitle: auc === undefined ? '' : `Malignancy AUC ${withInterval(auc)}`,
    x: shares('1 − specificity'),
    y: shares('Sensitivity'),
  };
  return chart(options, (place) => [
    bandOf(sample, place),
    line(
      [
        [0, 0],
        [1, 1],
      ],
      place,
      REFERENCE,
    ),
    line(rocOf(sample), place, CURVE),
    ...operatingPoints.flatMap((point, i) => crossAt(point, markOf(i, point.default), place)),
    key(
      [230, 400],
      [
        ...operatingPoints.map((point, i) => ({ mark: markOf(i, point.default), text: inWords(point) })),
        { mark: stroke(REFERENCE), text: 'chance level' },
      ],
    ),
  ]);
}

/** The sensitivity's interval over a series of specificities, as an area. */
function bandOf(sample: Sample, place: Place): string {
  const alarms = Array.from({ length: 41 }, (_, i) => i / 40);
  const intervals = intervalsOf(
    sample,
    alarms.map((alarm) => sensitivityAtSpecificity(1 - alarm)),
    500,
  );
  const upper = alarms.map((alarm, i): Point => [alarm, intervals[i]?.high ?? 0]);
  const lower = alarms.map((alarm, i): Point => [alarm, intervals[i]?.low ?? 0]);
  return area([...upper, ...lower.reverse()], place, `fill="${BLUE}" fill-opacity="0.14"`);
}

function crossAt({ sensitivity, specificity }: OperatingFigures, mark: Mark, place: Place): string[] {
  if (sensitivity === undefined || specificity === undefined) return [];
  const [x, y] = [1 - specificity.value, sensitivity.value];
  const thin = `stroke="${INK}" stroke-width="1.2"`;
  return [
    line(
      [
        [x, sensitivity.low],
        [x, sensitivity.high],
      ],
      place,
      thin,
    ),
    line(
      [
        [1 - specificity.high, y],
        [1 - specificity.low, y],
      ],
      place,
      thin,
    ),
    mark(place([x, y])),
  ];
}

/** Operating points differ in shape; the kiosk's referral threshold is filled. */
function markOf(i: number, isDefault: boolean): Mark {
  const style = `fill="${isDefault ? ORANGE : '#fff'}" stroke="${isDefault ? ORANGE : INK}" stroke-width="1.8"`;
  const shapes: readonly (readonly Point[])[] = [
    [
      [-5, -5],
      [5, -5],
      [5, 5],
      [-5, 5],
    ],
    [
      [0, -7],
      [7, 0],
      [0, 7],
      [-7, 0],
    ],
    [
      [0, -6.5],
      [6.5, 5],
      [-6.5, 5],
    ],
  ];
  const shape = shapes[i % shapes.length] ?? [];
  return ([x, y]) =>
    area(
      shape.map(([dx, dy]): Point => [x + dx, y + dy]),
      (point) => point,
      style,
    );
}

function inWords({ name, threshold, default: isDefault }: OperatingFigures): string {
  return `${name}: at ${threshold.toFixed(3)}${isDefault ? ' (referral)' : ''}`;
}
