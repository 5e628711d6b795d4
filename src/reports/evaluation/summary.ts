import type { Evaluation } from './evaluation.ts';
import { extentOf } from './figures.ts';
import { withInterval, type Interval } from './interval.ts';

/** An evaluation as text for a terminal. */
export function summaryOf({ model, counts, all, shown }: Evaluation): string {
  const text = (interval: Interval | undefined): string =>
    interval === undefined ? '–' : withInterval(interval);
  const rows = [
    ['', `all ${all.pictures} images`, `the ${counts.shown} with a result`],
    ...all.measured.map(({ name, ...interval }) => [
      name,
      text(interval),
      text(shown?.measured.find((figure) => figure.name === name)),
    ]),
    ...all.operatingPoints.flatMap((point, i) => [
      [
        `at ${point.threshold}: sensitivity`,
        text(point.sensitivity),
        text(shown?.operatingPoints[i]?.sensitivity),
      ],
      [
        `at ${point.threshold}: specificity`,
        text(point.specificity),
        text(shown?.operatingPoints[i]?.specificity),
      ],
    ]),
  ];
  return [
    `${model.name} ${model.version} (${model.engine}): ${extentOf(all)}, ${all.malignant} malignant`,
    `rejected by the quality gate: ${listed(counts.rejected)}; withheld: ${listed(counts.withheld)}; failed: ${listed(counts.failed)}`,
    ...aligned(rows),
    '',
  ].join('\n');
}

function listed(byCode: Readonly<Record<string, number>>): string {
  const reasons = Object.entries(byCode).map(([code, count]) => `${count} ${code}`);
  return reasons.length === 0 ? 'none' : reasons.join(', ');
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const widths = [0, 1, 2].map(width);
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
