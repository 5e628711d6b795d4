import type { JSX } from 'preact';
import type { IconName } from '../components/icon.tsx';
import { PageHead } from '../components/page-head.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import type { TextKey } from '../i18n/dictionary.ts';
import { t } from '../i18n/translate.ts';
import type { Page } from '../state/screen-state.ts';
import { open } from '../state/state.ts';

interface Entry {
  readonly page: Page;
  readonly label: Extract<TextKey, 'settings.title' | 'setting.language' | 'test.title' | 'nav.about'>;
  readonly icon: IconName;
}

const ENTRIES: readonly Entry[] = [
  { page: 'settings', label: 'settings.title', icon: 'settings' },
  { page: 'language', label: 'setting.language', icon: 'language' },
  { page: 'self-test', label: 'test.title', icon: 'test' },
  { page: 'about', label: 'nav.about', icon: 'about' },
];

/** What the live screen has no key of its own for. */
export function MenuScreen(): JSX.Element {
  return (
    <main class="page menu">
      <PageHead
        title={t('nav.menu')}
        onBack={() => {
          open('live');
        }}
      />
      <nav class="menu-entries" aria-label={t('nav.menu')}>
        {ENTRIES.map(({ page, label, icon }) => (
          <TouchButton
            key={page}
            label={t(label)}
            icon={icon}
            onPress={() => {
              open(page);
            }}
          />
        ))}
      </nav>
    </main>
  );
}
