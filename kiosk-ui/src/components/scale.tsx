import type { JSX } from 'preact';
import type { Statement } from '#protocol/view.ts';
import { scalePlace, SCALE_ENDS } from '../format/scale.ts';
import { comparePercent, local } from '../format/numbers.ts';
import { t } from '../i18n/translate.ts';

interface ScaleProps {
  /** Both 0–1. */
  readonly malignancy: number;
  readonly threshold: number;
  readonly statement: Statement;
}

/** The probability and the referral threshold on a scale of log-odds with the threshold in the middle. */
export function Scale({ malignancy, threshold, statement }: ScaleProps): JSX.Element {
  const shown = comparePercent(malignancy, threshold);
  const at = `${scalePlace(malignancy, threshold) * 100}%`;
  const limit = `${scalePlace(threshold, threshold) * 100}%`;
  const [least, most] = SCALE_ENDS.map((end) => local(`${end * 100}\u00a0%`));
  return (
    <div
      class={`scale scale-${statement}`}
      role="img"
      aria-label={t('scale', { ...shown, least: least ?? '', most: most ?? '' })}
    >
      <div class="scale-pointer" style={{ left: at }} />
      <div class="scale-track">
        <div class="scale-zone" style={{ left: limit }} />
        <div class="scale-fill" style={{ width: at }} />
      </div>
      <div class="scale-tick" style={{ left: limit }} data-testid="threshold" data-value={threshold} />
      <div class="scale-words">
        <span>{least}</span>
        <strong>{t('scale.threshold', { value: shown.threshold })}</strong>
        <span>{most}</span>
      </div>
    </div>
  );
}
