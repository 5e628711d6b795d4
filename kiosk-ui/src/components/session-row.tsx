import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { SessionSummary } from '#protocol/http.ts';
import { localMinute } from '../format/dates.ts';
import { isReviewed, outcomeLine, whoseWords, type OutcomeMark } from '../format/session-text.ts';
import { sessionPath } from '../connection/http.ts';
import { t } from '../i18n/translate.ts';
import { Icon, type IconName } from './icon.tsx';

const MARKS: Readonly<Record<OutcomeMark, IconName>> = {
  above: 'above',
  at: 'at',
  below: 'below',
  withheld: 'withheld',
  retake: 'retake',
  fault: 'warning',
};

interface SessionRowProps {
  readonly session: SessionSummary;
  /** Whether its page is open beside the rows. */
  readonly chosen?: boolean;
  readonly onPress: () => void;
}

/** One session of the log: its image if it is stored, its outcome by shape and word, whose it is, and when. */
export function SessionRow({ session, chosen = false, onPress }: SessionRowProps): JSX.Element {
  const { mark, text } = outcomeLine(session);
  const details = [
    t(`source.${session.source}`),
    ...(isReviewed(session) ? [t(`disposition.${session.disposition}`)] : []),
  ];
  return (
    <button
      type="button"
      class="row"
      aria-current={chosen ? 'true' : undefined}
      data-testid={`session-${session.number}`}
      onClick={onPress}
    >
      <Thumbnail session={session} />
      <span class="row-number">{session.number}</span>
      <span class={`row-outcome row-${mark}`}>
        <Icon name={MARKS[mark]} />
        <span>{text}</span>
      </span>
      <span class="row-whose">{whoseWords(session.context).join(' · ')}</span>
      <span class="row-time">{localMinute(session.openedAt)}</span>
      <span class="row-details">{details.join(' · ')}</span>
      <Icon name="open" />
    </button>
  );
}

/** The row says everything that the image shows. */
function Thumbnail({ session: { id, source, pictured } }: Pick<SessionRowProps, 'session'>): JSX.Element {
  const [failed, setFailed] = useState(false);
  return (
    <span class="row-thumbnail">
      {pictured === true && !failed ? (
        <img
          src={`${sessionPath(id)}/thumbnail`}
          alt=""
          loading="lazy"
          decoding="async"
          onError={() => {
            setFailed(true);
          }}
        />
      ) : (
        <Icon name={source === 'upload' ? 'file' : 'camera'} />
      )}
    </span>
  );
}
