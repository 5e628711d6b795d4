/** A text so that Markdown shows it as it is, on one line. Within a word an underscore means nothing. */
export function plain(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\`*<[\]|]|(?<![a-z0-9])_|_(?![a-z0-9])/gi, '\\$&');
}

/** The day of an ISO 8601 time: the card itself has the hour. */
export function day(iso: string): string {
  return plain(iso.slice(0, 10));
}

/** @param items Markdown */
export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** @param rows cells in Markdown */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [heads, heads.map(() => '---'), ...rows].map(line).join('\n');
}
