import type { JSX } from 'preact';
import type { View } from '#protocol/view.ts';
import { conditionsOf, type Condition } from '../format/conditions.ts';
import { CaptureButton } from '../components/capture-button.tsx';
import { NextPatient } from '../components/next-patient.tsx';
import { Icon } from '../components/icon.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { StatusList } from '../components/status-list.tsx';
import { open } from '../state/state.ts';
import { codes } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';

/** One sentence, one button. A blocking condition replaces the sentence, in large type with its cure. */
export function ReadyPanel({ view }: { readonly view: View }): JSX.Element {
  const conditions = conditionsOf(view);
  const obstacle = conditions.find(({ weight }) => weight !== 'warning');
  const warning = conditions.find(({ weight }) => weight === 'warning');
  const asked = view.lastPatient !== undefined;
  const touchOnly = view.button.state !== 'ready';
  return (
    <>
      <nav class="nav" aria-label={t('nav.pages')}>
        <TouchButton
          label={t('nav.upload')}
          icon="upload"
          tone="quiet"
          onPress={() => {
            open('upload');
          }}
        />
        <TouchButton
          label={t('nav.log')}
          icon="log"
          tone="quiet"
          onPress={() => {
            open('log');
          }}
        />
        <TouchButton
          label={t('nav.menu')}
          icon="menu"
          tone="quiet"
          onPress={() => {
            open('menu');
          }}
        />
      </nav>
      {view.lastPatient !== undefined && obstacle === undefined ? (
        <NextPatient last={view.lastPatient} />
      ) : obstacle === undefined ? (
        <Invitation touchOnly={touchOnly} close={warning !== undefined} />
      ) : (
        <Obstacle condition={obstacle} brief={warning !== undefined} />
      )}
      {warning !== undefined && <Warning condition={warning} brief={obstacle !== undefined} />}
      <CaptureButton
        label={t('ready.capture')}
        size={asked || obstacle !== undefined ? 'normal' : 'large'}
        tone={asked ? 'plain' : 'main'}
      />
      <StatusList view={view} />
      <p class="small">{codes().use.headline}</p>
    </>
  );
}

interface InvitationProps {
  readonly touchOnly: boolean;
  /** Whether something below it needs the space. */
  readonly close: boolean;
}

function Invitation({ touchOnly, close }: InvitationProps): JSX.Element {
  return (
    <h1 class={close ? 'prompt prompt-compact' : 'prompt'}>{t(touchOnly ? 'ready.touch' : 'ready.press')}</h1>
  );
}

interface ConditionProps {
  readonly condition: Condition;
  /** Two of them side by side leave no room for the technician's detail. */
  readonly brief: boolean;
}

function Obstacle({ condition, brief }: ConditionProps): JSX.Element {
  const { title, words, detail, weight } = condition;
  return (
    <section class={`condition condition-${weight}`}>
      <h1>
        <Icon name={weight === 'waiting' ? 'wait' : 'warning'} />
        <span>{title}</span>
      </h1>
      {!saysTheSame(title, words.message) && <p>{words.message}</p>}
      <p>{words.cure}</p>
      {detail !== undefined && !brief && <p class="small condition-detail">{detail}</p>}
    </section>
  );
}

function Warning({ condition: { title, words, detail }, brief }: ConditionProps): JSX.Element {
  return (
    <div class="caution">
      <Icon name="warning" />
      <div>
        <p>
          <strong>{title}</strong> {words.message}
        </p>
        {detail !== undefined && !brief && <p class="small caution-detail">{detail}</p>}
      </div>
    </div>
  );
}

function saysTheSame(title: string, message: string): boolean {
  return title.toLowerCase() === message.toLowerCase().replace(/\.$/, '');
}
