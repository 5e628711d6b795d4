import type { JSX } from 'preact';
import { LEAST_FOR_FIGURE, type Share } from '#protocol/statistics.ts';
import { interval } from '../format/interval.ts';
import { percent } from '../format/numbers.ts';
import { t } from '../i18n/translate.ts';

interface ShareRowProps {
  readonly name: string;
  /** The reference group of the fraction. */
  readonly of: string;
  readonly share: Share;
}

/** A fraction on a scale from 0 to 100 % with its 95 % interval; if there are too few cases, how many are needed. */
export function ShareRow({ name, of, share }: ShareRowProps): JSX.Element {
  const { figure, count } = share;
  const counts = t('statistics.share', { count, of: share.of });
  return (
    <section class="share" aria-label={name}>
      <h2>
        {name}
        <span class="share-of">{of}</span>
      </h2>
      {figure === undefined ? (
        <p class="share-few">{t('statistics.few', { of: share.of, least: LEAST_FOR_FIGURE })}</p>
      ) : (
        <>
          <IntervalScale value={figure.value} low={figure.low ?? 0} high={figure.high ?? 1} />
          <p class="share-figure">
            <strong>{percent(figure.value)}</strong>
            <span>
              {interval(figure, percent)} · {counts}
            </span>
          </p>
        </>
      )}
    </section>
  );
}

/** A point with its interval as a line and ticks at 50 and 100 %; the text beside it says the same. */
function IntervalScale(props: {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}): JSX.Element {
  const [low, value, high] = [props.low, props.value, props.high].map((share) => 6 + 188 * share);
  return (
    <svg class="share-scale" viewBox="0 0 200 24" aria-hidden="true">
      <line class="axis" x1="6" x2="194" y1="12" y2="12" />
      {[6, 100, 194].map((x) => (
        <line key={x} class="axis" x1={x} x2={x} y1="7" y2="17" />
      ))}
      <line class="whisker" x1={low} x2={high} y1="12" y2="12" />
      <line class="whisker" x1={low} x2={low} y1="4" y2="20" />
      <line class="whisker" x1={high} x2={high} y1="4" y2="20" />
      <circle class="share-point" cx={value} cy="12" r="3.5" />
    </svg>
  );
}
