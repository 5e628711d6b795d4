import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { SEARCH_MAX } from '#protocol/log-query.ts';
import { Keyboard } from '../components/keyboard.tsx';
import { PageHead } from '../components/page-head.tsx';
import { TypedText } from '../components/typed-text.tsx';
import { t } from '../i18n/translate.ts';

interface LogSearchProps {
  readonly searched: string | undefined;
  readonly onSearch: (text: string) => void;
  readonly onBack: () => void;
}

/** Finds sessions by number, part of a reference, or date; typed here, on a real keyboard, or scanned. */
export function LogSearchPage({ searched = '', onSearch, onBack }: LogSearchProps): JSX.Element {
  const [value, setValue] = useState(searched);
  return (
    <main class="page patient-entry">
      <PageHead title={t('log.search')} onBack={onBack} help="find">
        <p class="page-note">{t('log.search.scan')}</p>
      </PageHead>
      <TypedText label={t('log.search.label')} value={value} />
      <Keyboard
        writes="code"
        value={value}
        max={SEARCH_MAX}
        enter={t('log.search')}
        onChange={setValue}
        onEnter={() => {
          if (value.trim() !== '') onSearch(value.trim());
        }}
      />
    </main>
  );
}
