import { beforeEach, describe, expect, it } from 'vitest';
import { BoardMonitor, CALM_READINGS, POLL_MS } from '../../src/board/board-monitor.ts';
import { Emitter } from '../../src/lib/emitter.ts';
import type { BoardWarning } from '../../src/protocol/board.ts';
import type { SessionView } from '../../src/protocol/view.ts';
import { FakeBoard, SILENT } from '../fakes/board-root.ts';
import { FakeClock } from '../fakes/clock.ts';
import { MemoryLogger } from '../fakes/server-parts.ts';
import { MemoryStore } from '../fakes/store.ts';

const WEAK = { ...SILENT, underVoltage: { now: true, sinceBoot: true } };
const HOT = { ...SILENT, celsius: 85 };
const head = { id: 'a', number: 1, source: 'camera' } as const;

class Rig {
  readonly clock = new FakeClock();
  readonly board = new FakeBoard();
  readonly store = new MemoryStore(this.clock);
  readonly log = new MemoryLogger();
  readonly sessions = new Emitter<SessionView>();
  readonly shown: (readonly BoardWarning[])[] = [];
  readonly monitor: BoardMonitor;

  constructor() {
    const { board, store, clock, log } = this;
    this.monitor = new BoardMonitor({
      ...{ board, store, clock, log },
      view: { setBoard: (warnings) => this.shown.push(warnings) },
      session: { onChange: (listener) => this.sessions.on(listener) },
    });
  }

  rows(): [string, string | null, unknown][] {
    return this.store.journal
      .filter(({ kind }) => kind.startsWith('board-'))
      .map(({ kind, session_id, body }) => [kind, session_id, JSON.parse(body)]);
  }
}

let rig: Rig;

beforeEach(async () => {
  rig = new Rig();
  await rig.monitor.start();
  await rig.clock.advance(0);
});

describe('the board monitor', () => {
  it('reports nothing if the board reports no problem', async () => {
    await rig.clock.advance(5 * POLL_MS);
    expect(rig.board.reads).toBe(6);
    expect({ shown: rig.shown, rows: rig.rows(), log: rig.log.lines }).toEqual({
      shown: [],
      rows: [],
      log: [],
    });
  });

  it('warns at the first abnormal reading and journals it once', async () => {
    rig.board.reading = WEAK;
    await rig.clock.advance(POLL_MS);
    expect(rig.shown).toEqual([['under-voltage']]);
    await rig.clock.advance(10 * POLL_MS);
    expect(rig.shown).toHaveLength(1);
    expect(rig.rows()).toEqual([['board-warning', null, { warnings: ['under-voltage'] }]]);
    expect(rig.monitor.warnings()).toEqual(['under-voltage']);
  });

  it('clears a warning only after several normal readings in a row', async () => {
    rig.board.reading = WEAK;
    await rig.clock.advance(POLL_MS);
    rig.board.reading = SILENT;
    await rig.clock.advance((CALM_READINGS - 1) * POLL_MS);
    rig.board.reading = WEAK;
    await rig.clock.advance(POLL_MS);
    rig.board.reading = SILENT;
    await rig.clock.advance((CALM_READINGS - 1) * POLL_MS);
    expect(rig.shown).toEqual([['under-voltage']]);
    await rig.clock.advance(POLL_MS);
    expect(rig.shown.at(-1)).toEqual([]);
    expect(rig.rows().map(([kind]) => kind)).toEqual(['board-warning', 'board-well']);
  });

  it('reports every active warning, most severe first', async () => {
    rig.board.reading = HOT;
    await rig.clock.advance(POLL_MS);
    rig.board.reading = { ...HOT, ...WEAK, celsius: 85 };
    await rig.clock.advance(POLL_MS);
    expect(rig.shown).toEqual([['hot'], ['under-voltage', 'hot']]);
  });

  it('continues after a reading that failed', async () => {
    rig.board.failure = new Error('no such board');
    await rig.clock.advance(POLL_MS);
    rig.board.failure = undefined;
    rig.board.reading = HOT;
    await rig.clock.advance(POLL_MS);
    expect(rig.shown).toEqual([['hot']]);
    expect(rig.log.lines.map(({ level }) => level)).toEqual(['error', 'warn']);
  });

  it('shows a warning that it cannot journal', async () => {
    rig.store.fail('store/full');
    rig.board.reading = HOT;
    await rig.clock.advance(POLL_MS);
    expect(rig.shown).toEqual([['hot']]);
    expect(rig.log.lines.map(({ level }) => level)).toEqual(['warn', 'error']);
  });

  it('stops reading when it is stopped', async () => {
    await rig.monitor.stop();
    await rig.clock.advance(3 * POLL_MS);
    expect(rig.board.reads).toBe(1);
  });
});

describe('a session during a board warning', () => {
  function emit(...views: readonly SessionView[]): void {
    for (const view of views) rig.sessions.emit(view);
  }

  beforeEach(() => {
    rig.store.openSession({ id: 'a', source: 'camera' });
  });

  it('has its own journal row with the warning, written when it ends', async () => {
    rig.board.reading = WEAK;
    await rig.clock.advance(POLL_MS);
    emit({ state: 'capturing', ...head }, { state: 'checking', ...head });
    expect(rig.rows()).toHaveLength(1);
    emit({ state: 'retake', reason: 'too-dark', picture: '/picture', ...head });
    expect(rig.rows().slice(1)).toEqual([['board-warning', 'a', { warnings: ['under-voltage'] }]]);
  });

  it('has the row also if the warning starts during the session', async () => {
    emit({ state: 'capturing', ...head });
    rig.board.reading = HOT;
    await rig.clock.advance(POLL_MS);
    emit({ state: 'retake', reason: 'too-dark', picture: '/picture', ...head });
    expect(rig.rows().at(-1)).toEqual(['board-warning', 'a', { warnings: ['hot'] }]);
  });

  it('has no row if there was no warning', () => {
    emit(
      { state: 'capturing', ...head },
      { state: 'retake', reason: 'too-dark', picture: '/picture', ...head },
    );
    expect(rig.rows()).toEqual([]);
  });

  it('has no row if it ended before it was opened', async () => {
    rig.board.reading = WEAK;
    await rig.clock.advance(POLL_MS);
    emit({ state: 'capturing', id: 'a', source: 'camera' }, { state: 'fault', code: 'store/full' });
    emit({ state: 'capturing', id: 'a', source: 'camera' }, { state: 'ready' });
    expect(rig.rows()).toHaveLength(1);
  });
});
