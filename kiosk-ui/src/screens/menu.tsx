import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { IconName } from '../components/icon.tsx';
import { PageHead } from '../components/page-head.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { guide, openGuide, readGuide } from '../connection/guide.ts';
import { startPractice } from '../connection/practice.ts';
import type { TextKey } from '../i18n/dictionary.ts';
import { t } from '../i18n/translate.ts';
import type { Page } from '../state/screen-state.ts';
import { open } from '../state/state.ts';

interface Entry {
  readonly page: Page | 'practice';
  readonly label: Extract<
    TextKey,
    'settings.title' | 'setting.language' | 'test.title' | 'nav.about' | 'guide.title' | 'practice.title'
  >;
  readonly icon: IconName;
}

const ENTRIES: readonly Entry[] = [
  { page: 'settings', label: 'settings.title', icon: 'settings' },
  { page: 'language', label: 'setting.language', icon: 'language' },
  { page: 'self-test', label: 'test.title', icon: 'test' },
  { page: 'guide', label: 'guide.title', icon: 'check' },
  { page: 'practice', label: 'practice.title', icon: 'capture' },
  { page: 'about', label: 'nav.about', icon: 'about' },
];

/** Only the kiosk's own screen shows them. */
const OWN_SCREEN: readonly Entry['page'][] = ['guide', 'practice'];

function go(page: Entry['page']): void {
  if (page === 'practice') void startPractice();
  else if (page === 'guide') void openGuide();
  else open(page);
}

/** What the live screen has no key of its own for. */
export function MenuScreen(): JSX.Element {
  useEffect(() => {
    void readGuide();
  }, []);
  const local = guide.value?.localScreen === true;
  return (
    <main class="page menu">
      <PageHead
        title={t('nav.menu')}
        onBack={() => {
          open('live');
        }}
      />
      <nav class="menu-entries" aria-label={t('nav.menu')}>
        {ENTRIES.filter(({ page }) => local || !OWN_SCREEN.includes(page)).map(({ page, label, icon }) => (
          <TouchButton
            key={page}
            label={t(label)}
            icon={icon}
            onPress={() => {
              go(page);
            }}
          />
        ))}
      </nav>
    </main>
  );
}
