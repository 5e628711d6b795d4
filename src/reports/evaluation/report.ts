import { INTENDED_USE } from '../../protocol/intended-use.ts';
import { CLASS_IDS, LESION_CLASSES } from '../../protocol/classes.ts';
import type { Counts, Evaluation } from './evaluation.ts';
import { extentOf, type OperatingFigures } from './figures.ts';
import { withInterval, type Interval } from './interval.ts';
import { escaped } from './plots/chart.ts';

export interface ReportOptions {
  readonly evaluation: Evaluation;
  /** SVG drawings. */
  readonly plots: readonly string[];
  /** Maps a reason's code to its text. */
  readonly reasonInWords: (code: string) => string;
}

const STYLE = `
  body { font: 15px/1.5 system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif; color: #1b2733; background: #fff; max-width: 1180px; margin: 32px auto; padding: 0 24px; }
  h1 { font-size: 26px; margin: 0 0 4px; } h2 { font-size: 19px; margin: 32px 0 8px; }
  .use { border-left: 4px solid #c4540a; padding: 4px 12px; margin: 16px 0; }
  .faint { color: #51606d; }
  table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: 6px 12px 6px 0; border-bottom: 1px solid #e3e8ec; vertical-align: top; }
  td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
  .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(440px, 1fr)); gap: 24px; } .plots svg { width: 100%; height: auto; border: 1px solid #e3e8ec; border-radius: 6px; }
  @media print { body { margin: 0; } .plots svg { break-inside: avoid; } }
`;

/** A self-contained page: no script, nothing from a network. */
export function reportOf({ evaluation, plots, reasonInWords }: ReportOptions): string {
  const { model, created, all } = evaluation;
  return [
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">\n`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>Evaluation of ${escaped(model.name)} ${escaped(model.version)}</title>\n<style>${STYLE}</style>\n</head>\n<body>\n`,
    `<h1>Evaluation of ${escaped(model.name)} ${escaped(model.version)}</h1>\n`,
    `<p class="faint">${extentOf(all)}, ${all.malignant} malignant · engine ${escaped(model.engine)} · bundle ${escaped(model.sha256.slice(0, 12))} · ${escaped(created.slice(0, 16).replace('T', ' '))} UTC</p>\n`,
    `<p class="use"><strong>${escaped(INTENDED_USE.headline)}</strong> ${escaped(INTENDED_USE.not)}</p>\n`,
    figuresTable(evaluation),
    operatingTable(evaluation),
    countsTable(evaluation.counts, reasonInWords),
    '<h2>Plots</h2>\n<p class="faint">On all images, by the scores alone.</p>\n',
    `<div class="plots">\n${plots.map((plot) => `<figure style="margin:0">${plot}</figure>\n`).join('')}</div>\n`,
    all.confusion === undefined ? '' : `<p class="faint">${classNames()}</p>\n`,
    '</body>\n</html>\n',
  ].join('');
}

function figuresTable({ all, shown }: Evaluation): string {
  const rows = all.measured.map(({ name, ...interval }) => {
    const other = shown?.measured.find((figure) => figure.name === name);
    return [name, withInterval(interval), intervalText(other)];
  });
  const heads = ['', `all images (${all.pictures})`, `where a result is shown (${shown?.pictures ?? 0})`];
  return `<h2>Figures</h2>\n${table(heads, rows)}<p class="faint">In brackets: the 95 % confidence interval by bootstrap over the ${extentOf(all)}.</p>\n`;
}

function operatingTable({ all, shown }: Evaluation): string {
  const heads = ['', 'sensitivity', 'specificity', 'malignant above · below', 'benign above · below'];
  const row = (name: string, { sensitivity, specificity, counts }: OperatingFigures): string[] => [
    name,
    intervalText(sensitivity),
    intervalText(specificity),
    `${counts.malignantAbove} · ${counts.malignantBelow}`,
    `${counts.benignAbove} · ${counts.benignBelow}`,
  ];
  const rows = all.operatingPoints.flatMap((point, i) => {
    const other = shown?.operatingPoints[i];
    const name = `${point.name}: threshold ${point.threshold}${point.default ? ' (referral)' : ''}`;
    return [row(name, point), ...(other === undefined ? [] : [row('… where a result is shown', other)])];
  });
  return `<h2>Operating points of the card</h2>\n${table(heads, rows)}`;
}

function countsTable(counts: Counts, reasonInWords: (code: string) => string): string {
  const reasons = (title: string, byCode: Readonly<Record<string, number>>): string[][] =>
    Object.entries(byCode).map(([code, count]) => [`${title}: ${reasonInWords(code)}`, String(count)]);
  const rows = [
    ['Labelled images', String(counts.labelled)],
    ['A result would be shown', String(counts.shown)],
    ...reasons('Rejected by the quality gate', counts.rejected),
    ...reasons('Withheld', counts.withheld),
    ...reasons('Could not be classified', counts.failed),
    ...(counts.missing === 0 ? [] : [['In the list, but no such image', String(counts.missing)]]),
    ...(counts.unlabelled === 0
      ? []
      : [['In the folder, but not in the list (ignored)', String(counts.unlabelled)]]),
  ];
  return `<h2>Outcome of the images</h2>\n${table(['', 'images'], rows)}`;
}

/** The first column is text, the others are numbers. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[], tag: 'td' | 'th'): string =>
    row.map((text, i) => `<${tag}${i === 0 ? '' : ' class="number"'}>${escaped(text)}</${tag}>`).join('');
  const body = rows.map((row) => `<tr>${cells(row, 'td')}</tr>\n`).join('');
  return `<table>\n<thead><tr>${cells(heads, 'th')}</tr></thead>\n<tbody>\n${body}</tbody>\n</table>\n`;
}

function intervalText(interval: Interval | undefined): string {
  return interval === undefined ? '–' : withInterval(interval);
}

function classNames(): string {
  return CLASS_IDS.map((id) => `<strong>${id}</strong> ${escaped(LESION_CLASSES[id].name)}`).join(' · ');
}
