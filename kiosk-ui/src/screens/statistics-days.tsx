import type { JSX } from 'preact';
import { bucketsOf } from '../format/buckets.ts';
import { calendarDay } from '../format/calendar.ts';
import { DayBars } from '../components/day-bars.tsx';
import { Paged } from '../components/paged.tsx';
import { t } from '../i18n/translate.ts';
import type { SubpageProps } from './statistics-subpage.ts';

const ROWS_PER_PAGE = 6;

export function DayPlot({ statistics, choice }: SubpageProps): JSX.Element {
  const { unit, buckets } = bucketsOf(statistics.days, choice);
  if (statistics.sessions === 0) return <p class="pending">{t('log.none')}</p>;
  const title = t(`statistics.per.${unit}`);
  const most = Math.max(...buckets.map(({ answered, unanswered }) => answered + unanswered));
  return (
    <div class="plot">
      <div class="plot-head">
        <h2>{title}</h2>
        <p class="legend">
          <Swatch kind="analysed" name={t('statistics.answered')} />
          <Swatch kind="unanalysed" name={t('statistics.unanswered')} />
        </p>
      </div>
      <DayBars buckets={buckets} label={t('statistics.bars', { title, bars: buckets.length, most })} />
    </div>
  );
}

function Swatch({
  kind,
  name,
}: {
  readonly kind: 'analysed' | 'unanalysed';
  readonly name: string;
}): JSX.Element {
  return (
    <span>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <rect class={`bar-${kind}`} x="1" y="1" width="14" height="14" />
      </svg>
      {name}
    </span>
  );
}

/** The bars as numbers, latest first. */
export function DayTable({ statistics, choice }: SubpageProps): JSX.Element {
  const { unit, buckets } = bucketsOf(statistics.days, choice);
  if (statistics.sessions === 0) return <p class="pending">{t('log.none')}</p>;
  return (
    <Paged rows={buckets.toReversed()} perPage={ROWS_PER_PAGE}>
      {(rows) => (
        <table class="figures figures-tight">
          <thead>
            <tr>
              <th scope="col">{t(`statistics.per.${unit}`)}</th>
              <th scope="col">{t('statistics.answered')}</th>
              <th scope="col">{t('statistics.unanswered')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ from, answered, unanswered }) => (
              <tr key={from}>
                <th scope="row">{calendarDay(from)}</th>
                <td>{answered}</td>
                <td>{unanswered}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Paged>
  );
}
