import type { JSX } from 'preact';
import type { HelpTopic } from '../i18n/help/topics.ts';
import { HELP_OF } from '../i18n/help/of-screen.ts';
import { help } from './open-help.ts';
import { screen } from '../state/state.ts';
import { t } from '../i18n/translate.ts';
import { TouchButton } from './touch-button.tsx';

/** Opens the help page of what is shown: of the screen, unless a page within it has one of its own. */
export function HelpButton({ topic }: { readonly topic?: HelpTopic | undefined }): JSX.Element {
  return (
    <span class="help-key">
      <TouchButton
        label={t('help')}
        icon="unknown"
        tone="quiet"
        bare
        onPress={() => {
          help.value = topic ?? HELP_OF[screen.value];
        }}
      />
    </span>
  );
}
