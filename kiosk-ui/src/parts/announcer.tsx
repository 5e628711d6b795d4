import type { JSX } from 'preact';
import type { View } from '../../../src/protocol/view.ts';
import { comparePercent } from '../../../src/protocol/percent.ts';
import { STATEMENTS, WITHHELD, wordsOf } from '../format/words.ts';
import { screen, view } from '../state.ts';

/** Says aloud, through a screen reader, what the screen turned to. */
export function Announcer(): JSX.Element {
  const now = view.value;
  const text = now === undefined || screen.value === 'offline' ? 'Connecting to the kiosk' : spoken(now);
  return (
    <p class="unseen" role="status">
      {text}
    </p>
  );
}

function spoken({ session }: View): string {
  switch (session.state) {
    case 'ready':
      return 'Ready';
    case 'capturing':
      return 'Hold still';
    case 'checking':
      return 'Checking the picture';
    case 'classifying':
      return 'Analysing';
    case 'retake':
      return `${wordsOf(session.reason).message} ${wordsOf(session.reason).cure}`;
    case 'fault':
      return `${wordsOf(session.code).message} ${wordsOf(session.code).cure}`;
    case 'showing': {
      const { result } = session;
      if (result.outcome === 'withheld') return WITHHELD;
      const { value } = comparePercent(result.malignancy, result.threshold);
      return `${STATEMENTS[result.statement]}: ${value}`;
    }
  }
}
