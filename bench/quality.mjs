// What the gate accepts and rejects, from the rows of bench/quality-rows.mjs: the tables and charts of docs/quality.md.
// Usage: node bench/quality.mjs ROWS… [--choose | --write]
// Limits are chosen on one half of the images (--choose) and reported on the other; --write puts the tables and charts into docs/.
import { readFileSync, writeFileSync } from 'node:fs';
import {
  BLUE,
  chart,
  CURVE,
  key,
  line as polyline,
  ORANGE,
  shares,
  stroke,
} from '../dist/reports/evaluation/plots/chart.js';
import { GATE_LIMITS, gate, LESION_LIMITS, lesionGate } from '../dist/vision/gate.js';

const UNITS = {
  exposure: 'stops',
  glare: 'fraction of the field that is white',
  hair: 'strokes',
  ink: 'strokes',
  cut: 'fraction of the width moved out of the frame',
  raised: 'pixels of 150, in the middle only',
  small: 'fraction of the side by which the image is reduced',
};

/** Size of the legend with a margin, and the step of the search for its position, in the chart's units. */
const KEY = { width: 300, height: 90, step: 10 };

const files = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
/** An image that is in two files counts once. */
const rows = [
  ...new Map(
    files
      .flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'))
      .map((text) => JSON.parse(text))
      .map((row) => [`${row.n} ${row.kind} ${row.amount}`, row]),
  ).values(),
];
const untouched = new Map(rows.filter(({ kind }) => kind === 'untouched').map((row) => [row.n, row]));

// In pairs, because even and odd images differ in size.
const forChoosing = ({ n }) => n % 4 < 2;
if (process.argv.includes('--choose')) {
  quantiles(rows.filter(forChoosing));
  report(rows.filter(forChoosing));
} else {
  const mine = rows.filter((row) => !forChoosing(row));
  if (process.argv.includes('--write')) write(mine);
  else report(mine);
}

function hasResult(row) {
  return row.answer === 'above' || row.answer === 'below';
}

/** A result, as for the untouched image, but on the other side of the threshold. */
function flipped(row) {
  const before = untouched.get(row.n);
  return hasResult(row) && hasResult(before) && row.answer !== before.answer;
}

function rejected(row) {
  if (gate(row.quality) !== undefined) return true;
  return row.answer !== 'not-a-lesion' && row.answer !== 'not-finite' && lesionGate(row.lesion) !== undefined;
}

function report(mine) {
  console.log(`limits: ${JSON.stringify({ ...GATE_LIMITS, ...LESION_LIMITS })}\n`);
  console.log(tableOf(mine).join('\n'));
  console.log(`\n${sizesOf(mine).join('\n')}`);
}

/** Lesions that were made smaller, by the fraction of the square that they then fill. */
function sizesOf(mine) {
  const small = mine.filter(({ kind }) => kind === 'small');
  const bounds = [0, LESION_LIMITS.share, 0.03, 0.06, 0.12, 1];
  const rowOf = (low, high) => {
    const group = small.filter(({ lesion }) => lesion.share >= low && lesion.share < high);
    const both = group.filter((row) => hasResult(row) && hasResult(untouched.get(row.n)));
    const cells = [`${low}–${high}`, group.length, share(group.filter(hasResult).length, group.length)];
    return `| ${[...cells, share(both.filter(flipped).length, both.length)].join(' | ')} |`;
  };
  return [
    '| fraction of the square | images | with a result | flipped, of those with a result before and after |',
    `|${' --- |'.repeat(4)}`,
    ...bounds.slice(1).map((high, i) => rowOf(bounds[i], high)),
  ];
}

function tableOf(mine) {
  const worse = mine.filter(({ kind }) => kind !== 'untouched');
  return [
    `| ${['kind', 'amount', 'images', 'rejected', 'withheld', 'flipped', 'flipped, rejected', 'flipped and shown', 'median change'].join(' | ')} |`,
    `|${' --- |'.repeat(9)}`,
    ...[...Map.groupBy(mine, ({ kind, amount }) => `${kind} | ${amount}`)].map((group) => line(...group)),
    ...[...Map.groupBy(worse, ({ kind }) => `${kind} | all`)].map((group) => line(...group)),
    line(
      'all but small | ',
      worse.filter(({ kind }) => kind !== 'small'),
    ),
    line('all | ', worse),
  ];
}

/** Writes the tables between their markers in docs/quality.md, and a chart for each kind. */
function write(mine) {
  const at = (path) => new URL(`../docs/${path}`, import.meta.url).pathname;
  const page = between('sizes', readFileSync(at('quality.md'), 'utf8'), sizesOf(mine));
  writeFileSync(at('quality.md'), between('measured', page, tableOf(mine)));
  const none = mine.filter(({ kind }) => kind === 'untouched');
  for (const [kind, group] of Map.groupBy(mine, (row) => row.kind)) {
    if (kind !== 'untouched')
      writeFileSync(at(`images/quality-${kind.replace('+', '-')}.svg`), curves(kind, group, none));
  }
}

