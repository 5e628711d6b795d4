import type { JSX } from 'preact';
import type { Observed, Statement } from '#protocol/view.ts';
import { percentInterval } from '../format/interval.ts';
import { comparePercent, local } from '../format/numbers.ts';
import { t } from '../i18n/translate.ts';

interface ScaleProps {
  /** Both 0–1. */
  readonly malignancy: number;
  readonly threshold: number;
  readonly statement: Statement;
  readonly observed?: Observed | undefined;
}

/**
 * The probability between 0 and 100 %, the referral threshold and the observed malignant fraction of similar lesions,
 * each at its true position on the scale.
 */
export function Scale({ malignancy, threshold, statement, observed }: ScaleProps): JSX.Element {
  const shown = comparePercent(malignancy, threshold);
  const at = place(malignancy);
  const limit = place(threshold);
  const [least, most] = [local('0\u00a0%'), local('100\u00a0%')];
  return (
    <div
      class={`scale scale-${statement}${observed === undefined ? '' : ' scale-observed'}`}
      role="img"
      aria-label={[t('scale', { ...shown, least, most }), ...onWhat(observed)].join('. ')}
    >
      <div class="scale-pointer" style={{ left: at }} />
      <div class="scale-track">
        <div class="scale-zone" style={{ left: limit }} />
        <div class="scale-fill" style={{ width: at }} />
      </div>
      <div class="scale-tick" style={{ left: limit }} data-testid="threshold" data-value={threshold} />
      {observed !== undefined && (
        <div
          class="scale-interval"
          style={{ left: place(observed.low), width: place(observed.high - observed.low) }}
        />
      )}
      {/* Shifted by its own position: the label stays inside the scale for any threshold. */}
      <div class="scale-limit" style={{ left: limit, transform: `translateX(-${limit})` }}>
        {t('scale.threshold', { value: shown.threshold })}
      </div>
      <div class="scale-ends">
        <span>{least}</span>
        <span>{most}</span>
      </div>
    </div>
  );
}

/** The interval as text, in whole per cent: a hundred lesions support no more precision. */
export function ObservedLine({ observed }: { readonly observed: Observed }): JSX.Element {
  return (
    <p class="observed">
      <span class="interval-sign" aria-hidden="true" />
      {t('scale.interval', { interval: percentInterval(observed) })}
    </p>
  );
}

/** What the interval is based on, for screen readers: for others the About page says so. */
function onWhat(observed: Observed | undefined): string[] {
  if (observed === undefined) return [];
  const { lesions, malignant } = observed;
  return [t('scale.observed', { lesions, malignant })];
}

function place(probability: number): string {
  return `${Math.min(1, Math.max(0, probability)) * 100}%`;
}
