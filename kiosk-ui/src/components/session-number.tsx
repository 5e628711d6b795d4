import type { JSX } from 'preact';
import type { SessionHead } from '#protocol/view.ts';
import { t } from '../i18n/translate.ts';

/** The session's number in the log; nothing until it has one. */
export function SessionNumber({ session }: { readonly session: Partial<SessionHead> }): JSX.Element | null {
  if (session.number === undefined) return null;
  return (
    <span class="session-number" data-testid="session-number">
      {t('session.number', { number: session.number })}
    </span>
  );
}
