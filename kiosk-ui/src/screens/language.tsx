import type { JSX } from 'preact';
import { PageHead } from '../components/page-head.tsx';
import { snapshot } from '../connection/settings.ts';
import { t } from '../i18n/translate.ts';
import { open } from '../state/state.ts';
import { LanguageSetting } from './settings-groups.tsx';
import { changeSetting, Locked, useSettings } from './settings-lock.tsx';

/** The language of the screen, on a page of its own: whoever cannot read it finds no tab of the settings. */
export function LanguageScreen(): JSX.Element {
  useSettings();
  const unlocked = snapshot.value?.unlocked;
  return (
    <main class={unlocked === undefined ? 'page language settings-locked' : 'page language'}>
      <PageHead
        title={t('setting.language')}
        onBack={() => {
          open('menu');
        }}
      />
      {unlocked === undefined ? <Locked /> : <LanguageSetting unlocked={unlocked} onChange={changeSetting} />}
    </main>
  );
}
