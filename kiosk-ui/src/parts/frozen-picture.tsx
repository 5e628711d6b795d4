import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ModelIdentity } from '../../../src/protocol/view.ts';
import { DISPOSITIONS } from '../format/words.ts';
import type { Showing } from '../screens/result.tsx';
import { Icon } from './icon.tsx';
import { SessionNumber } from './session-number.tsx';

interface FrozenPictureProps {
  readonly session: Showing;
  readonly model: ModelIdentity;
}

/** The very picture that was judged: its centre square, as the model saw it. */
export function FrozenPicture({ session, model }: FrozenPictureProps): JSX.Element {
  const [gone, setGone] = useState(false);
  return (
    <figure class="frozen">
      {gone ? (
        <div class="frozen-gone">
          <Icon name="none" />
          <p>The picture is no longer kept.</p>
        </div>
      ) : (
        <img
          src={session.picture}
          alt="The lesion as it was captured"
          draggable={false}
          onError={() => {
            setGone(true);
          }}
        />
      )}
      <figcaption>
        <span class="frozen-head">
          <SessionNumber session={session} />
          {session.source === 'upload' && <span>File</span>}
          {session.disposition !== 'unreviewed' && <span>{DISPOSITIONS[session.disposition]}</span>}
        </span>
        <span class="frozen-model">
          {model.name} {model.version} · {model.engine}
        </span>
      </figcaption>
    </figure>
  );
}
