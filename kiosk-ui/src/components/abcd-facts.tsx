import type { JSX } from 'preact';
import type { AbcdFeatures } from '#protocol/view.ts';
import { LESIONS_OF_THIRDS, thirdOf } from '../format/abcd.ts';
import { t } from '../i18n/translate.ts';

/** The ABCD features of the lesion, in words: they are no part of the probability. The size stands below the image. */
export function AbcdFacts({ hints }: { readonly hints: AbcdFeatures }): JSX.Element {
  const facts: readonly (readonly [name: string, value: string])[] = [
    [t('abcd.asymmetry'), t(`abcd.${thirdOf('asymmetry', hints.asymmetry)}`)],
    [t('abcd.border'), t(`abcd.${thirdOf('borderIrregularity', hints.borderIrregularity)}`)],
    [t('abcd.colours'), t('abcd.colours.of', { colours: hints.colours })],
  ];
  return (
    <section class="abcd" aria-label={t('abcd.title')}>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="small">{t('abcd.thirds', { lesions: LESIONS_OF_THIRDS })}</p>
    </section>
  );
}
