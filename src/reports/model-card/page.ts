import type { Card } from '../../classifier/model/card.ts';
import { driftSummary, cardSummary } from '../../classifier/model/card-summary.ts';
import { CLASS_IDS, LESION_CLASSES, MALIGNANT_CLASSES } from '../../protocol/classes.ts';
import type { CardRule } from '../../protocol/http.ts';
import { INTENDED_USE } from '../../protocol/intended-use.ts';
import { figureSections, operatingPoints, predictive, reliability } from './figures.ts';
import { day, list, plain, table } from './markdown.ts';

export interface CardOfBundle {
  readonly card: Card;
  /** Hex SHA-256 of `card.json`. */
  readonly sha256: string;
}

const NOTICE =
  '<!-- Written by “kiosk card” out of the bundle’s card.json; not to be edited. “npm run cards” writes it anew. -->';

/** A model's card as a page of Markdown: all that a reader needs to decide whether, and on what, to use the model. */
export function pageOf({ card, sha256 }: CardOfBundle): string {
  const { name, version, created, limits, confounders = [] } = card;
  return [
    NOTICE,
    `# ${plain(name)} ${version}`,
    `The card of a model for dermoscopic images, made on ${day(created)}.`,
    `> **${plain(INTENDED_USE.headline)}** ${plain(INTENDED_USE.not)}`,
    section('Intended use', [plain(card.intendedUse), notValidated(), classes()]),
    section('Origin', [`**Trained on.** ${plain(card.trainedOn)}`, `**Licence.** ${plain(card.licence)}`]),
    section('Limits', [list(limits.map(plain))]),
    confounders.length === 0 ? '' : section('Known to mislead', [list(confounders.map(plain))]),
    section('Thresholds', operatingPoints(card)),
    section('Figures', figureSections(card)),
    card.reliability === undefined ? '' : section('Reliability', reliability(card)),
    section('What a result means where cancer is rarer or commoner', predictive(card)),
    section('How an answer is made', [ruleTable(cardSummary(card))]),
    card.drift === undefined ? '' : section('Reference for drift', drift(card)),
    section('Files', files({ card, sha256 })),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function section(title: string, parts: readonly string[]): string {
  return [`## ${title}`, ...parts].join('\n\n');
}

function notValidated(): string {
  return `Not validated on: ${INTENDED_USE.notValidatedOn.join('; ')}.`;
}

function classes(): string {
  const named = CLASS_IDS.map((id) => `${LESION_CLASSES[id].name} (${id}, ${LESION_CLASSES[id].mark})`);
  return `It tells seven classes apart: ${named.join('; ')}. The malignancy is the sum of ${MALIGNANT_CLASSES.join(', ')}.`;
}

function drift(card: Card): readonly string[] {
  return [
    'What the scores looked like on known pictures. A kiosk whose scores have moved away from these sees other lesions, or takes other pictures, than those that the figures are of.',
    ruleTable(driftSummary(card)),
  ];
}

function ruleTable(rules: readonly CardRule[]): string {
  return table(
    ['what', 'value'],
    rules.map(({ name, value }) => [plain(name), plain(value)]),
  );
}

function files({ card, sha256 }: CardOfBundle): readonly string[] {
  const hashes = Object.entries({ 'card.json': sha256, ...card.files });
  return [
    'The kiosk refuses the bundle when a byte of it differs. The hash of `card.json`, which holds the others, names the whole bundle.',
    table(
      ['file', 'SHA-256'],
      hashes.map(([path, hash]) => [plain(path), `\`${hash}\``]),
    ),
  ];
}
