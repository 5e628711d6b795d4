import type { JSX } from 'preact';
import type { LesionCapture } from '#protocol/lesion.ts';
import { changeInterval, signedPercent, sizeWords } from '../format/change.ts';
import { withLatestNumbers } from '../format/course.ts';
import { localDay } from '../format/dates.ts';
import { capturedNumber } from '../format/session-text.ts';
import { isComparison, isLesionHistory } from '../connection/answers.ts';
import { historyPath, sessionPath } from '../connection/http.ts';
import { openLesion } from '../state/lesion-part.ts';
import { t } from '../i18n/translate.ts';
import { Icon } from './icon.tsx';
import { useFetched } from './use-fetched.ts';

interface LastVisitProps {
  readonly lesion: string;
  /** Id of the session on the screen. */
  readonly session: string;
  /** Its model. */
  readonly model: string;
}

/** The capture of this lesion before the one on the screen, and what has changed since; opens the comparison. */
export function LastVisit({ lesion, session, model }: LastVisitProps): JSX.Element {
  const answer = useFetched(historyPath(lesion), isLesionHistory);
  if (answer?.ok !== true) {
    return <p class="last-visit-none">{answer === undefined ? t('reading') : answer.words.message}</p>;
  }
  const others = answer.value.captures.filter(({ id }) => id !== session).map(withLatestNumbers);
  // As the comparison does: of those that can be compared, if there are any.
  const last = others.findLast(({ pictured }) => pictured) ?? others.at(-1);
  if (last === undefined) return <p class="last-visit-none">{t('beside.first')}</p>;
  return (
    <button
      type="button"
      class="last-visit"
      data-testid="last-visit"
      onClick={() => {
        openLesion('compare');
      }}
    >
      {last.pictured && <img src={`${sessionPath(last.id)}/picture`} alt="" draggable={false} />}
      <span class="last-visit-text">
        <span>
          {t('beside.last')}
          {last.malignancy !== undefined && last.model !== model && ` · ${last.model}`}
        </span>
        <span class={`last-visit-number row-${last.statement ?? 'withheld'}`}>
          <Icon name={last.statement ?? 'withheld'} />
          <strong>{capturedNumber(last)}</strong>
          <span>{localDay(last.openedAt)}</span>
        </span>
        {last.pictured && <Since last={last} session={session} />}
      </span>
      <Icon name="compare" />
    </button>
  );
}

/** What the two images show of the size. */
function Since({ last, session }: { readonly last: LesionCapture; readonly session: string }): JSX.Element {
  const answer = useFetched(
    `${sessionPath(last.id)}/comparison/${encodeURIComponent(session)}`,
    isComparison,
  );
  if (answer === undefined) return <span>{t('compare.reading')}</span>;
  const change = answer.ok ? answer.value.change : undefined;
  if (change === undefined) return <span>{t('compare.nothing')}</span>;
  const { area } = change;
  return (
    <span data-testid="change-since">
      <strong>{sizeWords(area)}</strong>
      {` · ${t('compare.area')} ${signedPercent(area.percent)} (${changeInterval(area)})`}
    </span>
  );
}
