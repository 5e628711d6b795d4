import type { JSX } from 'preact';
import type { AbcdFeatures } from '#protocol/view.ts';
import { hintFacts } from '../format/session-text.ts';
import { t } from '../i18n/translate.ts';

/** The ABCD features a clinician looks for, measured. Small, and labelled as not used for the score. */
export function AbcdFeatureList({ hints }: { readonly hints: AbcdFeatures }): JSX.Element {
  return (
    <section class="abcd-features" data-testid="hints">
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
