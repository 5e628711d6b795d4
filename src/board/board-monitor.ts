import type { Clock } from '../lib/clock.ts';
import { codeOf, describe } from '../lib/errors.ts';
import type { Service } from '../lib/lifecycle.ts';
import type { Logger } from '../lib/logger.ts';
import { BOARD_WARNING_CODES, type BoardWarning } from '../protocol/board.ts';
import type { JournalEvent } from '../protocol/journal.ts';
import type { SessionHead, SessionView } from '../protocol/view.ts';
import type { SessionControl } from '../session/port.ts';
import { journalBestEffort } from '../store/best-effort.ts';
import type { SessionStore } from '../store/port.ts';
import type { Board, BoardReading } from './port.ts';
import { warningsOf } from './warnings.ts';

/** Interval of the readings, ms. */
export const POLL_MS = 10_000;

/**
 * A warning is cleared only after this many readings in a row without it: an unstable supply is one warning, not a
 * dozen.
 */
export const CALM_READINGS = 3;

export interface BoardMonitorOptions {
  readonly board: Board;
  readonly view: { setBoard(warnings: readonly BoardWarning[]): void };
  readonly session: Pick<SessionControl, 'onChange'>;
  readonly store: Pick<SessionStore, 'append'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Polls the board while the kiosk runs; reports each change once, and which sessions it affected. */
export class BoardMonitor implements Service {
  readonly name = 'board';
  readonly #options: BoardMonitorOptions;
  /** Active warnings, with the number of consecutive readings without them. */
  readonly #standing = new Map<BoardWarning, number>();
  /** Warnings active at any time during the session in progress. */
  readonly #during = new Set<BoardWarning>();
  /** The session in progress, as last reported. */
  #open: SessionHead | undefined;
  #last: BoardReading | undefined;
  #running = false;
  #cancel: () => void = () => undefined;
  #unsubscribe: () => void = () => undefined;

  constructor(options: BoardMonitorOptions) {
    this.#options = options;
  }

  /** Does not wait for the first reading: a slow board must not delay the screen. */
  start(): Promise<void> {
    this.#running = true;
    this.#unsubscribe = this.#options.session.onChange((session) => {
      this.#follow(session);
    });
    void this.#poll();
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#running = false;
    this.#cancel();
    this.#unsubscribe();
    return Promise.resolve();
  }

  /** Active warnings, most severe first. */
  warnings(): readonly BoardWarning[] {
    return BOARD_WARNING_CODES.filter((code) => this.#standing.has(code));
  }

  async #poll(): Promise<void> {
    const { board, clock, log } = this.#options;
    try {
      const reading = await board.read();
      // The compiler narrows it as unchanged, but it may have been stopped meanwhile.
      if (!this.#isRunning()) return;
      this.#judge(reading);
    } catch (error) {
      log.error({ code: codeOf(error), error: describe(error) }, 'could not read the board status');
    }
    if (this.#isRunning()) this.#cancel = clock.after(POLL_MS, () => void this.#poll());
  }

  #isRunning(): boolean {
    return this.#running;
  }

  #judge(reading: BoardReading): void {
    const found = warningsOf(reading, this.#last);
    this.#last = reading;
    const before = this.warnings();
    for (const code of found) this.#standing.set(code, 0);
    for (const code of before.filter((standing) => !found.includes(standing))) this.#calm(code);
    const after = this.warnings();
    const raised = after.filter((code) => !before.includes(code));
    const cleared = before.filter((code) => !after.includes(code));
    if (raised.length + cleared.length === 0) return;
    this.#options.log.warn({ raised, cleared, celsius: reading.celsius }, 'board conditions changed');
    if (raised.length > 0) this.#note({ kind: 'board-warning', body: { warnings: raised } });
    if (cleared.length > 0) this.#note({ kind: 'board-well', body: { warnings: cleared } });
    if (this.#open !== undefined) for (const code of raised) this.#during.add(code);
    this.#options.view.setBoard(after);
  }

  #calm(code: BoardWarning): void {
    const readings = (this.#standing.get(code) ?? 0) + 1;
    if (readings < CALM_READINGS) this.#standing.set(code, readings);
    else this.#standing.delete(code);
  }

  /**
   * A session's journal rows include the warnings active while it ran; written after it ends, so that no result waits
   * for it.
   */
  #follow(session: SessionView): void {
    // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- `asking`: the session is still open
    switch (session.state) {
      case 'capturing':
      case 'checking':
      case 'classifying':
        if (this.#open === undefined) for (const code of this.warnings()) this.#during.add(code);
        this.#open = session;
        break;
      case 'ready':
      case 'retake':
      case 'showing':
      case 'fault':
        this.#close();
    }
  }

  /** A session that was never durably opened has no rows. */
  #close(): void {
    const session = this.#open;
    this.#open = undefined;
    const warnings = BOARD_WARNING_CODES.filter((code) => this.#during.has(code));
    this.#during.clear();
    if (warnings.length === 0 || session?.number === undefined) return;
    this.#note({ kind: 'board-warning', body: { warnings } }, session.id);
  }

  #note(event: JournalEvent<'board-warning' | 'board-well'>, sessionId?: string): void {
    journalBestEffort(this.#options.store, this.#options.log, event, sessionId);
  }
}
