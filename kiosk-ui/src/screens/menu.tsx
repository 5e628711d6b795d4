import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { GUIDE_STEPS } from '#protocol/guide.ts';
import type { IconName } from '../components/icon.tsx';
import { PageHead } from '../components/page-head.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { goInGuide, guide, readGuide } from '../connection/guide.ts';
import type { TextKey } from '../i18n/dictionary.ts';
import { t } from '../i18n/translate.ts';
import type { Page } from '../state/screen-state.ts';
import { open } from '../state/state.ts';

interface Entry {
  readonly page: Page;
  readonly label: Extract<
    TextKey,
    'settings.title' | 'setting.language' | 'test.title' | 'nav.about' | 'guide.title'
  >;
  readonly icon: IconName;
}

const ENTRIES: readonly Entry[] = [
  { page: 'settings', label: 'settings.title', icon: 'settings' },
  { page: 'language', label: 'setting.language', icon: 'language' },
  { page: 'self-test', label: 'test.title', icon: 'test' },
  { page: 'guide', label: 'guide.title', icon: 'check' },
  { page: 'about', label: 'nav.about', icon: 'about' },
];

async function startAgain(): Promise<void> {
  if (await goInGuide(GUIDE_STEPS[0])) open('guide');
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
        {ENTRIES.filter(({ page }) => page !== 'guide' || local).map(({ page, label, icon }) => (
          <TouchButton
            key={page}
            label={t(label)}
            icon={icon}
            onPress={() => {
              if (page === 'guide' && (guide.value?.step ?? null) === null) void startAgain();
              else open(page);
            }}
          />
        ))}
      </nav>
    </main>
  );
}
