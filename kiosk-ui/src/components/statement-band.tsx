import type { JSX } from 'preact';
import type { Statement } from '#protocol/view.ts';
import { Icon } from './icon.tsx';
import { t } from '../i18n/translate.ts';

interface StatementBandProps {
  /** `no-answer`: the result is withheld. */
  readonly statement: Statement | 'no-answer';
  readonly heading: 'h1' | 'h2';
}

/** The decision, by word, shape and colour: what is read first, and from 1.5 m. */
export function StatementBand({ statement, heading: Heading }: StatementBandProps): JSX.Element {
  return (
    <div class={`band band-${statement}`}>
      <Heading data-testid="statement">
        <Icon name={statement === 'no-answer' ? 'withheld' : statement} />
        <span>{t(`band.${statement}`)}</span>
      </Heading>
    </div>
  );
}
