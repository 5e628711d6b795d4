import type { HistologyFinding, OpinionBefore } from '#protocol/assessments.ts';
import { CLASS_IDS, type ClassId } from '#protocol/classes.ts';
import type { ContraAnswer, SessionContext } from '#protocol/context.ts';
import type { SessionSummary } from '#protocol/http.ts';
import type { LesionCapture } from '#protocol/lesion.ts';
import type { SessionOutcome } from '#protocol/outcome.ts';
import type { AbcdFeatures, Statement } from '#protocol/view.ts';
import { codes, fieldWord, wordsOf } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';
import { comparePercent, fixed } from './numbers.ts';
import { lesionName } from './sites.ts';

export type OutcomeMark = Statement | 'withheld' | 'retake' | 'fault';

/** One line of the log. */
export function outcomeLine(session: SessionSummary): { readonly mark: OutcomeMark; readonly text: string } {
  switch (session.outcome) {
    case 'result': {
      const { malignancy, threshold, statement: mark = 'above' } = session;
      if (malignancy === undefined || threshold === undefined) return { mark, text: t(`statement.${mark}`) };
      return { mark, text: t(`outcome.${mark}`, { value: comparePercent(malignancy, threshold).value }) };
    }
    case 'withheld':
    case 'retake':
    case 'fault':
      return { mark: session.outcome, text: because(t(`outcome.${session.outcome}`), session.reason) };
    case 'aborted':
      return { mark: 'fault', text: t('outcome.aborted') };
  }
}

/** The number of one of a lesion's captures, or that it was withheld. */
export function capturedNumber({
  malignancy,
  threshold,
}: Pick<LesionCapture, 'malignancy' | 'threshold'>): string {
  return malignancy === undefined || threshold === undefined
    ? t('outcome.withheld')
    : comparePercent(malignancy, threshold).value;
}

/** The outcome alone, in one or two words. */
export function outcomeName(outcome: SessionOutcome): string {
  return outcome === 'result' || outcome === 'aborted' ? t(`filter.${outcome}`) : t(`outcome.${outcome}`);
}

/** Only results and withheld results can be accepted or discarded. */
export function isReviewed({ outcome }: Pick<SessionSummary, 'outcome'>): boolean {
  return outcome === 'result' || outcome === 'withheld';
}

/** The answer given with a capture; what was not answered is never shown as none. */
export function contraText(contra: ContraAnswer | undefined): string {
  if (contra === undefined) return t('contra.fact.not-asked');
  if (contra.found === null) return t('contra.fact.open');
  if (contra.found.length === 0) return t('contra.fact.none');
  return contra.found.map((code) => codes().contraIndications[code]).join(' · ');
}

/** The opinion given before the result; one that was left is never shown as unsure. */
export function opinionBeforeText(before: Pick<OpinionBefore, 'opinion'> | undefined): string {
  if (before === undefined) return t('opinion.not-asked');
  return t(before.opinion === null ? 'opinion.none' : `opinion.${before.opinion}`);
}

/** The same beside a result. */
export function opinionBeforeLine(opinion: OpinionBefore['opinion']): string {
  return t('opinion.before', { opinion: opinionBeforeText({ opinion }) });
}

/** First and last characters of a long hash: enough to compare visually. */
export function shortHash(hash: string): string {
  return hash.length <= 16 ? hash : `${hash.slice(0, 8)}…${hash.slice(-4)}`;
}

/**
 * `darkShare` → "Dark share"; a part such as `classify.decodeMs` → "· decode". Also used for names the screen's
 * language has no word for.
 */
export function fieldName(key: string): string {
  const part = key.slice(key.lastIndexOf('.') + 1);
  const word = fieldWord(part);
  if (part !== key) return `· ${word ?? fieldName(part).toLowerCase()}`;
  if (word !== undefined) return word;
  const spaced = key.replace(/Ms$/, '').replaceAll(/([a-z])([A-Z])/g, (_all, a: string, b: string) => {
    return `${a} ${b.toLowerCase()}`;
  });
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/**
 * The largest diameter, if it was measured. Asymmetry, border and colours are exported and not shown: without the
 * distribution they come from, bare numbers mislead.
 */
export function sizeFacts({ diameterMm }: AbcdFeatures): readonly (readonly [string, string])[] {
  return diameterMm === undefined ? [] : [[t('hint.size'), `${fixed(diameterMm, 1)} mm`]];
}

function because(outcome: string, reason: string | undefined): string {
  if (reason === undefined) return outcome;
  return t('outcome.because', { outcome, reason: wordsOf(reason).message.replace(/\.$/, '') });
}

export function histologyName(finding: HistologyFinding): string {
  return isClass(finding) ? codes().classes[finding] : t(`histology.${finding}`);
}

function isClass(finding: HistologyFinding): finding is ClassId {
  return CLASS_IDS.some((id) => id === finding);
}

/** Whose a session is: reference, label and site, as far as they are not erased. */
export function whoseWords(context: SessionContext | undefined): readonly string[] {
  if (context === undefined) return [t('session.no-patient')];
  const { reference = '', lesion } = context;
  return [reference, ...(lesion === undefined ? [] : [lesionName(lesion)])].filter((word) => word !== '');
}
