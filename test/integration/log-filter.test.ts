import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayOf } from '../../src/lib/local-day.ts';
import type { ReviewEntry } from '../../src/protocol/assessments.ts';
import type { ErrorBody, SessionPage } from '../../src/protocol/http.ts';
import { FILTERS, type FilterName, type LogQuery } from '../../src/protocol/log-query.ts';
import { STATEMENTS, type Statement } from '../../src/protocol/view.ts';
import { pageConditions, filterOf, parametersOf } from '../../src/store/filter.ts';
import type { LogFilter, SessionStore } from '../../src/store/port.ts';
import { pageSql } from '../../src/store/sql.ts';
import { RECORDS } from '../contract/store-contract.ts';
import { RealLog } from '../support/real-log.ts';
import { faultIn, TestServer } from '../fakes/server-parts.ts';
import { MemoryStore } from '../fakes/store.ts';

const HOUR = 3_600_000;
const EDITS: ReviewEntry[] = [
  { kind: 'clinician', value: 'agree' },
  { kind: 'clinician', value: 'disagree', opinion: 'benign' },
  { kind: 'clinician', value: null },
  { kind: 'histology', value: 'mel' },
  { kind: 'histology', value: 'nv' },
  { kind: 'histology', value: null },
];

const story = fc.record({
  outcome: fc.constantFrom(...FILTERS.outcome),
  source: fc.constantFrom(...FILTERS.source),
  statement: fc.constantFrom(...STATEMENTS),
  dispositions: fc.array(fc.constantFrom('accepted' as const, 'discarded' as const), { maxLength: 2 }),
  edits: fc.array(fc.constantFrom(...EDITS), { maxLength: 3 }),
});

type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

const moment = fc.integer({ min: 0, max: 40 }).map((hours) => Date.UTC(2026, 0, 1) + hours * HOUR);
/** Without patients, whose filters `context.test.ts` tests: the store in memory has none. */
type Part = Exclude<keyof LogFilter, 'reference' | 'lesion' | 'search' | 'dueBefore'>;

const PARTS: Readonly<Record<Part, fc.Arbitrary<unknown>>> = {
  ...{ openedFrom: moment, openedBefore: moment },
  ...(Object.fromEntries(
    Object.entries(FILTERS).map(([name, values]) => [name, fc.constantFrom(...values)]),
  ) as Record<FilterName, fc.Arbitrary<string>>),
};

const anyFilter = fc
  .subarray(Object.keys(PARTS) as Part[], { maxLength: 3 })
  .chain(
    (names) =>
      fc.record(Object.fromEntries(names.map((name) => [name, PARTS[name]]))) as fc.Arbitrary<LogFilter>,
  );

let log: RealLog;

beforeEach(async () => {
  log = await RealLog.open();
});

afterEach(() => log.dispose());

function addSession(
  store: SessionStore,
  id: string,
  { outcome, source, statement, dispositions, edits }: Story,
): void {
  store.openSession({ id, source });
  const record = RECORDS[outcome](id);
  store.closeSession(record.outcome === 'result' ? { ...record, statement } : record);
  const isReviewable = outcome === 'result' || outcome === 'withheld';
  if (!isReviewable) return;
  for (const disposition of dispositions) store.addDisposition(id, disposition);
  for (const edit of edits) store.addReview(id, edit);
}

function allPages(store: SessionStore, filter: LogFilter, limit: number): SessionPage['sessions'] {
  const sessions = [];
  let before: number | undefined;
  do {
    const page = store.list({ limit, filter, ...(before === undefined ? {} : { before }) });
    sessions.push(...page.sessions);
    before = page.next;
  } while (before !== undefined);
  return sessions;
}

