import type { JSX } from 'preact';
import { CLINICIAN_VERDICTS } from '#protocol/assessments.ts';
import type { Call } from '#protocol/statistics.ts';
import { DefinitionList } from '../components/definition-list.tsx';
import { ShareRow } from '../components/share-row.tsx';
import { t } from '../i18n/translate.ts';
import type { SubpageProps } from './statistics-subpage.ts';

const CALLS: readonly Call[] = ['above', 'below', 'withheld'];

/** The kiosk's results compared with the clinician and with the histology. */
export function Accuracy({ statistics: { agreement, sensitivity, specificity } }: SubpageProps): JSX.Element {
  return (
    <div class="shares">
      <ShareRow name={t('statistics.agreement')} of={t('statistics.agreement.of')} share={agreement} />
      <ShareRow name={t('points.sensitivity')} of={t('statistics.sensitivity.of')} share={sensitivity} />
      <ShareRow name={t('points.specificity')} of={t('statistics.specificity.of')} share={specificity} />
      <p class="small">{t('statistics.reading')}</p>
    </div>
  );
}

/** The counts behind the fractions. */
export function AccuracyTable({ statistics: { histology, verdicts } }: SubpageProps): JSX.Element {
  return (
    <div class="columns">
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">{t('findings.histology')}</th>
            <th scope="col">{t('statistics.malignant')}</th>
            <th scope="col">{t('statistics.benign')}</th>
          </tr>
        </thead>
        <tbody>
          {CALLS.map((said) => (
            <tr key={said}>
              <th scope="row">{said === 'withheld' ? t('outcome.withheld') : t(`statement.${said}`)}</th>
              <td>{histology[said].malignant}</td>
              <td>{histology[said].benign}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <DefinitionList
        title={t('filter.clinician')}
        entries={CLINICIAN_VERDICTS.map((verdict) => [t(`clinician.${verdict}`), String(verdicts[verdict])])}
      />
    </div>
  );
}
