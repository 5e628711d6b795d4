import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { TouchButton } from '../components/touch-button.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Tabs } from '../components/tabs.tsx';
import { openGuide } from '../connection/guide.ts';
import { startPractice } from '../connection/practice.ts';
import { lock, snapshot } from '../connection/settings.ts';
import { lockScreen } from '../connection/unlock.ts';
import { open } from '../state/state.ts';
import { t } from '../i18n/translate.ts';
import {
  DeviceSettings,
  GateSettings,
  PictureSettings,
  PointSettings,
  ScreenSettings,
  type Unlocked,
} from './settings-groups.tsx';
import { OperatorEditor, OperatorList, type Edited } from './operators.tsx';
import { changeSetting, Locked, useSettings } from './settings-lock.tsx';
import { ChoosePin } from './settings-pin.tsx';

/** The technician's settings. Leaving the page locks it. */
export function SettingsScreen(): JSX.Element {
  useSettings();
  const [edited, edit] = useState<Edited>();
  // An edited operator is left for the list of them.
  const [wasEdited, setWasEdited] = useState(false);
  const unlocked = snapshot.value?.unlocked;
  if (unlocked !== undefined && edited !== undefined)
    return (
      <OperatorEditor
        edited={edited}
        onDone={() => {
          setWasEdited(true);
          edit(undefined);
        }}
      />
    );
  return (
    <main class={unlocked === undefined ? 'page settings settings-locked' : 'page settings'}>
      <PageHead
        title={t('settings.title')}
        onBack={() => {
          open('menu');
        }}
      >
        {unlocked !== undefined && (
          <TouchButton
            label={t('settings.lock')}
            icon="locked"
            onPress={() => void lock().then(lockScreen)}
          />
        )}
      </PageHead>
      {unlocked === undefined ? (
        <Locked />
      ) : (
        <Groups unlocked={unlocked} toOperators={wasEdited} onEdit={edit} />
      )}
    </main>
  );
}

/** What is learnt on the kiosk's own screen. */
function Training(): JSX.Element {
  return (
    <div class="settings-training">
      <TouchButton label={t('guide.title')} icon="check" onPress={() => void openGuide()} />
      <TouchButton label={t('practice.title')} icon="capture" onPress={() => void startPractice()} />
    </div>
  );
}

function Groups({
  unlocked,
  toOperators,
  onEdit,
}: {
  readonly unlocked: Unlocked;
  /** Begins with the operators instead of the first tab. */
  readonly toOperators: boolean;
  readonly onEdit: (edited: Edited) => void;
}): JSX.Element {
  const group = { unlocked, onChange: changeSetting };
  const operators = { name: t('operators.title'), content: () => <OperatorList onEdit={onEdit} /> };
  const tabs = [
    { name: t('settings.group.screen'), content: () => <ScreenSettings {...group} /> },
    { name: t('settings.group.point'), content: () => <PointSettings {...group} /> },
    { name: t('settings.group.gate'), content: () => <GateSettings {...group} /> },
    { name: t('settings.group.pictures'), content: () => <PictureSettings {...group} /> },
    {
      name: t('settings.group.devices'),
      content: () => (
        <DeviceSettings {...group}>{snapshot.value?.localScreen === true && <Training />}</DeviceSettings>
      ),
    },
    operators,
    { name: t('settings.group.pin'), content: () => <ChoosePin another /> },
  ];
  const first = toOperators ? tabs.indexOf(operators) : 0;
  return <Tabs label={t('settings.title')} first={first} tabs={tabs} />;
}
