import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { lastMonth } from '../format/calendar.ts';
import { choiceWords, queryOf } from '../format/log-filter.ts';
import { isExportPlace, isExportWritten, isStatistics } from '../connection/answers.ts';
import { postJson } from '../connection/http.ts';
import { TouchButton } from '../components/touch-button.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Pending } from '../components/pending.tsx';
import { useFetched } from '../components/use-fetched.ts';
import type { LogChoice } from '../state/log-choice.ts';
import { showNotice } from '../state/state.ts';
import { t } from '../i18n/translate.ts';

const FORMATS = ['csv', 'json'] as const;

type Format = (typeof FORMATS)[number];

interface ExportPageProps {
  readonly choice: LogChoice;
  readonly onBack: () => void;
}

/** Exports to a USB drive: the sessions that the log shows, or those of last month. */
export function ExportPage({ choice, onBack }: ExportPageProps): JSX.Element {
  const place = useFetched('/api/exports', isExportPlace);
  const [busy, setBusy] = useState(false);
  const [file, setFile] = useState<string>();
  const write = async (what: LogChoice, format: Format): Promise<void> => {
    setBusy(true);
    setFile(undefined);
    const answer = await postJson('/api/exports', isExportWritten, { ...what, format });
    setBusy(false);
    if (answer.ok) setFile(answer.value.file);
    else showNotice('problem', answer.words);
  };
  const month = lastMonth();
  const isMonth = queryOf(choice) === queryOf(month);
  return (
    <main class="page export">
      <PageHead title={t('export.title')} onBack={onBack} help="export" />
      {place?.ok !== true || place.value.folder === null ? (
        <Pending answer={place?.ok === false ? place : undefined} />
      ) : (
        <>
          <div class="export-rows">
            {!isMonth && <ExportRow title={t('export.shown')} choice={choice} busy={busy} onWrite={write} />}
            <ExportRow title={t('filter.last-month')} choice={month} busy={busy} onWrite={write} />
          </div>
          <div class="export-text">
            <p>{t(place.value.references ? 'export.references' : 'export.pseudonymous')}</p>
            <p role="status" class="export-done">
              {busy && t('export.writing')}
              {file !== undefined && (
                <>
                  <strong>{t('export.done', { file })}</strong> {t('export.wait')}
                </>
              )}
            </p>
          </div>
        </>
      )}
    </main>
  );
}

interface ExportRowProps {
  readonly title: string;
  readonly choice: LogChoice;
  readonly busy: boolean;
  readonly onWrite: (choice: LogChoice, format: Format) => Promise<void>;
}

/** What would be exported, and a key for each format; none of nothing. */
function ExportRow({ title, choice, busy, onWrite }: ExportRowProps): JSX.Element {
  const answer = useFetched(`/api/statistics?${queryOf(choice)}`, isStatistics);
  const count = answer?.ok === true ? answer.value.sessions : undefined;
  return (
    <section class="export-row" aria-label={title}>
      <h2>{title}</h2>
      {answer?.ok === false ? (
        <p>{answer.words.message}</p>
      ) : (
        <p class="export-summary">
          {count === 0
            ? [t('export.nothing'), ...choiceWords(choice)].join(' · ')
            : [...(count === undefined ? [] : [t('filter.count', { count })]), ...choiceWords(choice)].join(
                ' · ',
              )}
        </p>
      )}
      <div class="patient-buttons">
        {FORMATS.map((format) => (
          <TouchButton
            key={format}
            label={t(`export.${format}`)}
            icon="upload"
            size="large"
            disabled={busy || count === undefined || count === 0}
            onPress={() => void onWrite(choice, format)}
          />
        ))}
      </div>
    </section>
  );
}
