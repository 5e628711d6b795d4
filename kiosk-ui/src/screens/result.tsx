import type { JSX } from 'preact';
import type { ResultView, Showing } from '#protocol/view.ts';
import { BoardLine } from '../components/board-line.tsx';
import { ClassBars } from '../components/class-bars.tsx';
import { Finding } from '../components/finding.tsx';
import { FrozenImage } from '../components/frozen-image.tsx';
import { AbcdFeatureList } from '../components/abcd-features.tsx';
import { KeepSwitch } from '../components/keep-switch.tsx';
import { ResultButtons } from '../components/result-buttons.tsx';
import { codes } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';

interface ResultScreenProps {
  readonly session: Showing;
  readonly result: Extract<ResultView, { outcome: 'result' }>;
}

/** Left to right: the image that was assessed, the result, its explanation. */
export function ResultScreen({ session, result }: ResultScreenProps): JSX.Element {
  const hints = result.explanation?.hints;
  return (
    <main class={`result${session.keeping === undefined ? '' : ' with-consent'}`}>
      <FrozenImage session={session} explanation={result.explanation} model={result.model} />
      <Finding {...result} heading="h1" />
      <div class="explanation">
        <ClassBars classes={result.classes} />
        {hints !== undefined && <AbcdFeatureList hints={hints} />}
      </div>
      <div class="result-limits">
        <BoardLine brief />
        <p>
          <strong>{t('research')}</strong> {codes().use.not}
        </p>
      </div>
      <KeepSwitch session={session} />
      <ResultButtons session={session} />
    </main>
  );
}
