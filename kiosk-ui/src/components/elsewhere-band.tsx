import type { JSX } from 'preact';
import type { SessionView } from '#protocol/view.ts';
import { currentState, open, screen, view } from '../state/state.ts';
import { answerUnlock, unlockAsked } from '../state/unlock.ts';
import { t } from '../i18n/translate.ts';
import { overviewShown } from '../state/overview.ts';
import { Icon, type IconName } from './icon.tsx';
import { TouchButton } from './touch-button.tsx';

const WORDS = {
  capturing: 'elsewhere.working',
  checking: 'elsewhere.working',
  classifying: 'elsewhere.working',
  asking: 'elsewhere.asking',
  opinion: 'elsewhere.opinion',
  showing: 'elsewhere.result',
  retake: 'elsewhere.retake',
  fault: 'elsewhere.fault',
} as const satisfies Readonly<Record<Exclude<SessionView['state'], 'ready'>, string>>;

/** Over a page that stays open: what the session is doing meanwhile. */
export function ElsewhereBand(): JSX.Element | null {
  const now = view.value;
  const covered = unlockAsked.value || screen.value !== 'offline';
  if (now === undefined || !covered || now.idle) return null;
  if (currentState().page === 'live' && !unlockAsked.value) return null;
  if (now.overview !== undefined && overviewShown.value === undefined)
    return <Band icon="wait" words={t('elsewhere.overview')} />;
  const { state } = now.session;
  if (state === 'ready') return null;
  return (
    <Band
      icon={state === 'showing' ? 'check' : state === 'retake' || state === 'fault' ? 'warning' : 'wait'}
      words={t(WORDS[state])}
    />
  );
}

function Band({ icon, words }: { readonly icon: IconName; readonly words: string }): JSX.Element {
  return (
    <div class="elsewhere" role="status">
      <Icon name={icon} />
      <span>{words}</span>
      <TouchButton
        label={t('elsewhere.show')}
        tone="quiet"
        onPress={() => {
          answerUnlock(false);
          open('live');
        }}
      />
    </div>
  );
}
