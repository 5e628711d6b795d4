import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { SessionView, View } from '#protocol/view.ts';
import { conditionsOf } from '../format/conditions.ts';
import { AimingRing } from '../components/aiming-ring.tsx';
import { PatientButton } from '../components/patient-button.tsx';
import { PatientTag } from '../components/patient-tag.tsx';
import { Ghost } from '../components/ghost.tsx';
import { framing as liveFraming } from '../state/framing.ts';
import { HelpButton } from '../components/help-button.tsx';
import { Icon } from '../components/icon.tsx';
import { LesionButton } from '../components/lesion-button.tsx';
import { LateImage } from '../components/late-image.tsx';
import { Preview, type PreviewAge } from '../components/preview.tsx';
import { UnassignedButton } from '../components/unassigned-button.tsx';
import { ReadyPanel } from './ready.tsx';
import { RetakePanel } from './retake.tsx';
import { WorkingPanel } from './working.tsx';
import { t } from '../i18n/translate.ts';

/** The live preview on the left; on the right, what the kiosk is waiting for. */
export function LiveScreen({ view }: { readonly view: View }): JSX.Element {
  return (
    <main class="live">
      <Stage view={view} />
      <div class="panel">
        <Panel view={view} />
      </div>
    </main>
  );
}

function Panel({ view }: { readonly view: View }): JSX.Element {
  const { session } = view;
  switch (session.state) {
    case 'capturing':
    case 'checking':
    case 'classifying':
      return <WorkingPanel session={session} />;
    case 'retake':
      return <RetakePanel session={session} />;
    case 'ready':
    case 'asking':
    case 'opinion':
    case 'showing':
    case 'fault':
      return <ReadyPanel view={view} />;
  }
}

function Stage({ view }: { readonly view: View }): JSX.Element {
  const { session, camera, context } = view;
  const lesion = context?.lesion;
  const [age, setAge] = useState<PreviewAge>('none');
  const missing = conditionsOf(view).find(({ code }) => code.startsWith('camera/'));
  const busy = isBusy(session);
  const framing =
    lesion !== undefined && session.state === 'ready' && missing === undefined && age === 'fresh';
  if (session.state !== 'ready' && session.source === 'upload') return <FileStage busy={busy} />;
  return (
    <div class="stage">
      <Preview frozen={session.state === 'checking' || session.state === 'classifying'} onAge={setAge} />
      {framing && <Ghost key={lesion.id} lesion={lesion.id} />}
      <AimingRing
        busy={busy}
        framing={session.state === 'ready' && age === 'fresh' ? liveFraming.value : undefined}
      />
      {camera.simulated && (
        <p class="badge">
          <Icon name="camera" /> {t('stage.simulated')}
        </p>
      )}
      {missing !== undefined && (
        <div class="stage-cover">
          <Icon name={missing.weight === 'waiting' ? 'wait' : 'none'} />
          <p>{missing.title}</p>
        </div>
      )}
      {missing === undefined && <LateImage age={age} />}
      {session.state === 'ready' ? (
        <>
          <div class="stage-foot">
            <PatientButton />
            {lesion !== undefined && <LesionButton />}
          </div>
          <UnassignedButton />
        </>
      ) : (
        <PatientTag />
      )}
      <HelpButton />
    </div>
  );
}

/** No live preview for a file: it would be mistaken for what is being assessed. */
function FileStage({ busy }: { readonly busy: boolean }): JSX.Element {
  return (
    <div class="stage">
      <div class="stage-cover stage-file">
        <Icon name="file" />
        <p>{t('stage.file')}</p>
      </div>
      {busy && <AimingRing busy />}
      <PatientTag />
      <HelpButton />
    </div>
  );
}

function isBusy({ state }: SessionView): boolean {
  return state === 'capturing' || state === 'checking' || state === 'classifying';
}
