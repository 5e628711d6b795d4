import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ExplanationView, ModelIdentity, Showing } from '#protocol/view.ts';
import { opinionBeforeLine, sizeFacts } from '../format/session-text.ts';
import { WhoseButton } from './assign-button.tsx';
import { HelpButton } from './help-button.tsx';
import { Icon } from './icon.tsx';
import { ImageViewer } from './image-viewer.tsx';
import { LesionButton } from './lesion-button.tsx';
import { OverviewButton } from './overview-button.tsx';
import { SessionNumber } from './session-number.tsx';
import { view } from '../state/state.ts';
import { t } from '../i18n/translate.ts';

interface FrozenImageProps {
  readonly session: Showing;
  readonly explanation?: ExplanationView | undefined;
  readonly model: ModelIdentity;
}

/** The image that was assessed, its centre square as the model saw it, with nothing over it; a tap enlarges it. */
export function FrozenImage({ session, explanation = {}, model }: FrozenImageProps): JSX.Element {
  const [gone, setGone] = useState(false);
  const [enlarged, setEnlarged] = useState(false);
  const { hints } = explanation;
  const lesion = view.value?.context?.lesion;
  return (
    <figure class="frozen">
      <div class="frozen-top">
        <WhoseButton session={session} />
        {lesion !== undefined && <LesionButton part="compare" />}
      </div>
      {gone ? (
        <div class="frozen-missing">
          <Icon name="none" />
          <p>{t('picture.gone')}</p>
        </div>
      ) : (
        <button
          type="button"
          class="frozen-square"
          aria-label={t('picture.enlarge')}
          onClick={() => {
            setEnlarged(true);
          }}
        >
          <img
            src={session.picture}
            alt={t('picture.alt')}
            draggable={false}
            onError={() => {
              setGone(true);
            }}
          />
        </button>
      )}
      <figcaption>
        <div>
          <span class="frozen-head">
            <SessionNumber session={session} />
            {session.source === 'upload' && <span>{t('source.upload')}</span>}
            {session.disposition !== 'unreviewed' && <span>{t(`disposition.${session.disposition}`)}</span>}
            {session.opinionBefore !== undefined && <span>{opinionBeforeLine(session.opinionBefore)}</span>}
            {(hints === undefined ? [] : sizeFacts(hints)).map(([name, size]) => (
              <span key={name}>
                {name} {size}
              </span>
            ))}
          </span>
          <span class="frozen-model">
            {model.name} {model.version}
          </span>
        </div>
        {/* Not beside the patient: the name needs the width. */}
        {lesion !== undefined && <OverviewButton lesion={lesion.id} />}
        {/* Not in the band: its words need the whole width. */}
        <HelpButton />
      </figcaption>
      {enlarged && !gone && (
        <ImageViewer
          picture={session.picture}
          explanation={explanation}
          onClose={() => {
            setEnlarged(false);
          }}
        />
      )}
    </figure>
  );
}
