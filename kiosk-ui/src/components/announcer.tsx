import type { JSX } from 'preact';
import type { PracticeView } from '#protocol/practice.ts';
import type { View } from '#protocol/view.ts';
import { comparePercent } from '../format/numbers.ts';
import { screen, view } from '../state/state.ts';
import { wordsOf } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';

/** Announces state changes to screen readers. */
export function Announcer(): JSX.Element {
  const now = view.value;
  const text = now === undefined || screen.value === 'offline' ? t('offline.title') : spoken(now);
  return (
    <p class="visually-hidden" role="status">
      {text}
    </p>
  );
}

function spokenPractice(practice: PracticeView): string {
  switch (practice.state) {
    case 'aiming':
      return t(practice.cured ? 'practice.cured' : `practice.${practice.step}.fault`);
    case 'checking':
      return t('working.checking');
    case 'retake':
      return `${wordsOf(practice.reason).message} ${wordsOf(practice.reason).cure}`;
    case 'good':
      return t('practice.good');
    case 'fault':
      return `${wordsOf(practice.code).message} ${wordsOf(practice.code).cure}`;
  }
}

function spoken({ session, idle, practice }: View): string {
  if (idle) return t('privacy.title');
  if (practice !== undefined) return spokenPractice(practice);
  switch (session.state) {
    case 'ready':
      return t('ready');
    case 'capturing':
    case 'checking':
    case 'classifying':
      return t(`working.${session.state}`);
    case 'asking':
      return t('contra.title');
    case 'opinion':
      return t('opinion.title');
    case 'retake':
      return `${wordsOf(session.reason).message} ${wordsOf(session.reason).cure}`;
    case 'fault':
      return `${wordsOf(session.code).message} ${wordsOf(session.code).cure}`;
    case 'showing': {
      const { result } = session;
      if (result.outcome === 'withheld') return t('withheld');
      const { value } = comparePercent(result.malignancy, result.threshold);
      return t('statement.spoken', { statement: t(`statement.${result.statement}`), value });
    }
  }
}
