import type { JSX } from 'preact';
import type { Observed, Statement } from '#protocol/view.ts';
import { comparePercent } from '../format/numbers.ts';
import { Icon } from './icon.tsx';
import { ObservedLine, Scale } from './scale.tsx';
import { t } from '../i18n/translate.ts';

interface FindingProps {
  readonly malignancy: number;
  readonly threshold: number;
  readonly statement: Statement;
  readonly observed?: Observed | undefined;
  readonly heading: 'h1' | 'h2';
}

/** The statement, the probability behind it, and the scale that relates the two. */
export function Finding({
  malignancy,
  threshold,
  statement,
  observed,
  heading: Heading,
}: FindingProps): JSX.Element {
  const { value } = comparePercent(malignancy, threshold);
  return (
    <section class={`finding finding-${statement}`}>
      <Heading class="statement">
        <Icon name={statement} />
        <span>{t(`statement.${statement}`)}</span>
      </Heading>
      <p class="malignancy">
        <span
          class={value.length > 4 ? 'malignancy-value malignancy-long' : 'malignancy-value'}
          data-testid="malignancy"
          data-value={malignancy}
        >
          {value}
        </span>
        <span class="malignancy-label">{t('malignancy')}</span>
      </p>
      <Scale malignancy={malignancy} threshold={threshold} statement={statement} observed={observed} />
      {observed !== undefined && <ObservedLine observed={observed} />}
    </section>
  );
}
