import type { JSX } from 'preact';
import { t } from '../i18n/translate.ts';
import { Icon } from './icon.tsx';
import type { PreviewAge } from './preview.tsx';

/** Covers a live image that has not arrived yet or is out of date; nothing while it is fresh. */
export function LateImage({ age }: { readonly age: PreviewAge }): JSX.Element | null {
  if (age === 'fresh') return null;
  return (
    <div class={age === 'none' ? 'stage-cover stage-cover-later' : 'stage-cover'}>
      <Icon name="wait" />
      <p>{t(age === 'none' ? 'stage.none' : 'stage.stale')}</p>
    </div>
  );
}
