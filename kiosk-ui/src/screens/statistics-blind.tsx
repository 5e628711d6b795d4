import type { JSX } from 'preact';
import { ShareRow } from '../components/share-row.tsx';
import { t } from '../i18n/translate.ts';
import type { SubpageProps } from './statistics-subpage.ts';

const OPINIONS = ['benign', 'malignant', 'unsure', 'none'] as const;

/** Opinions from before the result was shown: how often they were the result, and how often they changed after it. */
export function Blind({ statistics: { blind } }: SubpageProps): JSX.Element {
  const { agreement, changed, followed } = blind;
  return (
    <div class="shares">
      <ShareRow
        name={t('statistics.blind.agreement')}
        of={t('statistics.blind.agreement.of')}
        share={agreement}
      />
      <ShareRow name={t('statistics.blind.changed')} of={t('statistics.blind.changed.of')} share={changed} />
      <p class="small">{t('statistics.blind.followed', { changed: changed.count, followed })}</p>
    </div>
  );
}

/** The counts behind the fractions. */
export function BlindTable({ statistics: { blind } }: SubpageProps): JSX.Element {
  return (
    <div class="columns">
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">{t('opinion.fact')}</th>
            <th scope="col">{t('statistics.sessions')}</th>
          </tr>
        </thead>
        <tbody>
          {OPINIONS.map((opinion) => (
            <tr key={opinion}>
              <th scope="row">{t(`opinion.${opinion}`)}</th>
              <td>{blind.opinions[opinion]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">{t('statistics.blind')}</th>
            <th scope="col">{t('statistics.sessions')}</th>
          </tr>
        </thead>
        <tbody>
          {(['agreement', 'changed'] as const).map((share) => (
            <tr key={share}>
              <th scope="row">{t(`statistics.blind.${share}`)}</th>
              <td>{t('statistics.share', { count: blind[share].count, of: blind[share].of })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
