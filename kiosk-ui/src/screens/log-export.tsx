import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ExportPlace } from '#protocol/http.ts';
import { choiceWords, queryOf, type LogChoice } from '../format/log-filter.ts';
import { isExportPlace, isExportWritten, isStatistics } from '../connection/answers.ts';
import { postJson } from '../connection/http.ts';
import { TouchButton } from '../components/touch-button.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Pending } from '../components/pending.tsx';
import { useFetched } from '../components/use-fetched.ts';
import { showNotice } from '../state/state.ts';
import { t } from '../i18n/translate.ts';

interface ExportPageProps {
  readonly choice: LogChoice;
  readonly onBack: () => void;
}

/** Exports the filtered sessions to a USB drive. */
export function ExportPage({ choice, onBack }: ExportPageProps): JSX.Element {
  const place = useFetched('/api/exports', isExportPlace);
  const count = useFetched(`/api/statistics?${queryOf(choice)}`, isStatistics);
  return (
    <main class="page export">
      <PageHead title={t('export.title')} onBack={onBack} />
      {place?.ok === true && place.value.folder !== null && count?.ok === true ? (
        <Formats choice={choice} place={place.value} sessions={count.value.sessions} />
      ) : (
        <Pending answer={[place, count].find((answer) => answer?.ok === false)} />
      )}
    </main>
  );
}

interface FormatsProps {
  readonly choice: LogChoice;
  readonly place: Extract<ExportPlace, { folder: string }>;
  readonly sessions: number;
}

function Formats({ choice, place, sessions }: FormatsProps): JSX.Element {
  const [busy, setBusy] = useState(false);
  const [file, setFile] = useState<string>();
  const write = async (format: 'csv' | 'json'): Promise<void> => {
    setBusy(true);
    setFile(undefined);
    const answer = await postJson('/api/exports', isExportWritten, { ...choice, format });
    setBusy(false);
    if (answer.ok) setFile(answer.value.file);
    else showNotice('problem', answer.words);
  };
  return (
    <>
      <div class="export-text">
        <p class="export-summary">
          {[t('filter.count', { count: sessions }), ...choiceWords(choice)].join(' · ')}
        </p>
        <p>{t(place.references ? 'export.references' : 'export.pseudonymous')}</p>
        <p role="status" class="export-done">
          {busy && t('export.writing')}
          {file !== undefined && (
            <>
              <strong>{t('export.done', { file })}</strong> {t('export.wait')}
            </>
          )}
        </p>
      </div>
      <div class="patient-buttons">
        {(['csv', 'json'] as const).map((format) => (
          <TouchButton
            key={format}
            label={t(`export.${format}`)}
            icon="upload"
            size="large"
            disabled={busy}
            onPress={() => void write(format)}
          />
        ))}
      </div>
    </>
  );
}
