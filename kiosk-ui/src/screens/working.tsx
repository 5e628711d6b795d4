import type { JSX } from 'preact';
import type { SessionView } from '../../../src/protocol/view.ts';
import { SessionNumber } from '../parts/session-number.tsx';

type Working = Extract<SessionView, { state: 'capturing' | 'checking' | 'classifying' }>;

const STAGES = [
  { state: 'capturing', name: 'Capture', words: 'Hold still…' },
  { state: 'checking', name: 'Check', words: 'Checking the picture…' },
  { state: 'classifying', name: 'Analysis', words: 'Analysing…' },
] as const;

/** Which of the three stages a capture is in, in words. */
export function WorkingPanel({ session }: { readonly session: Working }): JSX.Element {
  const at = STAGES.findIndex(({ state }) => state === session.state);
  const stages = session.source === 'upload' ? STAGES.slice(1) : STAGES;
  return (
    <section class="working">
      <h1>{STAGES[at]?.words}</h1>
      <ol class="stages">
        {stages.map(({ state, name }) => {
          const i = STAGES.findIndex((stage) => stage.state === state);
          const place = i < at ? 'done' : i === at ? 'now' : 'next';
          return (
            <li
              key={state}
              class={`stage-${place}`}
              {...(place === 'now' ? { 'aria-current': 'step' as const } : {})}
            >
              {name}
            </li>
          );
        })}
      </ol>
      <SessionNumber session={session} />
    </section>
  );
}
