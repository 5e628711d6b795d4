import type { JSX } from 'preact';
import type { ResultView, Showing } from '#protocol/view.ts';
import { BoardLine } from '../components/board-line.tsx';
import { ClassBars } from '../components/class-bars.tsx';
import { ContraBand } from '../components/contra-band.tsx';
import { Finding } from '../components/finding.tsx';
import { FrozenImage } from '../components/frozen-image.tsx';
import { KeepSwitch } from '../components/keep-switch.tsx';
import { ResultBeside } from '../components/result-beside.tsx';
import { ResultButtons } from '../components/result-buttons.tsx';
import { StatementBand } from '../components/statement-band.tsx';
import { useRoom } from '../components/use-room.ts';
import { codes } from '../i18n/codes/codes.ts';
import { view } from '../state/state.ts';
import { t } from '../i18n/translate.ts';

interface ResultScreenProps {
  readonly session: Showing;
  readonly result: Extract<ResultView, { outcome: 'result' }>;
}

/** The decision over the whole width; below it the image that was assessed, the number, and the seven classes. */
export function ResultScreen({ session, result }: ResultScreenProps): JSX.Element {
  const lesion = view.value?.context?.lesion?.id;
  const hints = result.explanation?.hints;
  const beside = useRoom() && (lesion !== undefined || hints !== undefined);
  const more = `${session.keeping === undefined ? '' : ' with-consent'}${beside ? ' with-beside' : ''}`;
  return (
    <main class={`result${more}`}>
      <StatementBand statement={result.statement} heading="h1" />
      <ContraBand />
      <FrozenImage session={session} explanation={result.explanation} model={result.model} />
      <Finding {...result} />
      <ClassBars classes={result.classes} />
      {beside && <ResultBeside session={session.id} model={result.model} {...{ hints, lesion }} />}
      <KeepSwitch session={session} />
      <ResultButtons session={session} />
      <div class="result-limits">
        <BoardLine brief contra={false} />
        <p>
          <strong>{t('research')}</strong> {codes().use.not}
        </p>
      </div>
    </main>
  );
}
