import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { put, remove, sessionPath } from '../connection/http.ts';
import type { Showing } from '#protocol/view.ts';
import { showNotice } from '../state/state.ts';
import { t } from '../i18n/translate.ts';
import { Switch } from './switch.tsx';

/** Asks for consent to store the image beyond this result. Shows the state confirmed by the service. */
export function KeepSwitch({ session }: { readonly session: Showing }): JSX.Element | null {
  const { id, keeping } = session;
  const [busy, setBusy] = useState(false);
  if (keeping === undefined) return null;
  const change = async (on: boolean): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const path = `${sessionPath(id)}/picture`;
    const answer = await (on ? put(path) : remove(path));
    setBusy(false);
    if (!answer.ok) showNotice('problem', answer.words);
  };
  return (
    <div class="consent">
      <Switch label={t('keep.picture')} on={keeping.kept} onSwitch={(on) => void change(on)} />
      <p>{t('keep.consent', { count: keeping.days })}</p>
    </div>
  );
}
