import type { JSX } from 'preact';
import type { View } from '#protocol/view.ts';
import { screen, view } from '../state/state.ts';
import { Floating } from './floating.tsx';
import { Icon } from './icon.tsx';
import { t } from '../i18n/translate.ts';

/** Shown while the hardware button is held over something that can be left: what releasing and what holding will do. */
export function HoldHint(): JSX.Element {
  const now = view.value;
  const leaves = now?.button.held === true && screen.value !== 'offline' ? leavingOf(now) : undefined;
  return (
    <div class="notice-place" role="status">
      {leaves !== undefined && (
        <Floating tone="done" about={leaves}>
          <Icon name="capture" />
          <span>
            <strong>{t('hold.let-go')}</strong> {leaves}
          </span>
        </Floating>
      )}
    </div>
  );
}

function leavingOf({ session }: View): string | undefined {
  switch (session.state) {
    case 'showing':
      return t('hold.discard');
    case 'retake':
    case 'fault':
      return t('hold.back');
    case 'ready':
    case 'capturing':
    case 'checking':
    case 'classifying':
    case 'asking':
    case 'opinion':
      return undefined;
  }
}