describe('the filters of the log', () => {
  it('find the matching rows, whatever was recorded, page by page', async () => {
    const memory = new MemoryStore(log.clock);
    const stories = fc.sample(story, 80);
    for (const [n, each] of stories.entries()) {
      addSession(log.store, `s${n}`, each);
      addSession(memory, `s${n}`, each);
      await log.clock.advance(HOUR / 2);
    }
    const found = { some: 0 };
    fc.assert(
      fc.property(anyFilter, fc.integer({ min: 1, max: 30 }), (filter, limit) => {
        const sessions = allPages(log.store, filter, limit);
        expect(sessions).toEqual(allPages(memory, filter, 200));
        if (sessions.length > 0 && sessions.length < 80) found.some += 1;
      }),
      { numRuns: 300 },
    );
    expect(found.some).toBeGreaterThan(20);
    expect(log.store.verify()).toMatchObject({ intact: true });
  });

  it('find a result at the threshold among those above it, and alone', () => {
    for (const statement of STATEMENTS) addSession(log.store, statement, { ...plain(), statement });
    const found = (statement: Statement): readonly string[] =>
      log.store.list({ limit: 9, filter: { statement } }).sessions.map(({ id }) => id);
    expect(found('above')).toEqual(['at', 'above']);
    expect(found('at')).toEqual(['at']);
    expect(found('below')).toEqual(['below']);
  });

  it('do not shift a page if sessions are added or stop matching between two pages', () => {
    for (let n = 1; n <= 9; n += 1) addSession(log.store, `s${n}`, plain());
    const filter = { clinician: 'none' } as const;
    const first = log.store.list({ limit: 3, filter });
    log.store.addReview('s8', { kind: 'clinician', value: 'agree' });
    log.store.addReview('s5', { kind: 'clinician', value: 'agree' });
    addSession(log.store, 's10', plain());
    const second = log.store.list({ limit: 3, filter, before: first.next! });
    const numbers = [first, second].map(({ sessions }) => sessions.map(({ number }) => number));
    expect(numbers).toEqual([
      [9, 8, 7],
      [6, 4, 3],
    ]);
  });
});

function plain(): Story {
  return { outcome: 'result', source: 'camera', statement: 'above', dispositions: [], edits: [] };
}

describe('the filters over HTTP', () => {
  let kiosk: TestServer;

  beforeEach(async () => {
    kiosk = await TestServer.start({ store: log.store });
    for (const outcome of FILTERS.outcome) {
      addSession(log.store, outcome, { ...plain(), outcome });
      await log.clock.advance(24 * HOUR);
    }
    log.store.addReview('result', { kind: 'histology', value: 'mel' });
  });

  afterEach(() => kiosk.server.stop());

  const day = (n: number): string => dayOf(Date.UTC(2026, 0, 1) + n * 24 * HOUR);

  it.each([
    ['', ['aborted', 'fault', 'retake', 'withheld', 'result']],
    ['outcome=fault', ['fault']],
    ['assessed=no', ['withheld']],
    ['histology=mel&statement=above&source=camera', ['result']],
    ['histology=mel&source=upload', []],
    ['clinician=none&disposition=unreviewed', ['withheld', 'result']],
    [`day=${day(1)}`, ['withheld']],
    [`from=${day(3)}`, ['aborted', 'fault']],
    [`to=${day(1)}`, ['withheld', 'result']],
    [`from=${day(1)}&to=${day(2)}`, ['retake', 'withheld']],
    [`from=${day(1)}&limit=2`, ['aborted', 'fault']],
  ])('“%s” returns %j', async (query, ids) => {
    const { status, text } = await kiosk.ask(`/api/sessions?${query}`);
    expect(status).toBe(200);
    expect((JSON.parse(text) as SessionPage).sessions.map(({ id }) => id)).toEqual(ids);
  });

  it.each([
    ['outcome=good', /“outcome” must be one of result, withheld, retake, fault, aborted/],
    ['outcome=result&outcome=fault', /“outcome” must be one of/],
    ['statement=', /“statement” must be one of above, at, below/],
    ['day=2026-02-30', /“day” must be a day such as/],
    ['from=yesterday', /“from” must be a day such as/],
    ['day=2026-01-01&to=2026-01-02', /either “day” or “from” and “to”/],
    ['from=2026-01-02&to=2026-01-01', /“from” must not be later/],
    ['patient=Smith', /“patient” must be one of some, none/],
    ['name=Smith', /Unknown field “name”/],
    ['worklist=all', /“worklist” must be one of histology-pending, due/],
    ['limit=0', /“limit” must be >= 1/],
  ])('“%s” is rejected, and the reply says what is wrong', async (query, cure) => {
    const { status, text } = await kiosk.ask(`/api/sessions?${query}`);
    expect([status, faultIn(text)]).toEqual([400, 'request/invalid']);
    expect((JSON.parse(text) as ErrorBody).error.cure).toMatch(cure);
  });
});

