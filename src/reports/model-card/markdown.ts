/** Escapes a text for Markdown, on one line. Within a word an underscore has no meaning. */
export function plain(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\`*<[\]|]|(?<![a-z0-9])_|_(?![a-z0-9])/gi, '\\$&');
}

/** The date of an ISO 8601 time: the card itself has the hour. */
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
