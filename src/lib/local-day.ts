/**
 * Days as people on this board count them: by its own time zone, so that a day has 23 or 25 hours where the clocks are changed, begins at the
 * first moment that bears its date, and is empty where a zone has leapt over it.
 */
export interface DayBounds {
  /** Milliseconds since 1970: the first moment of the day … */
  readonly from: number;
  /** … and the first of the next. */
  readonly before: number;
}

const DAY = /^([1-9]\d{3})-(\d\d)-(\d\d)$/;

/** @param day YYYY-MM-DD; `undefined` is no day of the calendar */
export function dayBounds(day: string): DayBounds | undefined {
  const [, year, month, date] = (DAY.exec(day) ?? []).map(Number);
  if (year === undefined || month === undefined || date === undefined) return undefined;
  const inCalendar = new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10) === day;
  if (!inCalendar) return undefined;
  // Midnight may not exist, or exist twice: the constructor takes the moment the clocks leapt to, or the earlier of the two.
  return {
    from: new Date(year, month - 1, date).getTime(),
    before: new Date(year, month - 1, date + 1).getTime(),
  };
}

/** The day that bears a moment, YYYY-MM-DD; its year as in the calendar, with four digits. */
export function dayOf(ms: number): string {
  const moment = new Date(ms);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}
