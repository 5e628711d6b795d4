import type { JSX } from 'preact';
import type { About, AboutModel } from '../../../src/protocol/http.ts';
import { INTENDED_USE } from '../../../src/protocol/intended-use.ts';
import { shortHash } from '../format/words.ts';
import { BigWords } from '../parts/big-words.tsx';
import { Facts } from '../parts/facts.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Paged } from '../parts/paged.tsx';
import { Pending } from '../parts/pending.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { useAnswer } from '../parts/use-answer.ts';
import { open } from '../state.ts';

const FIGURES_PER_PAGE = 5;
const LIMITS_PER_PAGE = 4;

/** What the kiosk is for, how good its model was measured to be, and what runs. */
export function AboutScreen(): JSX.Element {
  const answer = useAnswer<About>('/api/about');
  return (
    <main class="page about">
      <PageHead
        title="About"
        onBack={() => {
          open('live');
        }}
      />
      {answer?.ok === true ? (
        <Tabs
          label="About the kiosk"
          tabs={[
            { name: 'Intended use', content: () => <IntendedUse /> },
            { name: 'Figures', content: () => <Figures model={answer.value.model} /> },
            { name: 'Limits', content: () => <Limits model={answer.value.model} /> },
            { name: 'Versions', content: () => <Versions about={answer.value} /> },
          ]}
        />
      ) : (
        <Pending answer={answer} />
      )}
    </main>
  );
}

function IntendedUse(): JSX.Element {
  return (
    <div class="prose">
      <p class="prose-large">{INTENDED_USE.headline}</p>
      <p>
        <strong>{INTENDED_USE.not}</strong>
      </p>
      <h2>Not validated on</h2>
      <ul>
        {INTENDED_USE.notValidatedOn.map((entry) => (
          <li key={entry}>{entry}</li>
        ))}
      </ul>
    </div>
  );
}

interface ModelProps {
  readonly model: AboutModel | null;
}

function Figures({ model }: ModelProps): JSX.Element {
  if (model === null) return <NoModel />;
  return (
    <Paged rows={model.measured} perPage={FIGURES_PER_PAGE}>
      {(shown) => (
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">Measured</th>
              <th scope="col">Value</th>
              <th scope="col">95 % interval</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ name, value, low, high }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{value.toFixed(3)}</td>
                <td>
                  {low === undefined || high === undefined ? '–' : `${low.toFixed(3)} – ${high.toFixed(3)}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Paged>
  );
}

function Limits({ model }: ModelProps): JSX.Element {
  if (model === null) return <NoModel />;
  return (
    <Paged rows={[`Trained on ${model.trainedOn}`, ...model.limits]} perPage={LIMITS_PER_PAGE}>
      {(shown) => (
        <ul class="prose prose-limits">
          {shown.map((limit) => (
            <li key={limit}>{limit}</li>
          ))}
        </ul>
      )}
    </Paged>
  );
}

function Versions({ about: { program, model, view } }: { readonly about: About }): JSX.Element {
  return (
    <div class="columns">
      <Facts
        title="Program"
        facts={[
          ['Version', program.version],
          ['Licence', program.licence],
          ['Node.js', program.node],
          ['Camera', withReason(view.camera)],
          ['Button', withReason(view.button)],
        ]}
      />
      {model !== null && (
        <Facts
          title="Model"
          facts={[
            ['Name', model.name],
            ['Version', model.version],
            ['Hash', shortHash(model.sha256)],
            ['Licence', model.licence],
            ['Engine', model.engine],
            ['Why', model.engineReason],
          ]}
        />
      )}
    </div>
  );
}

/** All that is known of why a part does not work: elsewhere there is room for its beginning only. */
function withReason({ driver, reason }: { readonly driver: string; readonly reason?: string }): string {
  return reason === undefined ? driver : `${driver}: ${reason}`;
}

function NoModel(): JSX.Element {
  return (
    <BigWords
      icon="warning"
      tone="problem"
      title="No model is loaded."
      text="There are no figures to show."
    />
  );
}
