import { CLASS_IDS } from '../../../protocol/classes.ts';
import type { Point } from '../curves.ts';
import type { Figures } from '../figures.ts';
import { BLUE, pair, picture, words } from './chart.ts';

/** Ground truth against prediction: of the seven classes if known, otherwise of the referral. */
export function confusionPlot({ confusion, operatingPoints }: Figures): string {
  if (confusion !== undefined) {
    const subtitle = 'Rows: true class; columns: most probable class; per cent of the row';
    return matrixPlot({ title: 'Confusion of the seven classes', subtitle }, CLASS_IDS, CLASS_IDS, confusion);
  }
  const counts = (operatingPoints.find((point) => point.default) ?? operatingPoints[0])?.counts;
  return matrixPlot(
    {
      title: 'Ground truth and referral',
      subtitle: 'Rows: ground truth; columns: side of the referral threshold; per cent of the row',
    },
    ['malignant', 'benign'],
    ['above', 'below'],
    [
      [counts?.malignantAbove ?? 0, counts?.malignantBelow ?? 0],
      [counts?.benignAbove ?? 0, counts?.benignBelow ?? 0],
    ],
  );
}

function matrixPlot(
  { title, subtitle }: { readonly title: string; readonly subtitle: string },
  rows: readonly string[],
  columns: readonly string[],
  counts: readonly (readonly number[])[],
): string {
  const [left, top, side] = [104, 92, 440 / columns.length];
  const cells = counts.flatMap((row, j) => {
    const total = row.reduce((a, b) => a + b, 0);
    return row.map((count, i) => cell([left + i * side, top + j * side], side, count, total));
  });
  const across = columns.map((name, i) =>
    words([left + (i + 0.5) * side, top - 10], name, 'text-anchor="middle" font-weight="600"'),
  );
  const down = rows.map((name, j) =>
    words([left - 10, top + (j + 0.5) * side + 4.5], name, 'text-anchor="end" font-weight="600"'),
  );
  return picture(title, subtitle, [...cells, ...across, ...down]);
}

/** Maximum fill of a cell: its dark text must stay readable. */
const DARKEST = 0.6;

function cell([x, y]: Point, side: number, count: number, total: number): string {
  const part = total === 0 ? 0 : count / total;
  const corners: readonly Point[] = [
    [0, 0],
    [side, 0],
    [side, side],
    [0, side],
  ];
  return [
    `<polygon points="${corners.map(([dx, dy]) => pair([x + dx, y + dy])).join(' ')}" fill="${BLUE}" fill-opacity="${(0.03 + DARKEST * part).toFixed(3)}" stroke="#fff" stroke-width="2"/>\n`,
    words([x + side / 2, y + side / 2], String(count), `text-anchor="middle" font-size="15"`),
    words(
      [x + side / 2, y + side / 2 + 17],
      total === 0 ? '–' : `${Math.round(part * 100)} %`,
      `text-anchor="middle" font-size="11"`,
    ),
  ].join('');
}
