/** The day of a moment, YYYY-MM-DD. */
export function dayOf(ms: number): string {
  const moment = new Date(ms);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}
