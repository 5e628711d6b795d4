// What the gate's limits keep and refuse, from the rows of bench/quality-rows.mjs, as docs/quality.md tells it.
// Usage: node bench/quality.mjs ROWS [--choose]     Limits are looked at on one half of the pictures (--choose) and reported on the other.
import { readFileSync } from 'node:fs';
import { GATE_LIMITS, gate, LESION_LIMITS, lesionGate } from '../dist/vision/gate.js';

const rows = readFileSync(process.argv[2], 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const untouched = new Map(rows.filter(({ kind }) => kind === 'untouched').map((row) => [row.n, row]));

// By twos, because even and odd pictures are of different sizes.
const forChoosing = ({ n }) => n % 4 < 2;
if (process.argv.includes('--choose')) {
  quantiles(rows.filter(forChoosing));
  report(rows.filter(forChoosing));
} else report(rows.filter((row) => !forChoosing(row)));

function answered(row) {
  return row.answer === 'above' || row.answer === 'below';
}

function refused(row) {
  if (gate(row.quality) !== undefined) return true;
  return row.answer !== 'not-a-lesion' && row.answer !== 'not-finite' && lesionGate(row.lesion) !== undefined;
}

function report(mine) {
  console.log(`limits: ${JSON.stringify({ ...GATE_LIMITS, ...LESION_LIMITS })}\n`);
  console.log(
    `| ${['kind', 'amount', 'pictures', 'refused', 'withheld', 'turned', 'turned, refused', 'shown turned', 'median change'].join(' | ')} |`,
  );
  console.log(`|${' --- |'.repeat(9)}`);
  for (const group of groupBy(mine, ({ kind, amount }) => `${kind} | ${amount}`)) line(...group);
  const worse = mine.filter(({ kind }) => kind !== 'untouched');
  for (const group of groupBy(worse, ({ kind }) => `${kind} | all`)) line(...group);
  line('all | ', worse);
}

function line(name, group) {
  const both = group.filter((row) => answered(row) && answered(untouched.get(row.n)));
  const turned = both.filter((row) => row.answer !== untouched.get(row.n).answer);
  const caught = turned.filter(refused);
  const change = both
    .map((row) => Math.abs(row.malignancy - untouched.get(row.n).malignancy))
    .sort((a, b) => a - b);
  const withheld = group.filter((row) => !refused(row) && !answered(row)).length;
  const cells = [
    name,
    group.length,
    share(group.filter(refused).length, group.length),
    share(withheld, group.length),
  ];
  cells.push(
    turned.length,
    share(caught.length, turned.length),
    turned.length - caught.length,
    (change[change.length >> 1] ?? NaN).toFixed(3),
  );
  console.log(`| ${cells.join(' | ')} |`);
}

/** With its 95 % interval after Wilson. */
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
  ]) {
    for (const [what, group] of groupBy(mine, ({ kind, amount }) => `${kind} ${amount}`).entries()) {
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

/** Node 20 has no Map.groupBy. */
function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
