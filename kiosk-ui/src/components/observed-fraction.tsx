import type { JSX } from 'preact';
import type { Observed } from '#protocol/view.ts';
import { percent } from '../format/numbers.ts';
import { wholeInterval } from '../format/observed.ts';
import { t } from '../i18n/translate.ts';

const PER_ROW = 25;

interface ObservedFractionProps {
  readonly observed: Observed;
  /** The share of malignant lesions for which the number holds, 0–1. */
  readonly prevalence: number | undefined;
}

/**
 * The outcomes of the test lesions with the nearest numbers: a dot each, the malignant and pre-malignant ones filled. Where
 * the clinic states another prevalence, the fraction there, as a hundred dots.
 */
export function ObservedFraction({ observed, prevalence }: ObservedFractionProps): JSX.Element {
  const { stated } = observed;
  const lesions = stated === undefined ? observed.lesions : 100;
  const malignant = stated === undefined ? observed.malignant : Math.round(stated.value * 100);
  const rows = Math.ceil(lesions / PER_ROW);
  return (
    <div class="observed" data-testid="observed">
      <p>
        {stated === undefined || prevalence === undefined
          ? t('observed', { lesions, malignant, interval: wholeInterval(observed) })
          : t('observed.stated', {
              ...{ malignant, interval: wholeInterval(stated) },
              prevalence: percent(prevalence, 1),
            })}
      </p>
      <svg class="observed-dots" viewBox={`0 0 ${PER_ROW} ${rows}`} aria-hidden="true" focusable="false">
        {Array.from({ length: lesions }, (_, i) => (
          <circle
            key={i}
            class={i < malignant ? 'dot-malignant' : 'dot-benign'}
            cx={(i % PER_ROW) + 0.5}
            cy={Math.floor(i / PER_ROW) + 0.5}
            r={i < malignant ? 0.38 : 0.3}
          />
        ))}
      </svg>
    </div>
  );
}
