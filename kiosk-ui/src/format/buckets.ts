import type { Statistics } from '#protocol/statistics.ts';
import { addDays, daysBetween, monthName, monthOf, shortDay, weekOf } from './calendar.ts';

/** More bars than this cannot be distinguished from two metres away. */
const MOST_BARS = 31;

export type BucketUnit = 'day' | 'week' | 'month' | 'year';

export interface Bucket {
  /** The first day of the bucket's period. */
  readonly from: string;
  readonly name: string;
  /** Sessions that were analysed: with a result or withheld. */
  readonly answered: number;
  /** All other sessions. */
  readonly unanswered: number;
}

const UNITS: Readonly<
  Record<
    BucketUnit,
    { begin: (day: string) => string; next: (from: string) => string; name: (from: string) => string }
  >
> = {
  day: { begin: (day) => day, next: (from) => addDays(from, 1), name: shortDay },
  week: { begin: weekOf, next: (from) => addDays(from, 7), name: shortDay },
  month: {
    begin: (day) => monthOf(day),
    next: (from) => monthOf(from, 1),
    name: (from) => monthName(from, 'short'),
  },
  year: {
    begin: (day) => `${day.slice(0, 4)}-01-01`,
    next: (from) => monthOf(from, 12),
    name: (from) => from.slice(0, 4),
  },
};

/** Buckets per day if there are few enough, otherwise per week, month or year; empty ones are included. */
export function bucketsOf(
  days: Statistics['days'],
  { from = days[0]?.day, to = days.at(-1)?.day }: { readonly from?: string; readonly to?: string },
): { readonly unit: BucketUnit; readonly buckets: readonly Bucket[] } {
  if (from === undefined || to === undefined) return { unit: 'day', buckets: [] };
  const unit = unitOf(daysBetween(from, to));
  const { begin, next, name } = UNITS[unit];
  const found = new Map<string, { answered: number; unanswered: number }>();
  for (const { day, outcomes } of days) {
    const bucket = found.get(begin(day)) ?? { answered: 0, unanswered: 0 };
    bucket.answered += outcomes.result + outcomes.withheld;
    bucket.unanswered += outcomes.retake + outcomes.fault + outcomes.aborted;
    found.set(begin(day), bucket);
  }
  const buckets: Bucket[] = [];
  for (let at = begin(from); at <= to; at = next(at)) {
    buckets.push({ from: at, name: name(at), answered: 0, unanswered: 0, ...found.get(at) });
  }
  return { unit, buckets };
}

function unitOf(days: number): BucketUnit {
  if (days <= MOST_BARS) return 'day';
  // The first week or month may begin before the first day.
  if (days <= 7 * (MOST_BARS - 1)) return 'week';
  return days <= 30 * (MOST_BARS - 1) ? 'month' : 'year';
}

/** Round numbers from 0 to at least `most`, in at most four steps. */
export function ticksOf(most: number): readonly number[] {
  const rough = Math.max(1, most) / 4;
  const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((each) => each >= rough) ?? 10 * power;
  return Array.from({ length: Math.ceil(Math.max(1, most) / step) + 1 }, (_, i) => i * step);
}
