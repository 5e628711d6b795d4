import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayOf } from '../../src/lib/local-day.ts';
import { wilsonInterval } from '../../src/lib/wilson.ts';
import type { ReviewEntry } from '../../src/protocol/assessments.ts';
import { FILTERS } from '../../src/protocol/log-query.ts';
import { LEAST_FOR_FIGURE, type Statistics } from '../../src/protocol/statistics.ts';
import { STATEMENTS, type Statement } from '../../src/protocol/view.ts';
import { statisticsOf } from '../../src/reports/sessions/statistics.ts';
import { countConditions } from '../../src/store/filter.ts';
import type { SessionStore } from '../../src/store/port.ts';
import { countSql } from '../../src/store/sql.ts';
import { RECORDS } from '../contract/store-contract.ts';
import { RealLog } from '../support/real-log.ts';
import { faultIn, TestServer } from '../fakes/server-parts.ts';
import { MemoryStore } from '../fakes/store.ts';

const HOUR = 3_600_000;

let log: RealLog;

beforeEach(async () => {
  log = await RealLog.open();
});

afterEach(() => log.dispose());

let sessions = 0;

function addSession(
  store: SessionStore,
  outcome: keyof typeof RECORDS,
  { statement = 'above', edits = [] }: { statement?: Statement; edits?: readonly ReviewEntry[] } = {},
): void {
  const id = `s${(sessions += 1)}`;
  store.openSession({ id, source: 'camera' });
  const record = RECORDS[outcome](id);
  store.closeSession(record.outcome === 'result' ? { ...record, statement } : record);
  if (outcome === 'result' || outcome === 'withheld') for (const edit of edits) store.addReview(id, edit);
}

const agree = { kind: 'clinician', value: 'agree' } as const;
const disagree = { kind: 'clinician', value: 'disagree' } as const;
const unsure = { kind: 'clinician', value: 'unsure' } as const;
const mel = { kind: 'histology', value: 'mel' } as const;
const naevus = { kind: 'histology', value: 'nv' } as const;

