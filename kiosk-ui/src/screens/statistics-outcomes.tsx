import type { JSX } from 'preact';
import type { SessionOutcome } from '#protocol/outcome.ts';
import { FILTERS } from '#protocol/log-query.ts';
import { percent } from '../format/numbers.ts';
import { outcomeName } from '../format/session-text.ts';
import { Icon, type IconName } from '../components/icon.tsx';
import { t } from '../i18n/translate.ts';
import type { SubpageProps } from './statistics-subpage.ts';

const MARKS: Readonly<Record<SessionOutcome, IconName>> = {
  result: 'check',
  withheld: 'withheld',
  retake: 'retake',
  fault: 'warning',
  aborted: 'cross',
};

/** A bar for each outcome, relative to the most frequent one. */
export function OutcomePlot({ statistics: { outcomes, sessions } }: SubpageProps): JSX.Element {
  const most = Math.max(1, ...Object.values(outcomes));
  return (
    <dl class="outcome-bars">
      {FILTERS.outcome.map((outcome) => (
        <div key={outcome}>
          <dt>
            <Icon name={MARKS[outcome]} />
            {outcomeName(outcome)}
          </dt>
          <dd>
            <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect class="bar-analysed" width={(100 * outcomes[outcome]) / most} height="10" />
            </svg>
            <strong>{outcomes[outcome]}</strong>
            <span>{shareOf(outcomes[outcome], sessions)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function OutcomeTable({ statistics: { outcomes, sessions } }: SubpageProps): JSX.Element {
  return (
    <table class="figures figures-tight">
      <thead>
        <tr>
          <th scope="col">{t('filter.outcome')}</th>
          <th scope="col">{t('statistics.sessions')}</th>
          <th scope="col">{t('statistics.portion')}</th>
        </tr>
      </thead>
      <tbody>
        {FILTERS.outcome.map((outcome) => (
          <tr key={outcome}>
            <th scope="row">{outcomeName(outcome)}</th>
            <td>{outcomes[outcome]}</td>
            <td>{shareOf(outcomes[outcome], sessions)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A count is exact, unlike a probability: 0 % and 100 % are shown. */
function shareOf(count: number, of: number): string {
  if (count === 0 || of === 0) return '–';
  return count === of ? t('statistics.all') : percent(count / of);
}