function between(mark, page, lines) {
  const [, before, after] = new RegExp(`^([^]*<!-- ${mark} -->\n)[^]*(<!-- /${mark} -->[^]*)$`).exec(page);
  return `${before}\n${lines.join('\n')}\n\n${after}`;
}

function line(name, group) {
  const both = group.filter((row) => hasResult(row) && hasResult(untouched.get(row.n)));
  const others = group.filter(flipped);
  const caught = others.filter(rejected);
  const change = both
    .map((row) => Math.abs(row.malignancy - untouched.get(row.n).malignancy))
    .sort((a, b) => a - b);
  const withheld = group.filter((row) => !rejected(row) && !hasResult(row)).length;
  const cells = [
    name,
    group.length,
    share(group.filter(rejected).length, group.length),
    share(withheld, group.length),
  ];
  cells.push(
    others.length,
    share(caught.length, others.length),
    others.length - caught.length,
    (change[change.length >> 1] ?? NaN).toFixed(3),
  );
  return `| ${cells.join(' | ')} |`;
}

/** The fractions against the amount; an amount of 0 is the untouched image. */
function curves(kind, group, none) {
  const amounts = [...Map.groupBy([...none, ...group], ({ amount }) => amount)].sort(([a], [b]) => a - b);
  const ticks = amounts.map(([amount]) => amount);
  const x = { label: UNITS[kind] ?? 'pixels of 150', low: ticks[0], high: ticks.at(-1), ticks };
  const series = [
    { text: 'rejected', style: CURVE, of: rejected },
    {
      text: 'passed, withheld by the model',
      style: `stroke="${ORANGE}" stroke-width="2.5"`,
      of: (row) => !rejected(row) && !hasResult(row),
    },
    {
      text: 'result flipped and shown',
      style: `stroke="${BLUE}" stroke-width="1.5" stroke-dasharray="2 4"`,
      of: (row) => !rejected(row) && flipped(row),
    },
  ];
  const subtitle = `HAM10000, folds 0–3: ${none.length} images untouched, ${amounts.at(-1)[1].length} at each amount`;
  const lines = series.map(({ of }) =>
    amounts.map(([amount, rows]) => [amount, rows.filter(of).length / rows.length]),
  );
  return chart({ title: `Degraded: ${kind}`, subtitle, x, y: shares('fraction of the images') }, (place) => [
    ...series.map(({ style }, i) => polyline(lines[i], place, style)),
    key(
      clearOf(lines.map((points) => points.map(place))),
      series.map(({ text, style }) => ({ mark: stroke(style), text })),
    ),
  ]);
}

/** A position where the legend covers no line: left is preferred to right, the middle to above and below. */
function clearOf(lines) {
  const points = lines.flatMap((line) =>
    line.slice(1).flatMap((to, i) => Array.from({ length: 51 }, (_, k) => along(line[i], to, k / 50))),
  );
  const heights = Array.from({ length: 36 }, (_, i) => 270 + KEY.step * Math.ceil(i / 2) * (i % 2 ? 1 : -1));
  const places = [120, 160, 200, 240].flatMap((x) => heights.map((y) => [x, y]));
  const hides = ([x, y]) =>
    points.some(([a, b]) => a > x - 16 && a < x - 16 + KEY.width && b > y - 24 && b < y - 24 + KEY.height);
  const inside = places.filter(([, y]) => y >= 100 && y <= 410);
  return inside.find((at) => !hides(at)) ?? inside[0];
}

function along([ax, ay], [bx, by], share) {
  return [ax + share * (bx - ax), ay + share * (by - ay)];
}

/** With its 95 % Wilson interval. */
function share(k, n) {
  if (n === 0) return '–';
  const z = 1.96;
  const p = k / n;
  const centre = p + (z * z) / (2 * n);
  const reach = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const [low, high] = [(centre - reach) / (1 + (z * z) / n), (centre + reach) / (1 + (z * z) / n)];
  return `${percent(p)} (${percent(Math.max(0, low))}–${percent(high)})`;
}

function percent(value) {
  return `${(100 * value).toFixed(0)}\u00a0%`;
}

function quantiles(mine) {
  for (const [name, of] of [
    ['focus', 'quality'],
    ['detail', 'quality'],
    ['brightness', 'quality'],
    ['brightShare', 'quality'],
    ['hair', 'lesion'],
    ['glare', 'lesion'],
    ['ink', 'lesion'],
    ['cut', 'lesion'],
    ['share', 'lesion'],
    ['lesionFocus', 'lesion'],
  ]) {
    for (const [what, group] of Map.groupBy(mine, ({ kind, amount }) => `${kind} ${amount}`).entries()) {
      const sorted = group
        .map((row) => row[of][name] ?? NaN)
        .filter(Number.isFinite)
        .sort((a, b) => a - b);
      const at = [0, 0.02, 0.05, 0.5, 0.95, 0.98, 1].map((q) =>
        sorted[Math.round(q * (sorted.length - 1))]?.toFixed(3),
      );
      console.log(name.padEnd(12), what.padEnd(16), at.join('  '));
    }
  }
}
