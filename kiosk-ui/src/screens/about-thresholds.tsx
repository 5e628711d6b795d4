import type { JSX } from 'preact';
import type { AboutModel, Figure, PredictiveValues as PredictiveRow } from '#protocol/http.ts';
import { countsOf } from '#protocol/predictive.ts';
import { day } from '../format/dates.ts';
import { decimals, interval } from '../format/interval.ts';
import { local, percent } from '../format/numbers.ts';
import { Paged } from '../components/paged.tsx';
import { t } from '../i18n/translate.ts';

interface ModelProps {
  readonly model: AboutModel;
}

const SUBPAGES = [OperatingPoints, PredictiveValues] as const;

/** The thresholds, and the predictive values of the one in use. */
export function Thresholds({ model }: ModelProps): JSX.Element {
  return (
    <Paged rows={SUBPAGES} perPage={1}>
      {([Leaf = OperatingPoints]) => <Leaf model={model} />}
    </Paged>
  );
}

function OperatingPoints({ model: { operatingPoints, thresholdsSet } }: ModelProps): JSX.Element {
  return (
    <div class="prose">
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">{t('points.name')}</th>
            <th scope="col">{t('points.threshold')}</th>
            <th scope="col">{t('points.sensitivity')}</th>
            <th scope="col">{t('points.specificity')}</th>
          </tr>
        </thead>
        <tbody>
          {operatingPoints.map(({ name, threshold, sensitivity, specificity, default: inUse }) => (
            <tr key={name} class={inUse ? 'figures-chosen' : ''}>
              <th scope="row">
                {name}
                {inUse && <span class="figures-on">{t('points.in-use')}</span>}
              </th>
              <td>{local(String(threshold))}</td>
              <td>
                {decimals(sensitivity.value)}{' '}
                <span class="figures-on">{interval(sensitivity, decimals)}</span>
              </td>
              <td>
                {decimals(specificity.value)}{' '}
                <span class="figures-on">{interval(specificity, decimals)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="small">
        {t('points.reading')}
        {thresholdsSet !== undefined && ` ${t('points.set', { date: day(thresholdsSet) })}`}
      </p>
    </div>
  );
}

function PredictiveValues({ model: { predictive } }: ModelProps): JSX.Element {
  const [rarest] = predictive;
  return (
    <div class="prose">
      <table class="figures figures-tight">
        <thead>
          <tr>
            <th scope="col">{t('predictive.prevalence')}</th>
            <th scope="col">{t('predictive.positive')}</th>
            <th scope="col">{t('predictive.negative')}</th>
          </tr>
        </thead>
        <tbody>
          {predictive.map(({ prevalence, positive, negative }) => (
            <tr key={prevalence}>
              <th scope="row">{percent(prevalence)}</th>
              <Share figure={positive} />
              <Share figure={negative} />
            </tr>
          ))}
        </tbody>
      </table>
      {rarest !== undefined && <p>{inCounts(rarest)}</p>}
      <p class="small">{t('predictive.reading')}</p>
    </div>
  );
}

function Share({ figure }: { readonly figure: Figure | undefined }): JSX.Element {
  if (figure === undefined) return <td>–</td>;
  return (
    <td>
      {tenths(figure.value)} <span class="figures-on">{interval(figure, tenths)}</span>
    </td>
  );
}

/** As the protocol's `inCounts`, in the screen's language. */
function inCounts(values: PredictiveRow): string {
  const counts = countsOf(values);
  if (counts === undefined) return '';
  const about = (count: number): string =>
    count === 0 ? t('predictive.fewer') : t('predictive.about', { count });
  const { above, below } = counts;
  return t('predictive.counts', {
    prevalence: percent(values.prevalence),
    above: about(above),
    below: about(below),
  });
}

/** In per cent, with one decimal. */
function tenths(share: number): string {
  return percent(share, 1);
}