describe('a search', () => {
  const DAY = 24 * HOUR;
  const numbers = (search: string): number[] => {
    const filter = (filterOf({ search }) as { filter: LogFilter }).filter;
    return allPages(log.store, filter, 2).map(({ number }) => number);
  };

  beforeEach(async () => {
    const opened = log.clock.wall();
    await log.clock.advance(Date.UTC(2026, 10, 26, 12) - opened);
    for (const [n, reference] of ['A-10482', 'B_7', undefined, 'a-104'].entries()) {
      const patient = reference === undefined ? {} : { patient: log.store.context.patient(reference).id };
      log.store.openSession({ id: `s${n}`, source: 'camera', ...patient });
      log.store.closeSession(RECORDS.result(`s${n}`));
      await log.clock.advance(2 * DAY);
    }
  });

  it.each([
    ['3', [3]],
    ['104', [4, 1]],
    ['A-10482', [1]],
    ['b_7', [2]],
    ['B%7', []],
    ['2026-11-28', [2]],
    ['28.11.2026', [2]],
    ['28/11/2026', [2]],
    ['2026-11', [3, 2, 1]],
    ['12.2026', [4]],
    ['2026', [4, 3, 2, 1]],
    ['30.02.2026', []],
    ['2025', []],
  ])('for “%s” finds a number, a part of a reference or a date', (text, found) => {
    expect(numbers(text)).toEqual(found);
  });
});

describe('the worklists', () => {
  const DAY = 24 * HOUR;
  const ids = (filter: LogFilter): string[] => allPages(log.store, filter, 2).map(({ id }) => id);
  const add = (id: string, subject: object = {}): void => {
    log.store.openSession({ id, source: 'camera', ...subject });
    log.store.closeSession(RECORDS.result(id));
  };
  const lesionOf = (reference: string): { patient: string; lesion: string } => {
    const { id: patient } = log.store.context.patient(reference);
    const site = { site: 'nape', label: '1', contraIndications: [] } as const;
    return { patient, lesion: log.store.context.addLesion(patient, site).id };
  };

  it('list the last capture of a lesion as due once it is old enough, until histology has settled it', async () => {
    const [one, other, third] = [lesionOf('A-1'), lesionOf('A-1'), lesionOf('B-2')];
    add('one, first', one);
    add('other', other);
    log.store.addReview('other', { kind: 'histology', value: 'nv' });
    add('third', third);
    log.store.addReview('third', { kind: 'histology', value: 'not-excised' });
    await log.clock.advance(10 * DAY);
    add('one, last', one);
    const due = (days: number): string[] =>
      ids({ worklist: 'due', dueBefore: log.clock.wall() - days * DAY });
    await log.clock.advance(1);
    expect(due(10)).toEqual(['third']);
    expect(due(0)).toEqual(['one, last', 'third']);
    log.store.addDisposition('one, last', 'discarded');
    expect(due(10)).toEqual(['third', 'one, first']);
    expect(ids({ worklist: 'due' })).toEqual([]);
  });

  it('follow the lesion to which a capture is assigned later', async () => {
    const subject = lesionOf('A-1');
    add('captured without a patient');
    await log.clock.advance(10 * DAY);
    const due = (): string[] => ids({ worklist: 'due', dueBefore: log.clock.wall() - 9 * DAY });
    expect(due()).toEqual([]);
    log.store.context.assign('captured without a patient', subject);
    expect(due()).toEqual(['captured without a patient']);
    const found = (search: string): string[] => ids((filterOf({ search }) as { filter: LogFilter }).filter);
    expect([found('A-1'), found('B-2')]).toEqual([['captured without a patient'], []]);
  });

  it('await the histology of a result at the threshold as of one above it', () => {
    for (const statement of STATEMENTS) addSession(log.store, statement, { ...plain(), statement });
    expect(ids({ worklist: 'histology-pending' }).toSorted()).toEqual(['above', 'at']);
  });

  it('find awaited histologies by their own index', () => {
    const database = new Database(join(log.dir, 'kiosk.sqlite'), { readonly: true });
    const plan = database
      .prepare<object, { detail: string }>(
        `EXPLAIN QUERY PLAN ${pageSql(pageConditions({ worklist: 'histology-pending' }))}`,
      )
      .all({ ...parametersOf({}), before: 1, count: 51 })
      .map(({ detail }) => detail);
    database.close();
    expect(plan).toContain('SCAN log USING INDEX log_histology_pending');
    expect(plan.join('\n')).toContain('SEARCH log USING INTEGER PRIMARY KEY (rowid=?)');
  });
});

