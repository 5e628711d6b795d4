import type { JSX } from 'preact';
import type { SessionView } from '#protocol/view.ts';
import { ContraQuestions } from '../components/contra-questions.tsx';
import { HelpButton } from '../components/help-button.tsx';
import { PatientTag } from '../components/patient-tag.tsx';
import { sendAnswer } from '../connection/socket.ts';
import { t } from '../i18n/translate.ts';

interface QuestionsScreenProps {
  readonly session: Extract<SessionView, { state: 'asking' }>;
}

/** After the capture, before its result: the kiosk holds it back until this is answered. */
export function QuestionsScreen({ session: { id, asked } }: QuestionsScreenProps): JSX.Element {
  return (
    <main class="page contraindication-step">
      <header class="page-head">
        <h1>{t('contra.title')}</h1>
        <PatientTag />
        <HelpButton />
      </header>
      <ContraQuestions
        asked={asked}
        onAnswer={(found) => {
          void sendAnswer({ session: id, found });
        }}
      />
    </main>
  );
}
