/** What a cell may hold; `null` is empty. */
export type Cell = string | number | null;

/**
 * One line of comma separated text (RFC 4180), its end included. Numbers stay numbers, in as many digits as they have. Text that a spreadsheet
 * would take for a formula gets an apostrophe before it (OWASP, "CSV Injection").
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
