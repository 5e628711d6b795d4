import type { JSX } from 'preact';
import { comparePercent, local } from '../format/numbers.ts';
import { t } from '../words/words.ts';

interface ScaleProps {
  /** Both 0–1. */
  readonly malignancy: number;
  readonly threshold: number;
  readonly statement: 'above' | 'below';
}

/** The probability between 0 and 100 %, and the threshold it is held against, at the places where they really are. */
export function Scale({ malignancy, threshold, statement }: ScaleProps): JSX.Element {
  const shown = comparePercent(malignancy, threshold);
  const at = place(malignancy);
  const limit = place(threshold);
  const [least, most] = [local('0\u00a0%'), local('100\u00a0%')];
  return (
    <div class={`scale scale-${statement}`} role="img" aria-label={t('scale', { ...shown, least, most })}>
      <div class="scale-pointer" style={{ left: at }} />
      <div class="scale-track">
        <div class="scale-zone" style={{ left: limit }} />
        <div class="scale-fill" style={{ width: at }} />
      </div>
      <div class="scale-tick" style={{ left: limit }} data-testid="threshold" data-value={threshold} />
      {/* Shifted by its own place: the label stays inside the scale however far out the threshold is. */}
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

function place(probability: number): string {
  return `${Math.min(1, Math.max(0, probability)) * 100}%`;
}