describe('the statistics of the log', () => {
  it('count outcomes by the days of the board, and omit days without sessions', async () => {
    addSession(log.store, 'result');
    addSession(log.store, 'retake');
    await log.clock.advance(72 * HOUR);
    addSession(log.store, 'fault');
    const found = await statisticsOf(log.store, {});
    expect(found).toMatchObject({ sessions: 3, outcomes: { result: 1, withheld: 0, retake: 1, fault: 1 } });
    const none = { result: 0, withheld: 0, retake: 0, fault: 0, aborted: 0 };
    expect(found.days).toEqual([
      { day: dayOf(log.clock.wall() - 72 * HOUR), outcomes: { ...none, result: 1, retake: 1 } },
      { day: dayOf(log.clock.wall()), outcomes: { ...none, fault: 1 } },
    ]);
  });

  it('compare the latest verdict and histology with the statement, with withheld results separate', async () => {
    addSession(log.store, 'result', { edits: [disagree, agree, mel] });
    addSession(log.store, 'result', { edits: [disagree, naevus] });
    addSession(log.store, 'result', { statement: 'below', edits: [unsure, mel] });
    addSession(log.store, 'result', {
      statement: 'below',
      edits: [{ kind: 'histology', value: 'inconclusive' }],
    });
    addSession(log.store, 'result', { statement: 'below', edits: [mel, { kind: 'histology', value: null }] });
    addSession(log.store, 'result', {
      statement: 'below',
      edits: [{ kind: 'histology', value: 'benign-other' }],
    });
    addSession(log.store, 'withheld', { edits: [agree, { kind: 'histology', value: 'malignant-other' }] });
    expect(await statisticsOf(log.store, {})).toMatchObject({
      verdicts: { agree: 1, disagree: 1, unsure: 1 },
      agreement: { count: 1, of: 2 },
      histology: {
        above: { malignant: 1, benign: 1 },
        below: { malignant: 1, benign: 1 },
        withheld: { malignant: 1, benign: 0 },
      },
      sensitivity: { count: 1, of: 2 },
      specificity: { count: 1, of: 2 },
    });
  });

  it('count a result at the threshold as a referral', async () => {
    addSession(log.store, 'result', { statement: 'at', edits: [mel] });
    addSession(log.store, 'result', { statement: 'at', edits: [naevus] });
    const { histology, sensitivity, specificity } = await statisticsOf(log.store, {});
    expect(histology.above).toEqual({ malignant: 1, benign: 1 });
    expect([sensitivity, specificity]).toEqual([
      { count: 1, of: 1 },
      { count: 0, of: 1 },
    ]);
  });

  it('give a figure with its interval from the minimum count on, and only counts below it', async () => {
    for (let n = 1; n < LEAST_FOR_FIGURE; n += 1) addSession(log.store, 'result', { edits: [mel, agree] });
    const few = await statisticsOf(log.store, {});
    const least = LEAST_FOR_FIGURE;
    expect(few.sensitivity).toEqual({ count: least - 1, of: least - 1 });
    addSession(log.store, 'result', { statement: 'below', edits: [mel, disagree] });
    const { sensitivity, agreement, specificity } = await statisticsOf(log.store, {});
    const figure = { value: (least - 1) / least, ...wilsonInterval(least - 1, least) };
    expect(sensitivity).toEqual({ count: least - 1, of: least, figure });
    expect(agreement).toEqual(sensitivity);
    expect(specificity).toEqual({ count: 0, of: 0 });
  });

  it('are the same from SQL as from iterating over the rows, whatever the filter', async () => {
    const memory = new MemoryStore(log.clock);
    const story = fc.record({
      outcome: fc.constantFrom(...FILTERS.outcome),
      statement: fc.constantFrom(...STATEMENTS),
      edits: fc.array(fc.constantFrom<ReviewEntry>(agree, disagree, unsure, mel, naevus), { maxLength: 3 }),
    });
    for (const { outcome, ...rest } of fc.sample(story, 60)) {
      const next = sessions;
      addSession(log.store, outcome, rest);
      sessions = next;
      addSession(memory, outcome, rest);
      await log.clock.advance(5 * HOUR);
    }
    const from = fc.integer({ min: 0, max: 300 }).map((hours) => log.clock.wall() - hours * HOUR);
    const filter = fc.record(
      {
        openedFrom: from,
        openedBefore: from,
        outcome: fc.constantFrom(...FILTERS.outcome),
        clinician: fc.constantFrom(...FILTERS.clinician),
        histology: fc.constantFrom('mel' as const, 'none' as const),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(filter, async (each) => {
        expect(await statisticsOf(log.store, each)).toEqual(await statisticsOf(memory, each));
      }),
      { numRuns: 40 },
    );
  });

  it('count a day using the index on the time', () => {
    const database = new Database(join(log.dir, 'kiosk.sqlite'), { readonly: true });
    const filter = { openedFrom: 0, openedBefore: 1, outcome: 'result', histology: 'none' } as const;
    const plan = database
      .prepare<object, { detail: string }>(`EXPLAIN QUERY PLAN ${countSql(countConditions(filter))}`)
      .all(filter);
    database.close();
    expect(plan[0]?.detail).toBe(
      'SEARCH log USING INDEX log_by_opened (opened_wall_ms>? AND opened_wall_ms<?)',
    );
  });
});

describe('GET /api/statistics', () => {
  it('counts the sessions that match the filters of the log, and reports an invalid filter', async () => {
    addSession(log.store, 'result', { edits: [agree] });
    addSession(log.store, 'result', { statement: 'below' });
    addSession(log.store, 'fault');
    const kiosk = await TestServer.start({ store: log.store });
    try {
      const { status, text } = await kiosk.ask('/api/statistics?outcome=result&statement=above');
      expect(status).toBe(200);
      expect(JSON.parse(text) as Statistics).toMatchObject({ sessions: 1, verdicts: { agree: 1 } });
      const refused = await kiosk.ask('/api/statistics?day=yesterday');
      expect([refused.status, faultIn(refused.text)]).toEqual([400, 'request/invalid']);
      const unknown = await kiosk.ask('/api/statistics?limit=3');
      expect(unknown.status).toBe(400);
    } finally {
      await kiosk.server.stop();
    }
  });
});
