import { describe } from '../lib/errors.ts';
import type { ExitCode, Terminal } from './terminal.ts';

/** One part that was tried, for `doctor` and `verify`. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Tries a part: what it returns is the detail, what it throws is the reason why it failed. */
export async function check(name: string, part: () => string | Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, detail: await part() };
  } catch (error) {
    return { name, ok: false, detail: describe(error) };
  }
}

/** Prints the checks, as lines or as one JSON object with them under `key`; 1 if any failed. */
export function report(
  checks: readonly Check[],
  { stdout }: Terminal,
  { key, json, width }: { readonly key: string; readonly json: boolean; readonly width: number },
): ExitCode {
  const lines = checks.map(
    ({ name, ok, detail }) => `${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(width)} ${detail}\n`,
  );
  stdout.write(json ? `${JSON.stringify({ [key]: checks })}\n` : lines.join(''));
  return checks.every(({ ok }) => ok) ? 0 : 1;
}
