import type { JSX } from 'preact';
import type { AboutModel, Figure } from '../../../src/protocol/http.ts';
import { percent } from '../../../src/protocol/percent.ts';
import { inCounts } from '../../../src/protocol/predictive.ts';
import { decimals, interval } from '../format/interval.ts';
import { Paged } from '../parts/paged.tsx';

interface ModelProps {
  readonly model: AboutModel;
}

const LEAVES = [OperatingPoints, PredictiveValues] as const;

/** The thresholds, and what a result by the one in use means. */
export function Thresholds({ model }: ModelProps): JSX.Element {
  return (
    <Paged rows={LEAVES} perPage={1}>
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
            <th scope="col">Operating point</th>
            <th scope="col">Threshold</th>
            <th scope="col">Sensitivity</th>
            <th scope="col">Specificity</th>
          </tr>
        </thead>
        <tbody>
          {operatingPoints.map(({ name, threshold, sensitivity, specificity, default: inUse }) => (
            <tr key={name} class={inUse ? 'figures-chosen' : ''}>
              <th scope="row">
                {name}
                {inUse && <span class="figures-on">in use: results are held against it</span>}
              </th>
              <td>{threshold}</td>
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
      <p class="fine">
        A malignancy at or above the threshold is above the referral threshold. Below each figure: its 95 %
        interval.
        {thresholdsSet !== undefined && ` The thresholds were set on ${thresholdsSet.slice(0, 10)}.`}
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
            <th scope="col">Malignant of all lesions</th>
            <th scope="col">Malignant of those above the threshold (PPV)</th>
            <th scope="col">Benign of those below it (NPV)</th>
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
      <p class="fine">
        Beside each: its 95 % interval. True as far as sensitivity and specificity are: they change with the
        clinic.
      </p>
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

/** Per cent, to a tenth. */
function tenths(share: number): string {
  return percent(share, 1);
}
