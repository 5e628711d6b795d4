import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { REFERENCE_MAX } from '#protocol/context.ts';
import { HoldButton } from '../components/hold-button.tsx';
import { Keyboard } from '../components/keyboard.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { PageHead } from '../components/page-head.tsx';
import { TypedText } from '../components/typed-text.tsx';
import { correctReference, changeContext } from '../connection/socket.ts';
import { showNotice } from '../state/state.ts';
import { t } from '../i18n/translate.ts';

interface CorrectReferenceProps {
  readonly reference: string;
  readonly onDone: () => void;
}

/** Corrects a mistyped reference; if somebody has the right one already, both are one patient and can be merged. */
export function CorrectReference({ reference, onDone }: CorrectReferenceProps): JSX.Element {
  const [typed, setTyped] = useState(reference);
  const [taken, setTaken] = useState<string>();
  if (taken !== undefined)
    return (
      <Merge
        {...{ reference, onDone }}
        into={taken}
        onBack={() => {
          setTaken(undefined);
        }}
      />
    );
  const correct = async (): Promise<void> => {
    const to = typed.trim();
    const refused = await correctReference(reference, to);
    if (refused === 'reference/taken') setTaken(to);
    else if (refused === undefined) {
      showNotice('done', { message: t('patient.corrected', { reference: to }), cure: t('assign.journal') });
      onDone();
    }
  };
  return (
    <main class="page patient-entry">
      <PageHead title={t('patient.correct.title')} onBack={onDone} ofPatient />
      <TypedText label={t('patient.reference')} value={typed} />
      <Keyboard
        writes="code"
        value={typed}
        max={REFERENCE_MAX}
        enter={t('patient.correct.enter')}
        onChange={setTyped}
        onEnter={() => void correct()}
      />
    </main>
  );
}

interface MergeProps extends CorrectReferenceProps {
  readonly into: string;
  readonly onBack: () => void;
}

/** Held, not tapped: sessions and lesions that are mixed by mistake must be separated one by one. */
function Merge({ reference, into, onBack, onDone }: MergeProps): JSX.Element {
  return (
    <main class="page patient-confirm">
      <PageHead title={t('patient.merge.title')} onBack={onBack} />
      <div class="patient-merge">
        <p class="patient-reference">{reference}</p>
        <p class="patient-merge-text">{t('patient.merge.text', { reference, into })}</p>
        <p class="patient-reference">{into}</p>
      </div>
      <div class="patient-buttons">
        <HoldButton
          label={t('patient.merge')}
          hint={t('patient.merge.hold')}
          icon="check"
          onHeld={() =>
            void changeContext({ type: 'merge', reference, into }).then((merged) => {
              if (!merged) return;
              showNotice('done', { message: t('patient.merged', { into }), cure: t('assign.journal') });
              onDone();
            })
          }
        />
        <TouchButton label={t('patient.no')} icon="cross" size="large" onPress={onBack} />
      </div>
    </main>
  );
}
