import type { JSX } from 'preact';
import type { ResultView, Showing } from '#protocol/view.ts';
import { Headline } from '../components/headline.tsx';
import { BoardLine } from '../components/board-line.tsx';
import { ContraBand } from '../components/contra-band.tsx';
import { FrozenImage } from '../components/frozen-image.tsx';
import { KeepSwitch } from '../components/keep-switch.tsx';
import { ResultButtons } from '../components/result-buttons.tsx';
import { StatementBand } from '../components/statement-band.tsx';
import { codes, wordsOf } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';

interface WithheldScreenProps {
  readonly session: Showing;
  readonly result: Extract<ResultView, { outcome: 'withheld' }>;
}

/** The result is withheld: the screen says so and shows no score. */
export function WithheldScreen({ session, result }: WithheldScreenProps): JSX.Element {
  const { message, cure } = wordsOf(result.reason);
  // Another image may get a result; for an equally good image of the same lesion the model will be just as uncertain.
  const isAboutPicture = result.reason === 'unlike-training';
  return (
    <main class={`result withheld${session.keeping === undefined ? '' : ' with-consent'}`}>
      <StatementBand statement="no-answer" heading="h1" />
      <ContraBand />
      <FrozenImage session={session} explanation={result.explanation} model={result.model} />
      <Headline icon="withheld" tone="caution" title={t('withheld')} text={message} heading="h2">
        {isAboutPicture && <p class="headline-cure">{cure}</p>}
      </Headline>
      <KeepSwitch session={session} />
      <ResultButtons session={session} main={isAboutPicture ? 'again' : 'save'} />
      <div class="result-limits">
        <BoardLine brief contra={false} />
        <p>{codes().use.headline}</p>
      </div>
    </main>
  );
}
