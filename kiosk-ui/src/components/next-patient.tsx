import type { JSX } from 'preact';
import { openLesions, type ContextView } from '#protocol/context.ts';
import { changeContext } from '../connection/socket.ts';
import { open } from '../state/state.ts';
import { t } from '../i18n/translate.ts';
import { Icon } from './icon.tsx';
import { TouchButton } from './touch-button.tsx';

/** Whose is the next capture? In place of the invitation to press, after the result of a patient. */
export function NextPatient({ last }: { readonly last: ContextView }): JSX.Element {
  const same = async (): Promise<void> => {
    const chosen = await changeContext({ type: 'same' });
    // The last lesion is finished: which one is next must be said.
    if (chosen && openLesions(last.lesions).length > 0) open('patient');
  };
  return (
    <section class="next-patient">
      <h1 class="prompt prompt-compact">{t('next.title')}</h1>
      <p class="next-last" data-testid="last-patient">
        <Icon name="patient" /> <span>{t('next.last', { name: last.reference })}</span>
      </p>
      <div class="next-keys">
        <TouchButton label={t('next.same')} size="large" onPress={() => void same()} />
        <TouchButton
          label={t('next.next')}
          size="large"
          onPress={() => void changeContext({ type: 'clear' })}
        />
      </div>
      <p class="small">{t('next.silence')}</p>
    </section>
  );
}
