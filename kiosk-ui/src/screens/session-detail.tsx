import { differential } from '#protocol/differential.ts';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { JournalRow, SessionDetail } from '#protocol/http.ts';
import type { LesionValues, QualityValues, Timings } from '#protocol/outcome.ts';
import { when } from '../format/dates.ts';
import { figure } from '../format/numbers.ts';
import {
  contraText,
  fieldName,
  isReviewed,
  opinionBeforeText,
  outcomeLine,
  sizeFacts,
  shortHash,
  whoseWords,
} from '../format/session-text.ts';
import { isSessionDetail } from '../connection/answers.ts';
import { sessionPath } from '../connection/http.ts';
import { Headline } from '../components/headline.tsx';
import { ClassBars } from '../components/class-bars.tsx';
import { DefinitionList, type Definition } from '../components/definition-list.tsx';
import { Finding } from '../components/finding.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Paged } from '../components/paged.tsx';
import { Pending } from '../components/pending.tsx';
import { AssignButton } from '../components/assign-button.tsx';
import { RescoreSession } from '../components/rescore-session.tsx';
import { StatementBand } from '../components/statement-band.tsx';
import { Tabs } from '../components/tabs.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { useFetched } from '../components/use-fetched.ts';
import { wordsOf } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';
import { StoredImagePage } from './stored-image.tsx';
import { SessionFindings } from './session-findings.tsx';
import { SessionOverview } from './lesion-overviews.tsx';

/** Journal rows that fit on one subpage. */
const JOURNAL_ROWS = 4;

export interface SessionDetailProps {
  readonly id: string;
  /** Whether to show first what is asked for later: the verdict and the histology. */
  readonly opensFindings?: boolean;
  /** Called when something about it was recorded or deleted. */
  readonly onEdited?: () => void;
  readonly onBack: () => void;
}

/** Everything stored about one session, and its image while it is stored. */
export function SessionDetailPage(props: SessionDetailProps): JSX.Element {
  const { title, note, parts } = useSessionDetail(props);
  return (
    <main class="page detail">
      <PageHead title={title} onBack={props.onBack} help="session">
        {note}
      </PageHead>
      {parts}
    </main>
  );
}

/** The same beside the list that it is chosen from, which stays as it is. */
export function SessionDetailPane(props: SessionDetailProps): JSX.Element {
  const { title, note, parts } = useSessionDetail(props);
  return (
    <section class="page detail detail-pane" aria-label={title} data-testid="detail-pane">
      <header class="page-head">
        <h2>{title}</h2>
        {note}
        <TouchButton label={t('detail.close')} icon="cross" bare leaves onPress={props.onBack} />
      </header>
      {parts}
    </section>
  );
}

interface SessionParts {
  readonly title: string;
  /** Whose it is and from when, and the key that corrects it; absent until it is read. */
  readonly note: JSX.Element | false;
  readonly parts: JSX.Element;
}

function useSessionDetail({ id, opensFindings = false, onEdited }: SessionDetailProps): SessionParts {
  const answer = useFetched(sessionPath(id), isSessionDetail);
  const [edited, setEdited] = useState<SessionDetail>();
  const detail = edited ?? (answer?.ok === true ? answer.value : undefined);
  if (detail === undefined) {
    const parts = <Pending answer={answer?.ok === false ? answer : undefined} />;
    return { title: t('session'), note: false, parts };
  }
  const edit = (now: SessionDetail): void => {
    setEdited(now);
    onEdited?.();
  };
  return {
    title: t('session.number', { number: detail.number }),
    note: (
      <>
        <p class="page-note">
          <WhoseLesion {...detail} />
          {when(detail.openedAt)}
          {detail.source !== 'camera' && ` · ${t(`source.${detail.source}`)}`}
          {isReviewed(detail) && ` · ${t(`disposition.${detail.disposition}`)}`}
        </p>
        <AssignButton detail={detail} onAssigned={edit} />
      </>
    ),
    parts: <Parts detail={detail} first={opensFindings && isReviewed(detail) ? 1 : 0} onEdited={edit} />,
  };
}

interface PartsProps {
  readonly detail: SessionDetail;
  /** Index of the part that is shown first. */
  readonly first: number;
  readonly onEdited: (detail: SessionDetail) => void;
}

function Parts({ detail, first, onEdited }: PartsProps): JSX.Element {
  return (
    <Tabs
      label={t('detail.parts')}
      first={first}
      tabs={[
        {
          name: t('detail.outcome'),
          content: () => (
            <>
              <Outcome detail={detail} />
              <RescoreSession detail={detail} onRescored={onEdited} />
            </>
          ),
        },
        ...(isReviewed(detail)
          ? [
              {
                name: t('detail.findings'),
                content: () => <SessionFindings detail={detail} onEdited={onEdited} />,
              },
            ]
          : []),
        ...(detail.kept === undefined && detail.context?.lesion === undefined
          ? []
          : [{ name: t('detail.picture'), content: () => <Kept detail={detail} onEdited={onEdited} /> }]),
        { name: t('detail.measurements'), content: () => <Measurements detail={detail} /> },
        { name: t('detail.time'), content: () => <Time timings={detail.timings ?? {}} /> },
        { name: t('detail.journal'), content: () => <Journal rows={detail.journal} /> },
      ]}
    />
  );
}

