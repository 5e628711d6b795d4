import { dayBounds } from '../lib/local-day.ts';
import type { LogSearch } from './port.ts';

/** `2026`, `2026-11`, `2026-11-26`. */
const BY_YEAR = /^([1-9]\d{3})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/;
/** `26.11.2026`, `26/11/2026`, `11.2026`: the day before the month, as in every language of the screen. */
const BY_DAY = /^(?:(\d{1,2})[./])?(\d{1,2})[./]([1-9]\d{3})$/;

/** A pattern of LIKE with the escape character `\` for what contains a text, in which no character is a wildcard. */
export function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
}

/** What a searched text may mean; a text of four digits is a number as well as a year. */
export function searchOf(given: string): LogSearch {
  const text = given.trim();
  const number = /^\d{1,15}$/.test(text) ? Number(text) : undefined;
  const opened = periodOf(text);
  return { text, ...(number === undefined ? {} : { number }), ...(opened === undefined ? {} : { opened }) };
}

function periodOf(text: string): LogSearch['opened'] {
  const [, year, month, day] = BY_YEAR.exec(text) ?? backwards(BY_DAY.exec(text)) ?? [];
  if (year === undefined) return undefined;
  const first = dayBounds(iso(year, month ?? '1', day ?? '1'));
  if (first === undefined) return undefined;
  if (day !== undefined) return [first.from, first.before];
  const next = new Date(Number(year), month === undefined ? 12 : Number(month), 1);
  return [first.from, next.getTime()];
}

function backwards(found: RegExpExecArray | null): readonly (string | undefined)[] | undefined {
  return found === null ? undefined : [found[0], found[3], found[2], found[1]];
}

function iso(year: string, month: string, day: string): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
