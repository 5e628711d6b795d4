import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ExplanationView, ModelIdentity, Showing } from '#protocol/view.ts';
import { PatientTag } from './patient-tag.tsx';
import { HeatLayer } from './heat-layer.tsx';
import { Icon } from './icon.tsx';
import { LesionButton } from './lesion-button.tsx';
import { OutlineLayer } from './outline-layer.tsx';
import { SessionNumber } from './session-number.tsx';
import { Switch } from './switch.tsx';
import { view } from '../state/state.ts';
import { t } from '../i18n/translate.ts';

interface FrozenImageProps {
  readonly session: Showing;
  readonly explanation?: ExplanationView | undefined;
  readonly model: ModelIdentity;
}

/** The image that was assessed: its centre square, as the model saw it, with the optional overlays. */
export function FrozenImage({ session, explanation = {}, model }: FrozenImageProps): JSX.Element {
  const { outline, heat } = explanation;
  const [gone, setGone] = useState(false);
  const [outlined, setOutlined] = useState(true);
  // Off by default: a heat map is too easily mistaken for the lesion's own colours, or for evidence.
  const [heated, setHeated] = useState(false);
  return (
    <figure class="frozen">
      <div class="frozen-top">
        <PatientTag />
        {view.value?.context?.lesion !== undefined && <LesionButton />}
      </div>
      {gone ? (
        <div class="frozen-missing">
          <Icon name="none" />
          <p>{t('picture.gone')}</p>
        </div>
      ) : (
        <div class="frozen-square">
          <img
            src={session.picture}
            alt={t('picture.alt')}
            draggable={false}
            onError={() => {
              setGone(true);
            }}
          />
          {heat !== undefined && heated && <HeatLayer heat={heat} />}
          {outline !== undefined && outlined && <OutlineLayer outline={outline} />}
          {heat !== undefined && heated && <p class="heat-caption">{t('picture.heat.caption')}</p>}
        </div>
      )}
      {!gone && (outline !== undefined || heat !== undefined) && (
        <div class="switches">
          {outline !== undefined && (
            <Switch label={t('picture.outline')} on={outlined} onSwitch={setOutlined} />
          )}
          {heat !== undefined && <Switch label={t('picture.heat')} on={heated} onSwitch={setHeated} />}
        </div>
      )}
      <figcaption>
        <span class="frozen-head">
          <SessionNumber session={session} />
          {session.source === 'upload' && <span>{t('source.upload')}</span>}
          {session.disposition !== 'unreviewed' && <span>{t(`disposition.${session.disposition}`)}</span>}
        </span>
        <span class="frozen-model">
          {model.name} {model.version} · {model.engine}
        </span>
      </figcaption>
    </figure>
  );
}
