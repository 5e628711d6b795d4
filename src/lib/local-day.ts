/**
 * Calendar days in the board's time zone: a day has 23 or 25 hours when the clocks change, begins at the first moment
 * with its date, and is empty if the zone skipped it.
 */
export interface DayBounds {
  /** Milliseconds since 1970: the first moment of the day … */
  readonly from: number;
  /** … and the first of the next. */
  readonly before: number;
}

/** Most days, ms; for spans of days, where an hour more or less does not matter. */
export const DAY_MS = 86_400_000;

const DAY = /^([1-9]\d{3})-(\d\d)-(\d\d)$/;

/** @param day YYYY-MM-DD; returns `undefined` if it is not a calendar day */
export function dayBounds(day: string): DayBounds | undefined {
  const [, year, month, date] = (DAY.exec(day) ?? []).map(Number);
  if (year === undefined || month === undefined || date === undefined) return undefined;
  const inCalendar = new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10) === day;
  if (!inCalendar) return undefined;
  // Midnight may not exist, or exist twice: the constructor takes the moment the clocks jumped to, or the earlier of
  // the two.
  return {
    from: new Date(year, month - 1, date).getTime(),
    before: new Date(year, month - 1, date + 1).getTime(),
  };
}

/** The day of a moment, YYYY-MM-DD; with a four-digit year. */
export function dayOf(ms: number): string {
  const moment = new Date(ms);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}
