import { KioskError, systemCode } from '../lib/errors.ts';
import type { SessionOutcome } from '../protocol/outcome.ts';

/**
 * Runs an operation and converts errors of SQLite or the file system to the store's errors, whose codes the screen has
 * texts for.
 */
export function wrapStoreErrors<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw storeError(error);
  }
}

/** @throws KioskError unless a session with this outcome can be reviewed */
export function requireReviewable(outcome: SessionOutcome | undefined): void {
  if (outcome === undefined) throw new KioskError('session/unknown', 'there is no such session');
  if (outcome === 'result' || outcome === 'withheld') return;
  throw new KioskError(
    'session/not-assessable',
    `a session that ended in ${outcome} has no result to assess`,
  );
}

/** @see https://www.sqlite.org/rescode.html */
export function storeError(error: unknown): KioskError {
  if (error instanceof KioskError) return error;
  const code = systemCode(error);
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') {
    return new KioskError('store/full', 'no space on the data disk', { cause: error });
  }
  if (/^SQLITE_(READONLY|CANTOPEN|PERM)/.test(code) || ['EROFS', 'EACCES', 'EPERM'].includes(code)) {
    return new KioskError('store/read-only', 'the data folder is not writable', { cause: error });
  }
  if (['ERR_DLOPEN_FAILED', 'MODULE_NOT_FOUND'].includes(code) || isUnbuilt(error)) {
    return new KioskError(
      'store/add-on',
      `SQLite’s add-on cannot be loaded on this Node, ${process.version}: run npm rebuild better-sqlite3`,
      { cause: error },
    );
  }
  return new KioskError('store/failed', 'the database could not be accessed', { cause: error });
}

/** The error of the package `bindings`, which has no code: it lists where it looked. */
function isUnbuilt(error: unknown): boolean {
  return error instanceof Error && 'tries' in error;
}

/** @param file of the database */
export function damaged(file: string, finding: string, cause?: unknown): KioskError {
  const cure = `set ${file}, ${file}-wal and ${file}-shm aside together and start again`;
  return new KioskError('store/damaged', `the database is damaged (${finding}); to continue, ${cure}`, {
    cause,
  });
}
