import type { JSX } from 'preact';
import type { AbcdFeatures, ModelIdentity } from '#protocol/view.ts';
import { AbcdFacts } from './abcd-facts.tsx';
import { LastVisit } from './last-visit.tsx';

interface ResultBesideProps {
  readonly session: string;
  readonly model: ModelIdentity;
  readonly hints: AbcdFeatures | undefined;
  /** Id of the current lesion. */
  readonly lesion: string | undefined;
}

/** Where there is room, what is otherwise a page away: the ABCD features, and the change since the last visit. */
export function ResultBeside({ session, model, hints, lesion }: ResultBesideProps): JSX.Element {
  return (
    <div class="beside">
      {hints !== undefined && <AbcdFacts hints={hints} />}
      {lesion !== undefined && (
        <LastVisit
          key={`${lesion} ${session}`}
          {...{ lesion, session }}
          model={`${model.name} ${model.version}`}
        />
      )}
    </div>
  );
}
