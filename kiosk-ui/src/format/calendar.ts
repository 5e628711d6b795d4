import type { Language } from '#protocol/languages.ts';
import { language, LOCALES } from '../i18n/language.ts';

/**
 * Days as YYYY-MM-DD, as the log query takes them. Computed in UTC, where every day has 24 hours: only calendar days
 * are needed here; the service knows which instants they cover.
 */
const DAY_MS = 86_400_000;

/** Where weeks start on Sunday, users expect it first. */
const FIRST_WEEKDAY: Readonly<Record<Language, number>> = { en: 1, de: 1, es: 1, fr: 1, pt: 0 };

/** Today on the board. */
export function today(now = new Date()): string {
  return iso(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()));
}

export function addDays(day: string, days: number): string {
  return iso(Date.parse(day) + days * DAY_MS);
}

/** The first day of the month `count` months after that of `day`. */
export function monthOf(day: string, months = 0): string {
  const date = new Date(day);
  return iso(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
}

/** The whole month before this one. */
export function lastMonth(now = today()): { readonly from: string; readonly to: string } {
  return { from: monthOf(now, -1), to: addDays(monthOf(now), -1) };
}

/** Days between two days, inclusive. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
}

/** The six weeks that contain a month, with days of the adjacent months. */
export function weeksOf(month: string): readonly (readonly string[])[] {
  const before = (new Date(month).getUTCDay() - FIRST_WEEKDAY[language.value] + 7) % 7;
  return Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (_day, i) => addDays(month, 7 * week + i - before)),
  );
}

/** The first day of the week that contains `day`. */
export function weekOf(day: string): string {
  return addDays(day, -((new Date(day).getUTCDay() - FIRST_WEEKDAY[language.value] + 7) % 7));
}

export function calendarDay(day: string): string {
  return named(day, { day: 'numeric', month: 'short', year: 'numeric' });
}

/** Without the year, for axis labels. */
export function shortDay(day: string): string {
  return named(day, { day: 'numeric', month: 'short' });
}

export function monthName(day: string, month: 'long' | 'short' = 'long'): string {
  return named(day, { month, year: 'numeric' });
}

export function weekdayName(day: string): string {
  return named(day, { weekday: 'short' });
}

function named(day: string, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(LOCALES[language.value], { ...parts, timeZone: 'UTC' }).format(
    new Date(day),
  );
}

function iso(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
