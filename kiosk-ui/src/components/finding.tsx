import type { JSX } from 'preact';
import type { Observed, Statement } from '#protocol/view.ts';
import { comparePercent } from '../format/numbers.ts';
import { isContradicted } from '#protocol/observed.ts';
import { timesWords } from '../format/times.ts';
import { ObservedFraction } from './observed-fraction.tsx';
import { Scale } from './scale.tsx';
import { t } from '../i18n/translate.ts';

interface FindingProps {
  readonly malignancy: number;
  readonly threshold: number;
  readonly statement: Statement;
  readonly observed?: Observed | undefined;
  /** The share of malignant lesions for which the numbers hold, 0–1. */
  readonly prevalence?: number | undefined;
}

/** The probability behind the statement, the scale that relates it to the threshold, and what was observed. */
export function Finding({
  malignancy,
  threshold,
  statement,
  observed,
  prevalence,
}: FindingProps): JSX.Element {
  const { value } = comparePercent(malignancy, threshold);
  const fraction = observed !== undefined && <ObservedFraction {...{ observed, prevalence }} />;
  // Where the two differ, the observed fraction is what is known.
  const isFirst = observed !== undefined && isContradicted(malignancy, observed.stated ?? observed);
  return (
    <section class={`finding finding-${statement}${isFirst ? ' finding-observed-first' : ''}`}>
      {isFirst && fraction}
      <p class="malignancy">
        <span
          class={value.length > 4 ? 'malignancy-value malignancy-long' : 'malignancy-value'}
          data-testid="malignancy"
          data-value={malignancy}
        >
          {value}
        </span>
        <strong class="malignancy-times">{timesWords(malignancy, threshold)}</strong>
        <span class="malignancy-label">{t('malignancy')}</span>
      </p>
      <Scale malignancy={malignancy} threshold={threshold} statement={statement} />
      {!isFirst && fraction}
    </section>
  );
}
