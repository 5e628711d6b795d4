import type { JSX } from 'preact';
import { contraindicationCondition } from '../format/conditions.ts';
import { view } from '../state/state.ts';
import { t } from '../i18n/translate.ts';
import { Icon } from './icon.tsx';

/** Above the number: the model must not be used on such a lesion, or was not measured on it. */
export function ContraBand(): JSX.Element | null {
  const condition = view.value === undefined ? undefined : contraindicationCondition(view.value);
  if (condition === undefined) return <OpenQuestions />;
  return (
    <p class="contra-band" data-testid="contra-line">
      <Icon name="warning" />
      <span>
        <strong>{condition.title}</strong> <span class="contra-words">{condition.words.message}</span>
      </span>
    </p>
  );
}

/** Left without an answer: not the same as none. */
function OpenQuestions(): JSX.Element | null {
  const session = view.value?.session;
  if (session?.state !== 'showing' || session.contra?.found !== null) return null;
  return (
    <p class="contra-band contra-open" data-testid="contra-open">
      <Icon name="warning" />
      <strong>{t('contra.open')}</strong>
    </p>
  );
}
