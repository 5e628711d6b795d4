import type { JSX } from 'preact';
import { Announcer } from './components/announcer.tsx';
import { ErrorBoundary } from './components/error-boundary.tsx';
import { NoticeBar } from './components/notice-bar.tsx';
import { HoldHint } from './components/hold-hint.tsx';
import { AboutScreen } from './screens/about.tsx';
import { FaultScreen } from './screens/fault.tsx';
import { LesionScreen } from './screens/lesion.tsx';
import { LiveScreen } from './screens/live.tsx';
import { LogScreen } from './screens/log.tsx';
import { OfflineScreen } from './screens/offline.tsx';
import { PatientScreen } from './screens/patient.tsx';
import { PrivacyScreen } from './screens/privacy.tsx';
import { ResultScreen } from './screens/result.tsx';
import { SettingsScreen } from './screens/settings.tsx';
import { SelfTestScreen } from './screens/self-test.tsx';
import { UploadScreen } from './screens/upload.tsx';
import { WithheldScreen } from './screens/withheld.tsx';
import { screen, view } from './state/state.ts';
import type { View } from '#protocol/view.ts';

export function App(): JSX.Element {
  return (
    <>
      <ErrorBoundary>
        <Current />
      </ErrorBoundary>
      <HoldHint />
      <NoticeBar />
      <Announcer />
    </>
  );
}

function Current(): JSX.Element {
  const now = view.value;
  if (now === undefined || screen.value === 'offline') return <OfflineScreen />;
  if (screen.value === 'privacy') return <PrivacyScreen view={now} />;
  if (screen.value === 'patient') return <PatientScreen />;
  if (screen.value === 'lesion') return <LesionScreen key={now.context?.lesion?.id} context={now.context} />;
  if (screen.value === 'upload') return <UploadScreen />;
  if (screen.value === 'log') return <LogScreen />;
  if (screen.value === 'about') return <AboutScreen />;
  if (screen.value === 'self-test') return <SelfTestScreen />;
  if (screen.value === 'settings') return <SettingsScreen />;
  return <OfSession view={now} />;
}

/**
 * One component shows the live preview throughout a session, so that the last frame stays visible while it is assessed.
 */
function OfSession({ view: now }: { readonly view: View }): JSX.Element {
  const { session } = now;
  switch (session.state) {
    case 'ready':
    case 'capturing':
    case 'checking':
    case 'classifying':
    case 'retake':
      return <LiveScreen view={now} />;
    case 'fault':
      return <FaultScreen session={session} />;
    case 'showing':
      return session.result.outcome === 'result' ? (
        <ResultScreen key={session.id} session={session} result={session.result} />
      ) : (
        <WithheldScreen key={session.id} session={session} result={session.result} />
      );
  }
}
