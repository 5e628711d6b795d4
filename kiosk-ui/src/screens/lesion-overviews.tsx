import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { LesionView } from '#protocol/context.ts';
import type { StoredOverview } from '#protocol/overview.ts';
import { DialogPage } from '../components/dialog-page.tsx';
import { Paged } from '../components/paged.tsx';
import { Pending } from '../components/pending.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { useFetched } from '../components/use-fetched.ts';
import { isLesionOverviews } from '../connection/answers.ts';
import { beginOverview, overviewPath, overviewsPath } from '../connection/overview.ts';
import { localMinute } from '../format/dates.ts';
import { lesionName } from '../format/sites.ts';
import { t } from '../i18n/translate.ts';
import { view } from '../state/state.ts';
import { StoredImagePage } from './stored-image.tsx';

/** Tiles that fit in a row, with the pager below it. */
const TILES = 3;

interface LesionOverviewsProps {
  readonly lesion: LesionView;
}

/** The stored overview images of a lesion, newest first; a tap shows one whole. */
export function LesionOverviews({ lesion }: LesionOverviewsProps): JSX.Element {
  const [deleted, countDeleted] = useState(0);
  // One that was kept meanwhile belongs to the list.
  return (
    <List
      key={`${view.value?.overview?.id ?? ''} ${deleted}`}
      lesion={lesion}
      onDeleted={() => {
        countDeleted(deleted + 1);
      }}
    />
  );
}

function List({ lesion, onDeleted }: LesionOverviewsProps & { readonly onDeleted: () => void }): JSX.Element {
  const answer = useFetched(overviewsPath(lesion.id), isLesionOverviews);
  const [opened, open] = useState<StoredOverview>();
  if (answer?.ok !== true) return <Pending answer={answer} />;
  const { overviews } = answer.value;
  return (
    <div class="overviews">
      {overviews.length === 0 ? (
        <p class="pending">{t('overview.none')}</p>
      ) : (
        <div class="overviews-list">
          <Paged rows={overviews} perPage={TILES}>
            {(shown) => (
              <ul class="overview-tiles">
                {shown.map((overview) => (
                  <li key={overview.id}>
                    <Tile
                      lesion={lesion}
                      overview={overview}
                      onOpen={() => {
                        open(overview);
                      }}
                    />
                  </li>
                ))}
              </ul>
            )}
          </Paged>
        </div>
      )}
      <div class="overviews-side">
        <TakeButton lesion={lesion} />
        <p class="small">{t('overview.not-assessed')}</p>
      </div>
      {opened !== undefined && (
        <Whole
          {...{ lesion, onDeleted }}
          overview={opened}
          onBack={() => {
            open(undefined);
          }}
        />
      )}
    </div>
  );
}

/** The overview image nearest in time to a session, beside its close-up. */
export function SessionOverview({
  lesion,
  at,
}: LesionOverviewsProps & {
  /** When the session was opened, ISO 8601. */
  readonly at: string;
}): JSX.Element {
  const [deleted, countDeleted] = useState(0);
  return (
    <Nearest
      key={`${view.value?.overview?.id ?? ''} ${deleted}`}
      lesion={lesion}
      at={at}
      onDeleted={() => {
        countDeleted(deleted + 1);
      }}
    />
  );
}

function Nearest({
  lesion,
  at,
  onDeleted,
}: LesionOverviewsProps & { readonly at: string; readonly onDeleted: () => void }): JSX.Element | null {
  const answer = useFetched(overviewsPath(lesion.id), isLesionOverviews);
  const [opened, open] = useState(false);
  if (answer?.ok !== true) return null;
  const nearest = nearestTo(at, answer.value.overviews);
  return (
    <section class="session-overview" aria-label={t('overview.title')}>
      {nearest === undefined ? (
        <p class="small">{t('overview.none')}</p>
      ) : (
        <Tile
          lesion={lesion}
          overview={nearest}
          onOpen={() => {
            open(true);
          }}
        />
      )}
      <TakeButton lesion={lesion} />
      {opened && nearest !== undefined && (
        <Whole
          {...{ lesion, onDeleted }}
          overview={nearest}
          onBack={() => {
            open(false);
          }}
        />
      )}
    </section>
  );
}

export function nearestTo(at: string, overviews: readonly StoredOverview[]): StoredOverview | undefined {
  const apart = ({ keptAt }: StoredOverview): number => Math.abs(Date.parse(keptAt) - Date.parse(at));
  return overviews.toSorted((a, b) => apart(a) - apart(b))[0];
}

interface WholeProps {
  readonly lesion: LesionView;
  readonly overview: StoredOverview;
  readonly onDeleted: () => void;
  readonly onBack: () => void;
}

function Whole({ lesion, overview, onDeleted, onBack }: WholeProps): JSX.Element {
  const path = overviewPath(lesion.id, overview);
  return (
    <DialogPage
      class="overview overview-whole"
      title={t('overview.title')}
      note={lesionName(lesion)}
      onBack={onBack}
    >
      <StoredImagePage
        {...{ path, kept: overview }}
        picture={`${path}/picture`}
        alt={t('overview.alt')}
        stays={t('overview.lesion-stays')}
        onGone={onDeleted}
      />
    </DialogPage>
  );
}

interface TileProps {
  readonly lesion: LesionView;
  readonly overview: StoredOverview;
  readonly onOpen: () => void;
}

function Tile({ lesion, overview, onOpen }: TileProps): JSX.Element {
  return (
    <button type="button" class="drive-image overview-tile" onClick={onOpen}>
      <img src={`${overviewPath(lesion.id, overview)}/thumbnail`} alt={t('overview.alt')} draggable={false} />
      <span class="drive-name">{localMinute(overview.keptAt)}</span>
    </button>
  );
}

function TakeButton({ lesion }: LesionOverviewsProps): JSX.Element | null {
  return lesion.closed === undefined ? (
    <TouchButton label={t('overview.take')} icon="overview" onPress={() => void beginOverview(lesion.id)} />
  ) : null;
}
