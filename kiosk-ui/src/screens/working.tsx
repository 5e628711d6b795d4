import type { JSX } from 'preact';
import type { SessionView } from '#protocol/view.ts';
import { SessionNumber } from '../components/session-number.tsx';
import { t } from '../i18n/translate.ts';

type Working = Extract<SessionView, { state: 'capturing' | 'checking' | 'classifying' }>;

const STAGES = ['capturing', 'checking', 'classifying'] as const;

/** The current stage of a capture, as text. */
export function WorkingPanel({ session }: { readonly session: Working }): JSX.Element {
  const at = STAGES.indexOf(session.state);
  const stages = session.source === 'upload' ? STAGES.slice(1) : STAGES;
  return (
    <section class="working">
      <h1>{t(`working.${session.state}`)}…</h1>
      <ol class="stages">
        {stages.map((state) => {
          const i = STAGES.indexOf(state);
          const place = i < at ? 'done' : i === at ? 'now' : 'next';
          return (
            <li
              key={state}
              class={`stage-${place}`}
              {...(place === 'now' ? { 'aria-current': 'step' as const } : {})}
            >
              {t(`step.${state}`)}
            </li>
          );
        })}
      </ol>
      <SessionNumber session={session} />
    </section>
  );
}
