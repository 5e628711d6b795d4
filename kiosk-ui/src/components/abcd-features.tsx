import type { JSX } from 'preact';
import type { Hints } from '#protocol/view.ts';
import { hintFacts } from '../format/session-text.ts';
import { t } from '../i18n/translate.ts';

/** What a clinician would look for, measured: small, and said to be no more than a hint. */
export function HintList({ hints }: { readonly hints: Hints }): JSX.Element {
  return (
    <section class="hints" data-testid="hints">
      <h2>{t('hints')}</h2>
      <dl>
        {hintFacts(hints).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
