import { passes } from '../diagnostics/check.ts';
import type { Check, CheckState } from '../protocol/diagnostics.ts';
import type { ExitCode, Terminal } from './terminal.ts';

/** One finding of `doctor` or `verify`. */
type Finding = Omit<Check, 'id'> & { readonly id: string };

const MARKS: Readonly<Record<CheckState, string>> = {
  ok: 'ok',
  warning: 'WARNING',
  failed: 'FAILED',
  unknown: '?',
};

/** Columns: the longest mark and the longest title. */
const MARK_WIDTH = 7;
const TITLE_WIDTH = 9;

/**
 * Prints the findings, one line each with its cure below, or as one JSON object under `key`; returns 1 if any failed.
 */
export function report(
  findings: readonly Finding[],
  { stdout }: Terminal,
  { key, json }: { readonly key: string; readonly json: boolean },
): ExitCode {
  const ok = passes(findings);
  stdout.write(json ? `${JSON.stringify({ ok, [key]: findings })}\n` : findings.map(linesOf).join(''));
  return ok ? 0 : 1;
}

function linesOf({ title, state, found, cure }: Finding): string {
  const head = `${MARKS[state].padEnd(MARK_WIDTH)}  ${title.toLowerCase().padEnd(TITLE_WIDTH)}`;
  const rest = cure === undefined ? '' : `${' '.repeat(head.length)} → ${cure}\n`;
  return `${head} ${found}\n${rest}`;
}