/** Whose this session is, as far as it was not erased; never the current patient. */
function WhoseLesion({ context, contra }: Pick<SessionDetail, 'context' | 'contra'>): JSX.Element {
  const flagged = [...(context?.lesion?.contraIndications ?? []), ...(contra?.found ?? [])].length > 0;
  const words = [
    ...whoseWords(context),
    ...(flagged ? [t('contra.tag')] : []),
    ...(contra?.found === null ? [t('contra.open')] : []),
  ];
  return (
    <strong class="session-patient" data-testid="whose">
      {words.join(' · ')}
    </strong>
  );
}

function Outcome({ detail }: { readonly detail: SessionDetail }): JSX.Element {
  const { malignancy, threshold, statement, probabilities } = detail;
  if (malignancy === undefined || threshold === undefined || statement === undefined) {
    const { message, cure } = wordsOf(detail.reason);
    switch (detail.outcome) {
      case 'withheld':
        return <Headline icon="withheld" tone="caution" title={t('withheld')} text={message} />;
      case 'retake':
        return <Headline icon="retake" tone="caution" title={message} text={cure} />;
      case 'result':
      case 'fault':
        return <Headline icon="warning" tone="problem" title={message} text={cure} />;
      case 'aborted':
        return <Headline icon="warning" tone="problem" title={outcomeLine(detail).text} />;
    }
  }
  return (
    <div class="detail-outcome">
      <StatementBand statement={statement} heading="h2" />
      <Finding malignancy={malignancy} threshold={threshold} statement={statement} />
      {probabilities !== undefined && <ClassBars classes={differential(probabilities, detail.marked)} />}
    </div>
  );
}

function Kept({
  detail,
  onEdited,
}: {
  readonly detail: SessionDetail;
  readonly onEdited: (detail: SessionDetail) => void;
}): JSX.Element {
  const lesion = detail.context?.lesion;
  const overview = lesion && <SessionOverview lesion={lesion} at={detail.openedAt} />;
  if (detail.kept === undefined) return <div class="stack">{overview}</div>;
  const picture = `${sessionPath(detail.id)}/picture`;
  return (
    <StoredImagePage
      {...{ picture, kept: detail.kept }}
      path={picture}
      stays={t('session.stays')}
      onGone={() => {
        const { kept, ...rest } = detail;
        if (kept !== undefined) onEdited(rest);
      }}
    >
      {overview}
    </StoredImagePage>
  );
}

function Measurements({ detail }: { readonly detail: SessionDetail }): JSX.Element {
  const { quality, model, pictureSha256, lesion, hints } = detail;
  const origin: Definition[] = [];
  if (model !== undefined) {
    origin.push([t('fact.model'), `${model.name} ${model.version}`]);
    origin.push([t('fact.model-hash'), shortHash(model.sha256)]);
  }
  if (isReviewed(detail)) {
    origin.push([t('contra.fact'), contraText(detail.contra)]);
    if (detail.opinionBefore !== undefined)
      origin.push([t('opinion.fact'), opinionBeforeText(detail.opinionBefore)]);
  }
  if (pictureSha256 !== undefined) origin.push([t('fact.picture-hash'), shortHash(pictureSha256)]);
  if (quality === undefined && origin.length === 0) return <p class="pending">{t('detail.nothing')}</p>;
  return (
    <div class="columns">
      {quality !== undefined && <DefinitionList title={t('detail.picture')} entries={numbersOf(quality)} />}
      {lesion !== undefined && <DefinitionList title={t('detail.lesion')} entries={numbersOf(lesion)} />}
      {origin.length > 0 && (
        <div class="stack">
          {hints?.diameterMm !== undefined && (
            <DefinitionList title={t('detail.lesion')} entries={sizeFacts(hints)} />
          )}
          <DefinitionList title={t('about.origin')} entries={origin} />
        </div>
      )}
    </div>
  );
}

/** Stage by stage, in two columns. */
function Time({ timings }: { readonly timings: Timings }): JSX.Element {
  const facts = Object.entries(timings).map(([key, value]): Definition => [
    fieldName(key),
    `${figure(value)} ms`,
  ]);
  if (facts.length === 0) return <p class="pending">{t('detail.nothing')}</p>;
  const half = Math.ceil(facts.length / 2);
  return (
    <div class="columns">
      <DefinitionList entries={facts.slice(0, half)} />
      <DefinitionList entries={facts.slice(half)} />
    </div>
  );
}

function Journal({ rows }: { readonly rows: readonly JournalRow[] }): JSX.Element {
  return (
    <Paged rows={rows} perPage={JOURNAL_ROWS}>
      {(shown) => (
        <ol class="journal">
          {shown.map((row) => (
            <li key={row.sequence}>
              <span class="journal-head">
                <strong>{row.kind}</strong>
                <span>
                  № {row.sequence} · {when(row.at)}
                </span>
                <code>{shortHash(row.hash)}</code>
              </span>
              <span class="journal-body">{inOneLine(row.body)}</span>
            </li>
          ))}
        </ol>
      )}
    </Paged>
  );
}

function numbersOf(values: QualityValues | LesionValues): Definition[] {
  const entries = Object.entries(values) as [string, number][];
  return entries.map(([key, value]) => [fieldName(key), figure(value)]);
}

/** Keys and values of a journal body, including nested objects; long hashes are shortened. */
function inOneLine(body: JournalRow['body']): string {
  return Object.entries(body)
    .map(([key, value]) => (isBody(value) ? `${key}: ${inOneLine(value)}` : `${key} ${asText(value)}`))
    .join(' · ');
}

function isBody(value: unknown): value is JournalRow['body'] {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asText(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return /^[0-9a-f]{64}$/.test(value) ? shortHash(value) : value;
}
