import { setImmediate } from 'node:timers/promises';
import { dayBounds, dayOf } from '../../lib/local-day.ts';
import { wilsonInterval } from '../../lib/wilson.ts';
import { groundTruthOf, type GroundTruth } from '../../protocol/assessments.ts';
import {
  LEAST_FOR_FIGURE,
  type BlindStatistics,
  type Share,
  type Statistics,
} from '../../protocol/statistics.ts';
import { isReferral } from '../../protocol/view.ts';
import type { LogCount, LogFilter, SessionStore } from '../../store/port.ts';

type CountedLog = Pick<SessionStore, 'counter' | 'firstOpened'>;

/** Milliseconds: earlier than any time of a kiosk's clock with a four-digit year. */
const EARLIEST = Date.UTC(1001, 0, 1);

/** Counts one day at a time, so that the service can do other work in between. */
export async function statisticsOf(log: CountedLog, filter: LogFilter): Promise<Statistics> {
  const days: { day: string; counts: readonly LogCount[] }[] = [];
  const count = log.counter(filter);
  const end = filter.openedBefore ?? Infinity;
  for (let from = filter.openedFrom ?? EARLIEST; ;) {
    const opened = log.firstOpened(from);
    if (opened === undefined || opened >= end) break;
    const day = dayOf(opened);
    const before = Math.min(dayBounds(day)?.before ?? end, end);
    const counts = count(opened, before);
    if (counts.length > 0) days.push({ day, counts });
    from = before;
    await setImmediate();
  }
  const all = days.flatMap(({ counts }) => counts);
  return {
    sessions: sum(all, () => true),
    outcomes: outcomesOf(all),
    days: days.map(({ day, counts }) => ({ day, outcomes: outcomesOf(counts) })),
    ...againstPeople(all),
    blind: blindOf(all),
  };
}

function blindOf(counts: readonly LogCount[]): BlindStatistics {
  const asked = counts.filter(({ statement, opinionBefore }) => statement !== null && opinionBefore !== null);
  const of = (opinion: LogCount['opinionBefore']): number =>
    sum(asked, ({ opinionBefore }) => opinionBefore === opinion);
  const said = asked.filter(
    ({ opinionBefore }) => opinionBefore === 'benign' || opinionBefore === 'malignant',
  );
  const agreed = sum(said, (count) => count.opinionBefore === callOf(count));
  const later = said.filter((count) => laterOpinion(count) !== undefined);
  const changed = later.filter((count) => laterOpinion(count) !== count.opinionBefore);
  return {
    asked: sum(asked, () => true),
    opinions: { benign: of('benign'), malignant: of('malignant'), unsure: of('unsure'), none: of('none') },
    agreement: share(agreed, of('benign') + of('malignant')),
    changed: share(
      sum(changed, () => true),
      sum(later, () => true),
    ),
    followed: sum(changed, (count) => laterOpinion(count) === callOf(count)),
  };
}

/** What the kiosk's statement says of a lesion. */
function callOf({ statement }: LogCount): GroundTruth | undefined {
  if (statement === null) return undefined;
  return isReferral(statement) ? 'malignant' : 'benign';
}

/** What the clinician said with the result before them: their own opinion, or else their verdict on the statement. */
function laterOpinion(count: LogCount): GroundTruth | undefined {
  const { opinion, clinician } = count;
  if (opinion === 'benign' || opinion === 'malignant') return opinion;
  if (opinion !== null) return groundTruthOf(opinion);
  const call = callOf(count);
  if (clinician === 'agree') return call;
  if (clinician === 'disagree') return call === 'benign' ? 'malignant' : 'benign';
  return undefined;
}

function againstPeople(
  counts: readonly LogCount[],
): Pick<Statistics, 'verdicts' | 'agreement' | 'histology' | 'sensitivity' | 'specificity'> {
  const verdict = (wanted: LogCount['clinician']): number =>
    sum(counts, ({ statement, clinician }) => statement !== null && clinician === wanted);
  const verdicts = { agree: verdict('agree'), disagree: verdict('disagree'), unsure: verdict('unsure') };
  const truths = (said: (count: LogCount) => boolean): { malignant: number; benign: number } => {
    const of = (truth: string): number =>
      sum(
        counts,
        (count) => said(count) && count.histology !== null && groundTruthOf(count.histology) === truth,
      );
    return { malignant: of('malignant'), benign: of('benign') };
  };
  const histology = {
    above: truths(({ statement }) => statement !== null && isReferral(statement)),
    below: truths(({ statement }) => statement === 'below'),
    withheld: truths(({ outcome }) => outcome === 'withheld'),
  };
  const { above, below } = histology;
  return {
    verdicts,
    agreement: share(verdicts.agree, verdicts.agree + verdicts.disagree),
    histology,
    sensitivity: share(above.malignant, above.malignant + below.malignant),
    specificity: share(below.benign, above.benign + below.benign),
  };
}

function share(count: number, of: number): Share {
  if (of < LEAST_FOR_FIGURE) return { count, of };
  return { count, of, figure: { value: count / of, ...wilsonInterval(count, of) } };
}

function outcomesOf(counts: readonly LogCount[]): Statistics['outcomes'] {
  const of = (wanted: LogCount['outcome']): number => sum(counts, ({ outcome }) => outcome === wanted);
  return {
    result: of('result'),
    withheld: of('withheld'),
    retake: of('retake'),
    fault: of('fault'),
    aborted: of('aborted'),
  };
}

function sum(counts: readonly LogCount[], counted: (count: LogCount) => boolean): number {
  return counts.reduce((total, count) => (counted(count) ? total + count.sessions : total), 0);
}