describe('the days of a query', () => {
  const own = process.env.TZ;

  afterEach(() => {
    if (own === undefined) delete process.env.TZ;
    else process.env.TZ = own;
  });

  it('are in the board’s time zone, and longer or shorter when the clocks change', () => {
    process.env.TZ = 'Europe/Berlin';
    const filter = (query: LogQuery): LogFilter => (filterOf(query) as { filter: LogFilter }).filter;
    expect(filter({ day: '2026-10-25' })).toEqual({
      openedFrom: Date.UTC(2026, 9, 24, 22),
      openedBefore: Date.UTC(2026, 9, 25, 23),
    });
    expect(filter({ from: '2026-03-28', to: '2026-03-29', outcome: 'result' })).toEqual({
      openedFrom: Date.UTC(2026, 2, 27, 23),
      openedBefore: Date.UTC(2026, 2, 29, 22),
      outcome: 'result',
    });
  });
});

describe('a page of a filtered log', () => {
  it.each<[LogFilter, string]>([
    [{}, 'INTEGER PRIMARY KEY (rowid<?)'],
    [{ openedBefore: 1e12 }, 'INTEGER PRIMARY KEY (rowid<?)'],
    [{ openedFrom: 0, openedBefore: 1e12 }, 'INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
    [{ openedFrom: 0, outcome: 'fault' }, 'INDEX log_by_outcome (outcome=? AND rowid<?)'],
    [{ outcome: 'fault' }, 'INDEX log_by_outcome (outcome=? AND rowid<?)'],
    [{ source: 'upload' }, 'INDEX log_by_source (source=? AND rowid<?)'],
    [{ disposition: 'discarded', outcome: 'result' }, 'INDEX log_by_disposition (disposition=? AND rowid<?)'],
    [{ clinician: 'none', outcome: 'result' }, 'INDEX log_by_clinician (clinician=? AND rowid<?)'],
    [{ assessed: 'no', source: 'camera' }, 'INDEX log_by_clinician (clinician=? AND rowid<?)'],
    [{ patient: 'none', statement: 'above' }, 'INDEX log_by_patient (patient_id=? AND rowid<?)'],
    [{ histology: 'mel', clinician: 'agree' }, 'INDEX log_by_histology (histology=? AND rowid<?)'],
    [
      { openedFrom: 0, openedBefore: 1, outcome: 'result', histology: 'none' },
      'INDEX log_by_histology (histology=? AND rowid>? AND rowid<?)',
    ],
  ])('for %j is found by its own index, and its rows by their keys', (filter, index) => {
    const database = new Database(join(log.dir, 'kiosk.sqlite'), { readonly: true });
    const plan = database
      .prepare<object, { detail: string }>(`EXPLAIN QUERY PLAN ${pageSql(pageConditions(filter))}`)
      .all({ ...parametersOf(filter), before: 1, count: 51 })
      .map(({ detail }) => detail);
    database.close();
    expect(plan).toContain(`SEARCH log USING ${index}`);
    const bounds = plan.filter((step) => step.includes('log_by_opened'));
    const every = 'SEARCH log USING COVERING INDEX log_by_opened';
    expect(bounds.filter((step) => !step.startsWith(every))).toEqual([]);
    expect(plan).toContain('SEARCH s USING INTEGER PRIMARY KEY (rowid=?)');
    expect(plan).toContain('SEARCH r USING INDEX sqlite_autoindex_results_1 (session_id=?)');
  });
});
