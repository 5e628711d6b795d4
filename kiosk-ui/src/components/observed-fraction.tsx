import type { JSX } from 'preact';
import type { Observed } from '#protocol/view.ts';
import { observedInterval } from '../format/observed.ts';
import { t } from '../i18n/translate.ts';

const PER_ROW = 25;

/** The outcomes of the test lesions with the nearest numbers: a dot each, the malignant and pre-malignant ones filled. */
export function ObservedFraction({ observed }: { readonly observed: Observed }): JSX.Element {
  const { lesions, malignant } = observed;
  const rows = Math.ceil(lesions / PER_ROW);
  return (
    <div class="observed" data-testid="observed">
      <p>{t('observed', { lesions, malignant, interval: observedInterval(observed) })}</p>
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
