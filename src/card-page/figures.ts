import type { Card } from '../classifier/card.ts';
import { predictiveTable } from '../classifier/predictive.ts';
import { wilsonInterval } from '../lib/wilson.ts';
import type { Figure } from '../protocol/http.ts';
import { percent } from '../protocol/percent.ts';
import { inCounts } from '../protocol/predictive.ts';
import { day, plain, table } from './markdown.ts';
import { groupsOf, setOf } from './measured.ts';

const INTERVAL = '95 %';
const NONE = '–';

export function operatingPoints(card: Card): readonly string[] {
  const rows = card.operatingPoints.map((point) => {
    const { name, threshold, sensitivity, specificity, default: inUse } = point;
    const cells = [String(threshold), ...decimals(sensitivity), ...decimals(specificity)];
    return [plain(name), ...cells].map((cell) => (inUse ? `**${cell}**` : cell)).concat(inUse ? 'yes' : '');
  });
  const heads = ['operating point', 'threshold', 'sensitivity', INTERVAL, 'specificity', INTERVAL, 'in use'];
  const set =
    card.thresholdsSet === undefined ? '' : ` The thresholds were set on ${day(card.thresholdsSet)}.`;
  return [
    `A malignancy at or above the threshold in use is above the referral threshold.${set}`,
    table(heads, rows),
  ];
}

export function predictive(card: Card): readonly string[] {
  const values = predictiveTable(card);
  const rows = values.map(({ prevalence, positive, negative }) => [
    percent(prevalence),
    ...perCents(positive),
    ...perCents(negative),
  ]);
  const [first] = values;
  return [
    'What a result means depends, besides sensitivity and specificity, on how many of the lesions that are looked at are malignant.',
    table(
      [
        'malignant of all lesions',
        'malignant of those above the threshold (PPV)',
        INTERVAL,
        'benign of those below it (NPV)',
        INTERVAL,
      ],
      rows,
    ),
    first === undefined ? '' : inCounts(first),
    'Computed by Bayes’ theorem from sensitivity and specificity of the threshold in use; each interval goes from the lower ends of theirs to the upper ends. It holds as far as those two do, and they change with the clinic and with how lesions were chosen.',
  ].filter((part) => part !== '');
}

/** Of the groups, those that share no lesion. */
export function reliability({
  on,
  lesions,
  step,
  malignancy,
  malignant,
}: NonNullable<Card['reliability']>): readonly string[] {
  const rows = malignancy.flatMap((middle, i) => {
    const count = malignant[i];
    if (count === undefined || i % Math.ceil(lesions / step) !== 0) return [];
    const [, interval] = perCents({ value: count / lesions, ...wilsonInterval(count, lesions) });
    return [[percent(middle, 1), `${count} of ${lesions}`, interval]];
  });
  return [
    `Were as many malignant as the number says? One picture of each lesion (${plain(on)}), ordered by malignancy and taken ${lesions} by ${lesions}. The screen shows the interval of the ${lesions} that are nearest to a result.`,
    table(['malignancy (median of the group)', 'were malignant', INTERVAL], rows),
  ];
}

/** The set that the card begins with, then the others, then the parts of the first. */
export function figureSections({ measured }: Card): readonly string[] {
  const { headline, sets, single, subgroups } = groupsOf(measured);
  if (headline === undefined) return ['The card has none.'];
  const heads = ['figure', 'value', INTERVAL];
  return [
    ...[headline, ...sets].flatMap(({ on, rows }) => [
      `### On ${plain(on)}`,
      table(
        heads,
        rows.map((row) => [plain(row.name), ...decimals(row)]),
      ),
    ]),
    ...(single.length === 0
      ? []
      : [
          '### On other pictures',
          table(
            ['figure', 'on', 'value', INTERVAL],
            single.map((row) => [plain(row.name), plain(row.on), ...decimals(row)]),
          ),
        ]),
    ...[...subgroups].flatMap(([name, parts]) => [
      `### ${plain(capitalised(name))} in subgroups of ${plain(setOf(headline.on))}`,
      table(
        ['subgroup', 'size', 'value', INTERVAL],
        parts.map(({ group, extent, row }) => [plain(group), plain(extent), ...decimals(row)]),
      ),
    ]),
  ];
}

function decimals({ value, low, high }: Figure): [value: string, interval: string] {
  const interval = low === undefined || high === undefined ? NONE : `${low.toFixed(3)}–${high.toFixed(3)}`;
  return [value.toFixed(3), interval];
}

function perCents(figure: Figure | undefined): [value: string, interval: string] {
  if (figure === undefined) return [NONE, NONE];
  const { value, low, high } = figure;
  const interval =
    low === undefined || high === undefined ? NONE : `${percent(low, 1)} – ${percent(high, 1)}`;
  return [percent(value, 1), interval];
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
