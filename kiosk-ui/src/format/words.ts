import { LESION_CLASSES, CLASS_IDS, type Probabilities } from '../../../src/protocol/classes.ts';
import type { SessionSummary } from '../../../src/protocol/http.ts';
import { FAULTS, RETAKE_REASONS, WITHHELD_REASONS, type Words } from '../../../src/protocol/reasons.ts';
import type { CaptureSource, ClassShare, Disposition, Hints } from '../../../src/protocol/view.ts';
import { comparePercent } from '../../../src/protocol/percent.ts';

const WORDS: Readonly<Record<string, Words>> = { ...RETAKE_REASONS, ...WITHHELD_REASONS, ...FAULTS };

export const DISPOSITIONS: Readonly<Record<Disposition, string>> = {
  unreviewed: 'Not reviewed',
  accepted: 'Accepted',
  discarded: 'Discarded',
};

export const SOURCES: Readonly<Record<CaptureSource, string>> = { camera: 'Camera', upload: 'File' };

export const STATEMENTS = {
  above: 'Above the referral threshold',
  below: 'Below the referral threshold',
} as const;

export const WITHHELD = 'Withheld: clinical evaluation required';

export type OutcomeMark = 'above' | 'below' | 'withheld' | 'retake' | 'fault';

/** One line for a row of the log. */
export function outcomeLine(session: SessionSummary): { readonly mark: OutcomeMark; readonly text: string } {
  const reason = session.reason === undefined ? undefined : WORDS[session.reason]?.message;
  switch (session.outcome) {
    case 'result': {
      const mark = session.statement ?? 'above';
      const { malignancy, threshold } = session;
      if (malignancy === undefined || threshold === undefined) return { mark, text: STATEMENTS[mark] };
      return { mark, text: `${comparePercent(malignancy, threshold).value} · ${mark} threshold` };
    }
    case 'withheld':
      return { mark: 'withheld', text: line('Withheld', reason) };
    case 'retake':
      return { mark: 'retake', text: line('Retake', reason) };
    case 'fault':
      return { mark: 'fault', text: line('Fault', reason) };
    case 'aborted':
      return { mark: 'fault', text: 'Ended before it had a result' };
  }
}

/** Only what was answered, even by withholding, is there to be accepted or discarded. */
export function isReviewed({ outcome }: Pick<SessionSummary, 'outcome'>): boolean {
  return outcome === 'result' || outcome === 'withheld';
}

/** The words of a reason of any kind; the service may be newer than the screen and give one it does not know. */
export function wordsOf(reason: string | undefined): Words {
  return (reason === undefined ? undefined : WORDS[reason]) ?? FAULTS['internal/error'];
}

/** Rows of a differential out of the bare probabilities: most probable first, on a tie the more severe. */
export function sharesOf(probabilities: Probabilities): readonly ClassShare[] {
  return CLASS_IDS.map((id) => ({ ...LESION_CLASSES[id], probability: probabilities[id] })).sort(
    (a, b) => b.probability - a.probability || b.severity - a.severity,
  );
}

/** First and last characters of a long hash: enough to compare by eye. */
export function shortHash(hash: string): string {
  return hash.length <= 16 ? hash : `${hash.slice(0, 8)}…${hash.slice(-4)}`;
}

/** Local time of the board, in the order in which logs are read. */
export function when(iso: string, timeZone?: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat('en-GB', {
    day: '2-digit',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(date);
}

/** `darkShare` → "Dark share"; a part of something, as in `classify.decodeMs`, → "· decode". */
export function fieldName(key: string): string {
  const part = key.slice(key.lastIndexOf('.') + 1);
  if (part !== key) return `· ${fieldName(part).toLowerCase()}`;
  const spaced = key.replace(/Ms$/, '').replaceAll(/([a-z])([A-Z])/g, (_all, a: string, b: string) => {
    return `${a} ${b.toLowerCase()}`;
  });
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** The hints by name: asymmetry from 0, border from 1 for a circle, dermoscopic colours of six, largest diameter where it is known. */
export function hintFacts({
  asymmetry,
  borderIrregularity,
  colours,
  diameterMm,
}: Hints): readonly (readonly [string, string])[] {
  return [
    ['Asymmetry', asymmetry.toFixed(2)],
    ['Border', borderIrregularity.toFixed(2)],
    ['Colours', `${colours} of 6`],
    ...(diameterMm === undefined ? [] : [['Size', `${diameterMm.toFixed(1)} mm`] as const]),
  ];
}

/** Three significant digits, without an exponent or trailing noise. */
export function figure(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)));
}

function line(head: string, reason: string | undefined): string {
  return reason === undefined ? head : `${head}: ${reason.replace(/\.$/, '')}`;
}
