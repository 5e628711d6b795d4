import { programIdentity } from '../lib/program-identity.ts';
import type { ClassifierStatus, LoadedModel } from '../classifier/port.ts';
import { predictiveTable } from '../classifier/decision/predictive.ts';
import { referencePrevalence } from '../classifier/decision/prevalence.ts';
import { statedPoints } from '../classifier/decision/verdict.ts';
import { driftSummary, cardSummary } from '../classifier/model/card-summary.ts';
import type { About, AboutModel } from '../protocol/http.ts';
import type { OperatingPointChoice } from '../protocol/settings.ts';
import type { View } from '../protocol/view.ts';

/** What the kiosk is, what it runs, and the complete model card. */
export function aboutOf(model: ClassifierStatus, { camera, button, model: shown }: View): About {
  return {
    program: { ...programIdentity(), node: process.version },
    model: model.state === 'ready' ? aboutModel(model.model) : null,
    view: { camera, button, model: shown },
  };
}

function aboutModel(model: LoadedModel): AboutModel {
  const { identity, card, engineReason, prevalence } = model;
  const { created, licence, trainedOn, intendedUse, limits, confounders = [], thresholdsSet } = card;
  const { measured, files } = card;
  return {
    ...identity,
    ...{ engineReason, created, licence, trainedOn, intendedUse, limits, confounders },
    ...(thresholdsSet === undefined ? {} : { thresholdsSet }),
    ...(prevalence === undefined || card.reference === undefined
      ? {}
      : {
          prevalence: {
            stated: prevalence,
            reference: referencePrevalence(card) ?? prevalence,
            on: card.reference.on,
          },
        }),
    operatingPoints: operatingPointChoices(statedPoints(model)),
    ...{ predictive: predictiveTable(card, prevalence), measured, files },
    rules: [...cardSummary(card), ...driftSummary(card)],
  };
}

/** The reported part of a card's operating points; a card may contain more. */
export function operatingPointChoices(
  points: readonly OperatingPointChoice[],
): readonly OperatingPointChoice[] {
  return points.map(({ name, threshold, sensitivity, specificity, default: byDefault }) => ({
    ...{ name, threshold, sensitivity, specificity },
    default: byDefault,
  }));
}
