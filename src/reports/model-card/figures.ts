import type { Card, OperatingPoint } from '../../classifier/model/card.ts';
import { predictiveTable } from '../../classifier/decision/predictive.ts';
import { observedOf } from '../../classifier/decision/reliability.ts';
import type { Figure } from '../../protocol/http.ts';
import { percent } from '../../protocol/percent.ts';
import { inCounts } from '../../protocol/predictive.ts';
import { day, plain, table } from './markdown.ts';
import { groupsOf, setOf } from './measured.ts';

const INTERVAL = '95 % CI';
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
    `A probability of malignancy at or above the threshold in use is above the referral threshold.${set}`,
    table(heads, rows),
    ...card.operatingPoints.flatMap(({ name, atThreshold }) =>
      atThreshold === undefined ? [] : [spanned(name, atThreshold)],
    ),
  ];
}

function spanned(name: string, { low, high, source }: NonNullable<OperatingPoint['atThreshold']>): string {
  return `From ${low} to ${high} a result is *at* the threshold of ${plain(name)}, which counts as a referral: ${plain(source)}.`;
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
    'Besides sensitivity and specificity, the meaning of a result depends on the prevalence of malignancy among the lesions examined.',
    table(
      [
        'prevalence of malignancy',
        'malignant above the threshold (PPV)',
        '95 % interval',
        'benign below the threshold (NPV)',
        '95 % interval',
      ],
      rows,
    ),
    first === undefined ? '' : inCounts(first),
    'Computed with Bayes’ theorem from the sensitivity and specificity at the threshold in use; each interval runs from the lower ends of their intervals to the upper ends. Valid only as far as those two are: they differ between clinics and with the selection of lesions.',
  ].filter((part) => part !== '');
}

/** Example scores. */
const RESULTS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];

export function reliability(card: Card): readonly string[] {
  const rows = RESULTS.flatMap((malignancy) => {
    const observed = observedOf(malignancy, card);
    if (observed === undefined) return [];
    const { malignant, lesions, ...ends } = observed;
    const [, interval] = perCents({ value: malignant / lesions, ...ends });
    return [[percent(malignancy), `${malignant} of ${lesions}`, interval]];
  });
  return [
    `Are as many lesions malignant as the score predicts? Counted among the lesions with the nearest scores, as many below as above, one image each (${plain(card.reliability?.on ?? NONE)}). The screen shows the interval.`,
    table(['score', 'malignant among the nearest', INTERVAL], rows),
  ];
}

/** The first set of the card, then the others, then the subgroups of the first. */
export function figureSections({ measured }: Card): readonly string[] {
  const { headline, sets, single, subgroups } = groupsOf(measured);
  if (headline === undefined) return ['The card has no figures.'];
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
          '### On other images',
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
