import { codeOf, describe } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import type { JournalEvent, JournalKind } from '../protocol/journal.ts';
import type { SessionStore } from './port.ts';

/** A row on which nothing depends: if it cannot be written, that is logged and the kiosk continues. */
export function journalBestEffort(
  store: Pick<SessionStore, 'append'>,
  log: Logger,
  event: JournalEvent,
  sessionId?: string,
): void {
  writeBestEffort(log, event.kind, () => {
    store.append(event, sessionId);
  });
}

/** The same for a row written by another method of the store. */
export function writeBestEffort(log: Logger, kind: JournalKind, write: () => void): void {
  try {
    write();
  } catch (error) {
    log.error({ kind, code: codeOf(error), error: describe(error) }, 'could not write a journal row');
  }
}
