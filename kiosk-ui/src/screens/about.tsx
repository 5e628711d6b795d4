import type { JSX } from 'preact';
import type { About, AboutModel } from '#protocol/http.ts';
import { decimals, interval } from '../format/interval.ts';
import { subpagesOf } from '../format/subpages.ts';
import { isAbout } from '../connection/answers.ts';
import { Headline } from '../components/headline.tsx';
import { DefinitionList } from '../components/definition-list.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Paged } from '../components/paged.tsx';
import { Pending } from '../components/pending.tsx';
import { Tabs, type Tab } from '../components/tabs.tsx';
import { useFetched } from '../components/use-fetched.ts';
import { open } from '../state/state.ts';
import { Thresholds } from './about-thresholds.tsx';
import { codes } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';

const FIGURES_PER_PAGE = 4;
const RULES_PER_PAGE = 6;
const FILES_PER_PAGE = 4;

/** Lines per subpage of sentences, and characters per line. */
const LINES_PER_PAGE = 12;
const LINE_LENGTH = 80;

const LINES_OF_TITLE = 2;

/** Intended use and the complete model card: performance, decision rules, origin. */
export function AboutScreen(): JSX.Element {
  const answer = useFetched('/api/about', isAbout);
  return (
    <main class="page about">
      <PageHead
        title={t('nav.about')}
        onBack={() => {
          open('menu');
        }}
      >
        {answer?.ok === true && answer.value.model !== null && (
          <p class="page-note">
            {answer.value.model.name} {answer.value.model.version}
          </p>
        )}
      </PageHead>
      {answer?.ok === true ? (
        <Tabs label={t('about.kiosk')} tabs={tabsOf(answer.value)} />
      ) : (
        <Pending answer={answer} />
      )}
    </main>
  );
}

function tabsOf(about: About): readonly Tab[] {
  const { model } = about;
  const ofModel = (content: (model: AboutModel) => JSX.Element) => (): JSX.Element =>
    model === null ? <NoModel /> : content(model);
  return [
    { name: t('about.use'), content: () => <IntendedUse model={model} /> },
    { name: t('about.limits'), content: ofModel((card) => <Limits model={card} />) },
    { name: t('about.thresholds'), content: ofModel((card) => <Thresholds model={card} />) },
    { name: t('about.figures'), content: ofModel((card) => <Figures model={card} />) },
    { name: t('about.rules'), content: ofModel((card) => <Rules model={card} />) },
    { name: t('about.origin'), content: ofModel((card) => <Origin model={card} />) },
    { name: t('about.program'), content: () => <Program about={about} /> },
  ];
}

function IntendedUse({ model }: { readonly model: AboutModel | null }): JSX.Element {
  return (
    <div class="prose">
      <p class="prose-large">{codes().use.headline}</p>
      <p>
        <strong>{codes().use.not}</strong>
      </p>
      <h2>{t('about.not-validated')}</h2>
      <p>{codes().use.notValidatedOn.join(' · ')}</p>
      {model !== null && (
        <>
          <h2>{t('about.card')}</h2>
          <p>{model.intendedUse}</p>
        </>
      )}
    </div>
  );
}

interface ModelProps {
  readonly model: AboutModel;
}

/** Sentences of any length, as many per subpage as fit; confounders have subpages of their own. */
function Limits({ model: { limits, confounders } }: ModelProps): JSX.Element {
  const leaves = (sentences: readonly string[], lines: number, title?: string) =>
    subpagesOf(sentences, lines, LINE_LENGTH).map((leaf) => ({ title, leaf }));
  const rows = [
    ...leaves(limits, LINES_PER_PAGE),
    ...leaves(confounders, LINES_PER_PAGE - LINES_OF_TITLE, t('about.mislead')),
  ];
  return (
    <Paged rows={rows} perPage={1}>
      {([{ title, leaf } = { title: undefined, leaf: [] }]) => (
        <div class="prose prose-limits">
          {title !== undefined && <h2>{title}</h2>}
          <ul>
            {leaf.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </div>
      )}
    </Paged>
  );
}

function Figures({ model }: ModelProps): JSX.Element {
  return (
    <Paged rows={model.measured} perPage={FIGURES_PER_PAGE}>
      {(shown) => (
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">{t('figures.measured')}</th>
              <th scope="col">{t('figures.value')}</th>
              <th scope="col">{t('figures.interval')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ name, on, ...figure }) => (
              <tr key={`${name} ${on}`}>
                <th scope="row">
                  {name}
                  <span class="figures-on">{on}</span>
                </th>
                <td>{decimals(figure.value)}</td>
                <td>{interval(figure, decimals)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Paged>
  );
}

function Rules({ model }: ModelProps): JSX.Element {
  return (
    <Paged rows={model.rules} perPage={RULES_PER_PAGE}>
      {(shown) => (
        <dl class="rules">
          {shown.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </Paged>
  );
}

type Subpage = 'who' | 'licence' | Readonly<Record<string, string>>;

/** Provenance, and the hashes that identify the model. */
function Origin({ model }: ModelProps): JSX.Element {
  const hashes = Object.entries({ 'card.json': model.sha256, ...model.files });
  const pages = Math.ceil(hashes.length / FILES_PER_PAGE);
  const files = Array.from({ length: pages }, (_, i) =>
    Object.fromEntries(hashes.slice(i * FILES_PER_PAGE, (i + 1) * FILES_PER_PAGE)),
  );
  return (
    <Paged<Subpage> rows={['who', 'licence', ...files]} perPage={1}>
      {([leaf]) => {
        if (leaf === 'who') return <Who model={model} />;
        if (leaf === 'licence') return <Licence model={model} />;
        return <Hashes files={leaf ?? {}} />;
      }}
    </Paged>
  );
}

function Who({ model }: ModelProps): JSX.Element {
  return (
    <DefinitionList
      entries={[
        [t('fact.model'), `${model.name} ${model.version}`],
        [t('fact.made'), model.created],
        [t('fact.engine'), model.engine],
        [t('fact.why-engine'), model.engineReason],
      ]}
    />
  );
}

function Licence({ model }: ModelProps): JSX.Element {
  return (
    <div class="prose prose-limits">
      <h2>{t('fact.licence')}</h2>
      <p>{model.licence}</p>
      <h2>{t('about.trained-on')}</h2>
      <p>{model.trainedOn}</p>
    </div>
  );
}

/** In full: a shortened hash can collide. */
function Hashes({ files }: { readonly files: Readonly<Record<string, string>> }): JSX.Element {
  return (
    <dl class="hashes">
      {Object.entries(files).map(([path, sha256]) => (
        <div key={path}>
          <dt>{path}</dt>
          <dd>
            <code>{sha256}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Program({ about: { program, view } }: { readonly about: About }): JSX.Element {
  return (
    <DefinitionList
      entries={[
        [t('fact.version'), program.version],
        [t('fact.licence'), program.licence],
        ['Node.js', program.node],
        [
          t('fact.camera'),
          withReason({ ...view.camera, reason: view.camera.reason ?? view.camera.location }),
        ],
        [t('fact.button'), withReason(view.button)],
        ...(view.model.state === 'none' ? [[t('fact.model'), view.model.reason] as const] : []),
      ]}
    />
  );
}

/** Where a component is, or why it does not work, in full: other screens show only the beginning. */
function withReason({
  driver,
  reason,
}: {
  readonly driver: string;
  readonly reason?: string | undefined;
}): string {
  return reason === undefined ? driver : `${driver}: ${reason}`;
}

function NoModel(): JSX.Element {
  return <Headline icon="warning" tone="problem" title={t('about.no-model')} text={t('about.no-figures')} />;
}
