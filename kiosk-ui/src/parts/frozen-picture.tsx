import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ExplanationView, ModelIdentity } from '../../../src/protocol/view.ts';
import { DISPOSITIONS } from '../format/words.ts';
import type { Showing } from '../screens/result.tsx';
import { HeatLayer } from './heat-layer.tsx';
import { Icon } from './icon.tsx';
import { OutlineLayer } from './outline-layer.tsx';
import { SessionNumber } from './session-number.tsx';
import { Switch } from './switch.tsx';

interface FrozenPictureProps {
  readonly session: Showing;
  readonly explanation?: ExplanationView | undefined;
  readonly model: ModelIdentity;
}

/** The very picture that was judged: its centre square, as the model saw it, and what explains the answer as far as it is wanted. */
export function FrozenPicture({ session, explanation = {}, model }: FrozenPictureProps): JSX.Element {
  const { outline, heat } = explanation;
  const [gone, setGone] = useState(false);
  const [outlined, setOutlined] = useState(true);
  // Off until it is asked for: it is too easily taken for the lesion's own colours, or for evidence.
  const [heated, setHeated] = useState(false);
  return (
    <figure class="frozen">
      {gone ? (
        <div class="frozen-gone">
          <Icon name="none" />
          <p>The picture is no longer kept.</p>
        </div>
      ) : (
        <div class="frozen-square">
          <img
            src={session.picture}
            alt="The lesion as it was captured"
            draggable={false}
            onError={() => {
              setGone(true);
            }}
          />
          {heat !== undefined && heated && <HeatLayer heat={heat} />}
          {outline !== undefined && outlined && <OutlineLayer outline={outline} />}
          {heat !== undefined && heated && (
            <p class="heat-caption">What influenced the number, not evidence</p>
          )}
        </div>
      )}
      {!gone && (outline !== undefined || heat !== undefined) && (
        <div class="switches">
          {outline !== undefined && <Switch label="Outline" on={outlined} onSwitch={setOutlined} />}
          {heat !== undefined && <Switch label="Heat map" on={heated} onSwitch={setHeated} />}
        </div>
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
