import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { DialogPage } from '../components/dialog-page.tsx';
import { helpOn } from '../i18n/help/help.ts';
import { HELP_KEYS, type HelpTopic } from '../i18n/help/topics.ts';
import { t } from '../i18n/translate.ts';
import { help } from '../components/open-help.ts';
import { screen } from '../state/state.ts';

const close = (): void => {
  help.value = undefined;
};

/** Over the screen it explains, which stays as it is. A press, or nobody being present, changes that screen and closes it. */
export function HelpPage({ topic }: { readonly topic: HelpTopic }): JSX.Element {
  const { shows, keys, cases } = helpOn(topic);
  const shown = screen.value;
  useEffect(() => close, [shown]);
  return (
    <DialogPage class="help" title={t('help')} onBack={close}>
      <div class="help-text">
        <p class="help-shows">{shows}</p>
        {HELP_KEYS[topic].length > 0 && (
          <dl>
            {HELP_KEYS[topic].map((key) => (
              <div key={key}>
                <dt>{t(key)}</dt>
                <dd>{keys[key]}</dd>
              </div>
            ))}
          </dl>
        )}
        <h2>{t('help.cases')}</h2>
        <ul>
          {cases.map(([when, then]) => (
            <li key={when}>
              <strong>{when}:</strong> {then}
            </li>
          ))}
        </ul>
      </div>
    </DialogPage>
  );
}
