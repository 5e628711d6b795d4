import type { JSX } from 'preact';
import { OPINIONS_BEFORE } from '#protocol/assessments.ts';
import type { SessionView } from '#protocol/view.ts';
import { HelpButton } from '../components/help-button.tsx';
import { PatientTag } from '../components/patient-tag.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { sendOpinion } from '../connection/socket.ts';
import { t } from '../i18n/translate.ts';

interface OpinionScreenProps {
  readonly session: Extract<SessionView, { state: 'opinion' }>;
}

/** The image alone, before its result: the kiosk holds that back until there is an opinion, or none is wanted. */
export function OpinionScreen({ session: { id, picture } }: OpinionScreenProps): JSX.Element {
  return (
    <main class="page opinion-step">
      <header class="page-head">
        <h1>{t('opinion.title')}</h1>
        <PatientTag />
        <HelpButton />
      </header>
      <img class="opinion-image" src={picture} alt={t('picture.alt')} draggable={false} />
      <div class="opinion-choices" role="group" aria-label={t('opinion.title')}>
        {OPINIONS_BEFORE.map((opinion) => (
          <button
            key={opinion}
            type="button"
            class="choice-button"
            data-value={opinion}
            onClick={() => {
              void sendOpinion({ session: id, opinion });
            }}
          >
            {t(`opinion.${opinion}`)}
          </button>
        ))}
        <p>{t('opinion.note')}</p>
        <TouchButton
          label={t('opinion.leave')}
          tone="quiet"
          onPress={() => {
            void sendOpinion({ session: id, opinion: null });
          }}
        />
      </div>
    </main>
  );
}
