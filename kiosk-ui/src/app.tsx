import type { JSX } from 'preact';
import { Announcer } from './components/announcer.tsx';
import { ElsewhereBand } from './components/elsewhere-band.tsx';
import { ErrorBoundary } from './components/error-boundary.tsx';
import { PracticeBand } from './components/practice-band.tsx';
import { NoticeBar } from './components/notice-bar.tsx';
import { HoldHint } from './components/hold-hint.tsx';
import { AboutScreen } from './screens/about.tsx';
import { FaultScreen } from './screens/fault.tsx';
import { GuideScreen } from './screens/guide.tsx';
import { HelpPage } from './screens/help.tsx';
import { LanguageScreen } from './screens/language.tsx';
import { LesionScreen } from './screens/lesion.tsx';
import { LiveScreen } from './screens/live.tsx';
import { LogScreen } from './screens/log.tsx';
import { MenuScreen } from './screens/menu.tsx';
import { OverviewDialog } from './screens/overview.tsx';
import { OpinionScreen } from './screens/opinion.tsx';
import { OfflineScreen } from './screens/offline.tsx';
import { PatientScreen } from './screens/patient.tsx';
import { PatientsScreen } from './screens/patients.tsx';
import { PracticeScreen } from './screens/practice.tsx';
import { PrivacyScreen } from './screens/privacy.tsx';
import { QuestionsScreen } from './screens/questions.tsx';
import { ResultScreen } from './screens/result.tsx';
import { SettingsScreen } from './screens/settings.tsx';
import { SelfTestScreen } from './screens/self-test.tsx';
import { UnlockDialog } from './screens/unlock.tsx';
import { UploadScreen } from './screens/upload.tsx';
import { WithheldScreen } from './screens/withheld.tsx';
import type { ScreenName, ViewOn } from './state/screen-state.ts';
import { help } from './components/open-help.ts';
import { screen, view } from './state/state.ts';
import { overviewShown } from './state/overview.ts';
import { unlockAsked } from './state/unlock.ts';
import type { View } from '#protocol/view.ts';

export function App(): JSX.Element {
  return (
    <>
      <ErrorBoundary>
        <ElsewhereBand />
        <PracticeBand />
        <Current />
        {overviewShown.value !== undefined && <OverviewDialog overview={overviewShown.value} />}
        {unlockAsked.value && <UnlockDialog />}
        {help.value !== undefined && <HelpPage topic={help.value} />}
      </ErrorBoundary>
      <HoldHint />
      <NoticeBar />
      <Announcer />
    </>
  );
}

/** One component shows the live preview throughout a session, so that the last frame stays visible while it is assessed. */
const live = (now: View): JSX.Element => <LiveScreen view={now} />;

const SCREENS = {
  offline: () => <OfflineScreen />,
  privacy: (now) => <PrivacyScreen view={now} />,
  practice: ({ practice }) => <PracticeScreen practice={practice} />,
  patient: () => <PatientScreen />,
  patients: () => <PatientsScreen />,
  lesion: ({ context }) => <LesionScreen key={context?.lesion?.id} context={context} />,
  upload: () => <UploadScreen />,
  log: () => <LogScreen />,
  menu: () => <MenuScreen />,
  language: () => <LanguageScreen />,
  guide: (now) => <GuideScreen view={now} />,
  about: () => <AboutScreen />,
  'self-test': () => <SelfTestScreen />,
  settings: () => <SettingsScreen />,
  ready: live,
  capturing: live,
  checking: live,
  classifying: live,
  retake: live,
  asking: ({ session }) => <QuestionsScreen key={session.id} session={session} />,
  opinion: ({ session }) => <OpinionScreen key={session.id} session={session} />,
  fault: ({ session }) => <FaultScreen session={session} />,
  result: ({ session }) => <ResultScreen key={session.id} session={session} result={session.result} />,
  withheld: ({ session }) => <WithheldScreen key={session.id} session={session} result={session.result} />,
} satisfies { readonly [Name in ScreenName]: (now: ViewOn<Name>) => JSX.Element };

function Current(): JSX.Element {
  const now = view.value;
  if (now === undefined) return <OfflineScreen />;
  // The view is that of the screen: `screenOf` derives one from the other.
  const draw = SCREENS[screen.value] as (now: View) => JSX.Element;
  return draw(now);
}
