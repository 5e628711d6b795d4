import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { DialogPage } from '../components/dialog-page.tsx';
import { Icon } from '../components/icon.tsx';
import { LateImage } from '../components/late-image.tsx';
import { Preview, type PreviewAge } from '../components/preview.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import {
  aimAgain,
  cancelOverview,
  keepOverview,
  sendOverview,
  takeOverviewFrom,
} from '../connection/overview.ts';
import { command } from '../connection/socket.ts';
import { conditionsOf } from '../format/conditions.ts';
import { lesionName } from '../format/sites.ts';
import { wordsOf } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';
import type { SeenOverview } from '../state/overview.ts';
import { showNotice, view } from '../state/state.ts';
import { ImageChooser } from './upload.tsx';

interface OverviewProps {
  readonly overview: SeenOverview;
}

/** Over the page on which it was begun: aim, press, then keep the image or take it again. */
export function OverviewDialog({ overview }: OverviewProps): JSX.Element {
  const { id, state } = overview;
  const [fromFile, chooseFile] = useState(false);
  // A press has taken one meanwhile.
  useEffect(() => {
    if (state === 'held') chooseFile(false);
  }, [state]);
  if (fromFile) {
    return (
      <DialogPage
        class="overview overview-file"
        step="file"
        title={t('overview.file')}
        note={whose(overview)}
        help="overview"
        onBack={() => {
          chooseFile(false);
        }}
      >
        <ImageChooser
          target={{
            send: (file) => sendOverview(id, file),
            takeFrom: (listing, file, signal) => takeOverviewFrom(id, listing, file, signal),
            done: () => {
              chooseFile(false);
            },
            takeLabel: t('overview.use'),
            path: t('overview.file.path'),
          }}
        />
      </DialogPage>
    );
  }
  return (
    <DialogPage
      class="overview"
      step={state}
      title={t('overview.title')}
      help="overview"
      onBack={() => void cancelOverview(id)}
    >
      <div class="overview-parts">
        <Stage overview={overview} />
        <div class="overview-side">
          <p class="overview-whose" data-testid="overview-whose">
            <Icon name="patient" />
            <span>
              <strong>{overview.of.reference}</strong>
              <span>{lesionName(overview.of.lesion)}</span>
            </span>
          </p>
          {state === 'held' ? (
            <HeldPanel overview={overview} />
          ) : (
            <AimPanel
              overview={overview}
              onFile={() => {
                chooseFile(true);
              }}
            />
          )}
        </div>
      </div>
    </DialogPage>
  );
}

function whose({ of }: SeenOverview): string {
  return `${of.reference} · ${lesionName(of.lesion)}`;
}

function Stage({ overview }: OverviewProps): JSX.Element {
  const { state, shot } = overview;
  const [age, setAge] = useState<PreviewAge>('none');
  if (state === 'held' && shot !== undefined) {
    return (
      <div class="overview-stage">
        <img key={shot.number} src={shot.picture} alt={t('overview.alt')} draggable={false} />
      </div>
    );
  }
  return (
    <div class="overview-stage">
      <Preview whole frozen={state === 'taking'} onAge={setAge} />
      <LateImage age={age} />
    </div>
  );
}

/** A camera is all it needs. */
function AimPanel({ overview, onFile }: OverviewProps & { readonly onFile: () => void }): JSX.Element {
  const { state, fault } = overview;
  const now = view.value;
  const obstacle = now && conditionsOf(now).find(({ code }) => code.startsWith('camera/'));
  const taking = state === 'taking';
  const words = fault === undefined ? undefined : wordsOf(fault);
  return (
    <>
      {words === undefined ? (
        <ul class="overview-advice">
          <li>{t('overview.advice.distance')}</li>
          <li>{t('overview.advice.region')}</li>
          <li>{t('overview.advice.privacy')}</li>
        </ul>
      ) : (
        <p class="overview-problem" role="alert">
          <Icon name="warning" />
          <span>
            <strong>{words.message}</strong> {words.cure}
          </span>
        </p>
      )}
      <TouchButton
        label={t(taking ? 'overview.taking' : 'overview.press')}
        icon={taking ? 'wait' : 'camera'}
        tone={obstacle === undefined ? 'main' : 'plain'}
        size="large"
        {...(obstacle === undefined ? { disabled: taking } : { unavailable: obstacle.title })}
        onPress={() => void command('press')}
      />
      <TouchButton label={t('overview.file')} icon="upload" disabled={taking} onPress={onFile} />
    </>
  );
}

function HeldPanel({ overview }: OverviewProps): JSX.Element {
  const { id, shot, consent, days } = overview;
  const [busy, setBusy] = useState(false);
  const keep = async (): Promise<void> => {
    if (shot === undefined) return;
    setBusy(true);
    const kept = await keepOverview(id, shot.number);
    setBusy(false);
    if (kept) showNotice('done', { message: t('overview.kept'), cure: whose(overview) });
  };
  return (
    <>
      <p class="overview-consent">{t(consent ? 'keep.consent' : 'overview.stored', { count: days })}</p>
      <TouchButton
        label={t('overview.keep')}
        icon="check"
        tone="main"
        size="large"
        disabled={busy}
        onPress={() => void keep()}
      />
      <TouchButton
        label={t('overview.again')}
        icon="retake"
        disabled={busy}
        onPress={() => void aimAgain(id)}
      />
      <TouchButton
        label={t('overview.cancel')}
        icon="cross"
        disabled={busy}
        onPress={() => void cancelOverview(id)}
      />
    </>
  );
}
