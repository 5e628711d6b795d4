/** Value of a cell; `null` is empty. */
export type Cell = string | number | null;

/**
 * One line of comma separated text (RFC 4180), including its end. Numbers stay numbers, in full precision. Text that a
 * spreadsheet would interpret as a formula is prefixed with an apostrophe (OWASP, "CSV Injection").
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
