import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { LANGUAGES, type Language } from '#protocol/languages.ts';
import type { CheckId } from '#protocol/diagnostics.ts';
import type { UserSetting } from '#protocol/settings.ts';
import type { View } from '#protocol/view.ts';
import { conditionsOf } from '../format/conditions.ts';
import { AimingRing } from '../components/aiming-ring.tsx';
import { ButtonTestButton } from '../components/button-test-button.tsx';
import { Choice } from '../components/choice.tsx';
import { Pending } from '../components/pending.tsx';
import { Preview } from '../components/preview.tsx';
import { useFetched } from '../components/use-fetched.ts';
import { isSelfTestReport } from '../connection/answers.ts';
import { guide } from '../connection/guide.ts';
import { snapshot } from '../connection/settings.ts';
import { codes, cureSent } from '../i18n/codes/codes.ts';
import { language, LOCALES } from '../i18n/language.ts';
import { t } from '../i18n/translate.ts';
import { framing } from '../state/framing.ts';
import {
  driverName,
  LANGUAGE_NAMES,
  PictureSettings,
  PrevalenceSetting,
  type Unlocked,
} from './settings-groups.tsx';
import { changeSetting, Locked } from './settings-lock.tsx';
import { ChoosePin } from './settings-pin.tsx';

/** The variable that fixes a setting, if any. */
export function fixedBy(setting: UserSetting): string | undefined {
  return guide.value?.fixed.find((entry) => entry.setting === setting)?.variable;
}

function Fixed({ setting }: { readonly setting: UserSetting }): JSX.Element | null {
  const variable = fixedBy(setting);
  return variable === undefined ? null : <p class="small">{t('settings.pinned', { variable })}</p>;
}

/** For what only an unlocked screen may change: without a PIN it asks for the first one. */
function Unlocks({
  children,
}: {
  readonly children: (unlocked: Unlocked) => ComponentChildren;
}): JSX.Element {
  const unlocked = snapshot.value?.unlocked;
  return unlocked === undefined ? <Locked /> : <>{children(unlocked)}</>;
}

/** The only setting that needs no PIN as long as there is none: the rest could not be read. */
export function LanguageStep({ view }: { readonly view: View }): JSX.Element {
  const now = snapshot.value;
  if (now?.pin === 'set' && now.unlocked === undefined) return <Locked />;
  const fixed = fixedBy('language') !== undefined;
  return (
    <>
      <Choice<Language>
        title={t('setting.language')}
        options={LANGUAGES.filter((language) => !fixed || language === view.language).map((value) => ({
          value,
          label: LANGUAGE_NAMES[value],
        }))}
        chosen={view.language}
        onChoose={(value) => {
          changeSetting({ setting: 'language', value });
        }}
        onWithdraw={() => undefined}
      />
      <Fixed setting="language" />
    </>
  );
}

/** The kiosk's own screen has the kiosk's own clock. */
export function ClockStep(): JSX.Element {
  const [now, tick] = useState(new Date());
  useEffect(() => {
    const timer = setInterval(() => {
      tick(new Date());
    }, 1_000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  const format = new Intl.DateTimeFormat(LOCALES[language.value], { dateStyle: 'full', timeStyle: 'medium' });
  return (
    <>
      <p class="guide-large">{format.format(now)}</p>
      <p>{Intl.DateTimeFormat().resolvedOptions().timeZone}</p>
      <Checked id="clock" />
      <p>{t('guide.clock.text')}</p>
      <p>{t('guide.clock.cure')}</p>
    </>
  );
}

export function PinStep(): JSX.Element {
  const now = snapshot.value;
  if (now === undefined) return <Pending answer={undefined} />;
  return now.pin === 'none' && now.localScreen ? <ChoosePin /> : <p>{t('guide.pin.set')}</p>;
}

export function CameraStep({ view }: { readonly view: View }): JSX.Element {
  const { camera } = view;
  const missing = conditionsOf(view).find(({ code }) => code.startsWith('camera/'));
  return (
    <div class="guide-live">
      <div class="stage">
        <Preview frozen={false} onAge={() => undefined} />
      </div>
      <div class="guide-beside">
        <p class="guide-large">{missing?.title ?? driverName(camera.driver)}</p>
        {missing !== undefined && <p>{missing.words.cure}</p>}
        <p>
          {missing !== undefined
            ? t('guide.camera.none')
            : t(camera.simulated ? 'guide.camera.simulated' : 'guide.camera.live')}
        </p>
        <Fixed setting="camera" />
      </div>
    </div>
  );
}

export function LightStep(): JSX.Element {
  return (
    <div class="guide-live">
      <div class="stage">
        <Preview frozen={false} onAge={() => undefined} />
        <AimingRing busy={false} framing={framing.value} />
      </div>
      <div class="guide-beside">
        <p>{t('guide.light.text')}</p>
        <Checked id="picture" />
      </div>
    </div>
  );
}

export function ButtonStep({ view }: { readonly view: View }): JSX.Element {
  return (
    <>
      <p>{t('guide.button.text')}</p>
      <ButtonTestButton />
      {view.button.state !== 'ready' && <p>{t('guide.button.none')}</p>}
      <Fixed setting="button" />
    </>
  );
}

export function NetworkStep(): JSX.Element {
  const addresses = guide.value?.addresses ?? [];
  return (
    <>
      <p>{t(addresses.length === 0 ? 'guide.network.none' : 'guide.network.some')}</p>
      {addresses.map((address) => (
        <p key={address} class="guide-large">
          {address}
        </p>
      ))}
      <p>{t('guide.network.text')}</p>
    </>
  );
}

export function PrevalenceStep(): JSX.Element {
  return (
    <Unlocks>{(unlocked) => <PrevalenceSetting unlocked={unlocked} onChange={changeSetting} />}</Unlocks>
  );
}

export function RetentionStep(): JSX.Element {
  return <Unlocks>{(unlocked) => <PictureSettings unlocked={unlocked} onChange={changeSetting} />}</Unlocks>;
}

/** What the self-test finds of one part, with its cure. */
function Checked({ id }: { readonly id: CheckId }): JSX.Element {
  const answer = useFetched('/api/self-test', isSelfTestReport);
  if (answer?.ok !== true) return <Pending answer={answer} waiting={t('test.waiting')} />;
  const check = answer.value.checks.find((each) => each.id === id);
  if (check === undefined) return <></>;
  return (
    <p>
      <strong>
        {codes().checks[id]}: {t(`test.${check.state}`)}
      </strong>{' '}
      {check.cure !== undefined && cureSent(check)}
    </p>
  );
}
