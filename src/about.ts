import { readFileSync } from 'node:fs';
import type { Card } from './classifier/card.ts';
import type { ClassifierStatus, LoadedModel } from './classifier/port.ts';
import { CLASS_IDS } from './protocol/classes.ts';
import type { About, AboutModel } from './protocol/http.ts';
import type { View } from './protocol/view.ts';

/** What the kiosk is, what it runs, and all that the model's card says. */
export function aboutOf(model: ClassifierStatus, { camera, button, model: shown }: View): About {
  return {
    program: { ...programIdentity(), node: process.version },
    model: model.state === 'ready' ? aboutModel(model.model) : null,
    view: { camera, button, model: shown },
  };
}

/** Name and licence as the project's own manifest states them: one fact, one place. */
export function programIdentity(): { readonly version: string; readonly licence: string } {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
    license: string;
  };
  return { version: manifest.version, licence: manifest.license };
}

function aboutModel({ identity, card, engineReason }: LoadedModel): AboutModel {
  const { created, licence, trainedOn, intendedUse, limits, operatingPoints, measured, files } = card;
  const rest = { created, licence, trainedOn, intendedUse, limits, operatingPoints, measured, files };
  return { ...identity, engineReason, ...rest, rules: rulesOf(card) };
}

/** How the card makes an answer out of the network's numbers, and when it has none: a name and a value each. */
function rulesOf(card: Card): AboutModel['rules'] {
  const { input, views = 1, calibration, presence, likeness, conformal, drift } = card;
  const { temperature, classBias, malignancy } = calibration;
  const { version, areaSide } = input.preprocessing;
  const rules: [name: string, value: string | undefined][] = [
    ['Input', `${input.size} × ${input.size} pixels of the centre square`],
    ['Preprocessing', `version ${version}, by area to ${areaSide} pixels`],
    ['Views averaged', `${views}`],
    ['Temperature', `${temperature}`],
    ['Class bias', classBias && CLASS_IDS.map((id, i) => `${id} ${classBias[i] ?? 0}`).join(', ')],
    ['Malignancy', malignancy && `slope ${malignancy.slope}, intercept ${malignancy.intercept}`],
    ['No lesion', presence && `evidence below ${presence.evidence} or share below ${presence.share}`],
    ['Unlike training', likeness && `distance above ${likeness.limit} (${likeness.components} components)`],
    [
      'Unsure',
      conformal &&
        `no class, or more than ${conformal.maxSize} and all benign, from ${conformal.minProbability} on (coverage ${conformal.coverage})`,
    ],
    ['Deciles of malignancy', drift && `${drift.malignancyDeciles.join(', ')} (${drift.on})`],
    ['Withheld there', drift?.withheld === undefined ? undefined : `${drift.withheld}`],
    ['Refused by the gate there', drift?.gate === undefined ? undefined : `${drift.gate}`],
  ];
  return rules.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}
