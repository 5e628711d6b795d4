import { CURE_IN_MESSAGE, ERRORS, type ErrorCode } from '../protocol/error-codes.ts';

/**
 * The only error class of the project. Code handles it by `code` (`module/what`), never by message; what each code
 * means and what to do about it is in one table, `protocol/error-codes.ts`.
 */
export class KioskError extends Error {
  override readonly name = 'KioskError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** The code of any thrown value; `fallback` if it is not a KioskError. */
export function codeOf(error: unknown, fallback: ErrorCode = 'internal/error'): ErrorCode {
  return error instanceof KioskError ? error.code : fallback;
}

/** What to do about an error; `undefined` if its message already says so, or if it is not a KioskError. */
export function cureOf(error: unknown): string | undefined {
  if (!(error instanceof KioskError) || CURE_IN_MESSAGE.has(error.code)) return undefined;
  return ERRORS[error.code].cure;
}

/** The code that the operating system, SQLite or Node gave an error (such as `EBUSY`); empty for any other. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** The message, including the causes. Ours keep their lines, of which each names a problem; all others become one line. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const message = error.message || error.name;
  // Node's own messages may have several lines.
  const own = error instanceof KioskError ? message : message.replace(/\s*\n\s*/g, ' ');
  return error.cause === undefined ? own : `${own} (${describe(error.cause)})`;
}
