import { language, LOCALES } from '../i18n/language.ts';

/** Local time of the board, as in a log. */
export function when(iso: string, timeZone?: string): string {
  return local(iso, {
    day: '2-digit',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    ...(timeZone === undefined ? {} : { timeZone }),
  });
}

/** Local date of the board with its year: captures of a lesion are months apart. */
export function localDay(iso: string): string {
  return local(iso, { day: 'numeric', month: 'short', year: 'numeric' });
}

/** As `localDay`, to the minute: there may be several captures on one day. */
export function localMinute(iso: string): string {
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return local(iso, { day: 'numeric', month: 'short', year: 'numeric', ...time });
}

function local(iso: string, parts: Intl.DateTimeFormatOptions): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? iso
    : new Intl.DateTimeFormat(LOCALES[language.value], parts).format(date);
}

/** The date in UTC. */
export function day(iso: string): string {
  const date = new Date(iso);
  if (language.value === 'en' || Number.isNaN(date.getTime())) return iso.slice(0, 10);
  return new Intl.DateTimeFormat(LOCALES[language.value], { dateStyle: 'medium', timeZone: 'UTC' }).format(
    date,
  );
}
