import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, KioskError } from '../../src/lib/errors.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import type { JournalColumns } from '../../src/store/columns.ts';
import { hashOf } from '../../src/store/journal.ts';
import type { SessionRecord } from '../../src/store/port.ts';

import { migrate, SCHEMA_VERSION } from '../../src/store/migrations/migrate.ts';
import { verifyJournal } from '../../src/store/offline.ts';
import { SqliteStore } from '../../src/store/sqlite-store.ts';
import { RECORDS, thrownBy } from '../contract/store-contract.ts';
import { FakeClock } from '../fakes/clock.ts';

let root: string;
let dir: string;
let clock: FakeClock;
let boots = 0;
const stores: SqliteStore[] = [];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kiosk-store-'));
  dir = join(root, 'data');
  clock = new FakeClock();
});

afterEach(async () => {
  for (const store of stores.splice(0)) await store.stop();
  await rm(root, { recursive: true });
});

async function started(options: { dir?: string; maxBytes?: number } = {}): Promise<SqliteStore> {
  boots += 1;
  const store = new SqliteStore({ dir, clock, log: silentLogger, bootId: `boot-${boots}`, ...options });
  stores.push(store);
  await store.start();
  return store;
}

async function rejection(start: Promise<unknown>): Promise<KioskError> {
  const error: unknown = await start.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof KioskError) return error;
  throw new Error('it did not refuse', { cause: error });
}

/** Acts as an attacker with the file and their own SQLite, who can drop the triggers. */
function attack(sql: string, database = join(dir, 'kiosk.sqlite')): void {
  const connection = new Database(database);
  try {
    connection.pragma('foreign_keys = OFF');
    for (const table of ['boots', 'sessions', 'results', 'journal', 'assessments']) {
      connection.exec(`DROP TRIGGER ${table}_no_update; DROP TRIGGER ${table}_no_delete`);
    }
    connection.exec('DROP TRIGGER log_no_delete');
    connection.exec(sql);
  } finally {
    connection.close();
  }
}

function addSessions(store: SqliteStore, ...ids: string[]): void {
  for (const id of ids) {
    store.openSession({ id, source: 'camera' });
    store.closeSession(RECORDS.result(id));
  }
}

describe('the data folder', () => {
  it('is created, and can be read by the service’s user only', async () => {
    await started();
    const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);
    expect(await modeOf(dir)).toBe('700');
    for (const file of ['kiosk.sqlite', 'kiosk.sqlite-wal', 'kiosk.sqlite-shm', 'kiosk.lock']) {
      expect(`${file} ${await modeOf(join(dir, file))}`).toBe(`${file} 600`);
    }
  });

  it('restricts the permissions of its database if a restored copy is readable by others', async () => {
    await (await started()).stop();
    await chmod(join(dir, 'kiosk.sqlite'), 0o644);
    await started();
    expect((await stat(join(dir, 'kiosk.sqlite'))).mode & 0o777).toBe(0o600);
  });

  it('is locked against a second kiosk, with its path in the message, and the first keeps running', async () => {
    const first = await started();
    const error = await rejection(started());
    expect(error.code).toBe('store/in-use');
    expect(error.message).toContain(`already running on the data folder ${dir}`);
    expect((await rejection(started())).code).toBe('store/in-use');
    addSessions(first, 'a');
    expect(first.verify()).toMatchObject({ intact: true });
  });

  it('is unlocked once the kiosk has stopped', async () => {
    await (await started()).stop();
    await expect(started()).resolves.toBeDefined();
  });

  it('is unlocked once the process that held it was killed', async () => {
    await (await started()).stop();
    const script = `
      const Database = require(${JSON.stringify(createRequire(import.meta.url).resolve('better-sqlite3'))});
      const lock = new Database(${JSON.stringify(join(dir, 'kiosk.lock'))});
      lock.exec('BEGIN EXCLUSIVE');
      console.log('held');
      setInterval(() => lock.open, 1000);`;
    const holder = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data');
    expect((await rejection(started())).code).toBe('store/in-use');
    const exit = once(holder, 'exit');
    holder.kill('SIGKILL');
    await exit;
    await expect(started()).resolves.toBeDefined();
  });

  it('is rejected with the store’s own error if it is a file', async () => {
    await writeFile(dir, 'a file where the folder should be');
    expect((await rejection(started())).code).toBe('store/failed');
  });
});

describe('a start', () => {
  it('finds everything that was written before', async () => {
    const first = await started();
    addSessions(first, 'a', 'b');
    const before = first.verify();
    await first.stop();
    const second = await started();
    expect(second.list({ limit: 9 }).sessions.map(({ number }) => number)).toEqual([2, 1]);
    expect(second.verify()).toMatchObject({ intact: true, rows: before.rows + 1 });
  });

  it('finds everything that was acknowledged before a power cut, and records an open session as aborted', async () => {
    const first = await started();
    addSessions(first, 'a');
    first.openSession({ id: 'b', source: 'camera' });
    const copy = join(root, 'after the cut');
    await cp(dir, copy, { recursive: true });
    const second = await started({ dir: copy });
    const { sessions } = second.list({ limit: 9 });
    expect(sessions.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['b', 'aborted'],
      ['a', 'result'],
    ]);
    expect(second.verify()).toMatchObject({ intact: true });
  });

  it('rejects a database of a newer program and leaves it unchanged', async () => {
    await (await started()).stop();
    const file = join(dir, 'kiosk.sqlite');
    const newer = new Database(file);
    newer.pragma('user_version = 99');
    newer.close();
    const before = await readFile(file);
    const error = await rejection(started());
    expect(error.code).toBe('store/newer');
    expect(error.message).toMatch(/newer program/);
    expect((await readFile(file)).equals(before)).toBe(true);
    expect(thrownBy(() => verifyJournal(dir))).toBe('store/newer');
  });

  it.each([
    ['a file that is not a database', () => Buffer.alloc(20_000, 'not SQLite ')],
    [
      'a page that is damaged',
      (good: Buffer) =>
        Buffer.concat([good.subarray(0, 4096), Buffer.alloc(4096, 0xff), good.subarray(8192)]),
    ],
  ])('rejects %s rather than creating a new one', async (_, damage) => {
    const store = await started();
    addSessions(store, 'a');
    await store.stop();
    const file = join(dir, 'kiosk.sqlite');
    const damaged = damage(await readFile(file));
    await writeFile(file, damaged);
    const error = await rejection(started());
    expect(error.code).toBe('store/damaged');
    expect(error.message).toMatch(/set kiosk\.sqlite.* aside/);
    expect((await readFile(file)).equals(damaged)).toBe(true);
  });

  it('that fails releases the folder for the next one', async () => {
    await (await started()).stop();
    const newer = new Database(join(dir, 'kiosk.sqlite'));
    newer.pragma('user_version = 99');
    await rejection(started());
    newer.pragma(`user_version = ${SCHEMA_VERSION}`);
    newer.close();
    await expect(started()).resolves.toBeDefined();
  });
});

describe('a migration', () => {
  it('that fails halfway leaves the old schema', () => {
    const database = new Database(':memory:');
    database.exec('CREATE TABLE results (in_the_way)');
    expect(() => {
      migrate(database);
    }).toThrow(/results/);
    expect(database.pragma('user_version', { simple: true })).toBe(0);
    expect(database.prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['results']);
    database.exec('DROP TABLE results');
    migrate(database);
    expect(database.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION);
    database.close();
  });
});

/** Reverts the fourth, the fifth and the tenth migration; the third must have been reverted. */
function undoContext(database: Database.Database): void {
  database.exec(`
    DROP TRIGGER patients_erased_only; DROP TRIGGER lesions_erased_only; DROP TABLE lesion_edits; DROP TABLE earlier_references;
    DROP TRIGGER sessions_of_one_patient; DROP INDEX sessions_by_patient; DROP INDEX sessions_by_lesion;
    ALTER TABLE sessions DROP COLUMN patient_id; ALTER TABLE sessions DROP COLUMN lesion_id;
    DROP TABLE lesions; DROP TABLE patients`);
}

/** Reverts the third migration. */
function undoAssessments(database: Database.Database): void {
  const triggers = database
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND (name GLOB 'log_*' OR tbl_name = 'assessments')",
    )
    .pluck()
    .all() as string[];
  for (const name of triggers) database.exec(`DROP TRIGGER ${name}`);
  database.exec('DROP TABLE log; DROP TABLE assessments; DROP TABLE operators; DROP TABLE badge_reader');
  database.exec('DROP TABLE rescores');
}

describe('a database of the second schema', () => {
  it('keeps its sessions and dispositions, is verified before and after, and accepts reviews', async () => {
    const before = await started();
    addSessions(before, 'a', 'b');
    before.openSession({ id: 'cut off', source: 'upload' });
    before.addDisposition('a', 'accepted');
    before.addDisposition('a', 'discarded');
    const recorded = ['a', 'b'].map((id) => before.get(id));
    await before.stop();
    const file = new Database(join(dir, 'kiosk.sqlite'));
    undoAssessments(file);
    undoContext(file);
    file.pragma('user_version = 2');
    file.close();
    expect(verifyJournal(dir)).toMatchObject({ intact: true });
    const after = await started();
    expect(['a', 'b'].map((id) => after.get(id))).toEqual(recorded);
    expect(after.list({ limit: 9 }).sessions.map(({ disposition }) => disposition)).toEqual([
      'unreviewed',
      'unreviewed',
      'discarded',
    ]);
    after.addReview('a', { kind: 'clinician', value: 'agree' });
    expect(after.list({ limit: 9, filter: { clinician: 'agree' } }).sessions).toHaveLength(1);
    expect(verifyJournal(dir)).toMatchObject({ intact: true });
  });
});

describe('a database of the first schema', () => {
  it('is verified as it is, migrated, and still lists its sessions', async () => {
    const before = await started();
    before.openSession({ id: 'old', source: 'camera' });
    const { lesion, hints, ...record } = RECORDS.result('old') as Extract<
      SessionRecord,
      { outcome: 'result' }
    >;
    expect([lesion, hints]).not.toContain(undefined);
    before.closeSession(record);
    await before.stop();
    const file = new Database(join(dir, 'kiosk.sqlite'));
    undoAssessments(file);
    undoContext(file);
    file.exec('ALTER TABLE results DROP COLUMN lesion; ALTER TABLE results DROP COLUMN hints');
    file.pragma('user_version = 1');
    file.close();
    expect(verifyJournal(dir)).toMatchObject({ intact: true });
    const after = await started();
    addSessions(after, 'new');
    expect(after.get('old')).toMatchObject({ malignancy: record.malignancy });
    expect(after.get('new')).toMatchObject({ lesion, hints });
    expect(after.verify()).toMatchObject({ intact: true });
  });
});

describe('a disk that is full', () => {
  it('stores no partial session, reports it, and keeps what it has', async () => {
    const store = await started({ maxBytes: 52 * 4096 });
    let sessions = 0;
    const fill = (): void => {
      for (;;) {
        addSessions(store, `s${sessions}`);
        sessions += 1;
      }
    };
    expect(thrownBy(fill)).toBe('store/full');
    expect(sessions).toBeGreaterThan(5);
    expect(
      thrownBy(() => {
        store.probe();
      }),
    ).toBe('store/full');
    expect(store.list({ limit: 200 }).sessions).toHaveLength(sessions);
    expect(store.verify()).toMatchObject({ intact: true });
    await store.stop();
    const roomier = await started();
    roomier.probe();
    addSessions(roomier, 'after');
    expect(roomier.list({ limit: 1 }).sessions[0]?.id).toBe('after');
  });
});

describe('the health of the disk', () => {
  it('is tested by a write, unless one has just succeeded', async () => {
    const store = await started();
    const wal = async (): Promise<Buffer> => readFile(join(dir, 'kiosk.sqlite-wal'));
    const before = await wal();
    store.probe();
    expect((await wal()).equals(before)).toBe(true);
    await clock.advance(60_000);
    store.probe();
    expect((await wal()).equals(before)).toBe(false);
  });

  it('is bad after the stop', async () => {
    const store = await started();
    await store.stop();
    expect(
      thrownBy(() => {
        store.probe();
      }),
    ).toBe('store/failed');
    await store.stop();
  });
});

describe('the write-ahead log', () => {
  it('stays small however much is written', async () => {
    const store = await started();
    const event = { kind: 'button-gone', body: { driver: 'x'.repeat(500) } } as const;
    for (let n = 0; n < 300; n += 1) store.append(event);
    expect((await stat(join(dir, 'kiosk.sqlite-wal'))).size).toBeLessThan(1_048_576);
  });
});

describe('the triggers', () => {
  it.each(['boots', 'sessions', 'results', 'journal', 'assessments'])(
    'reject changing or deleting rows of %s',
    async (table) => {
      const store = await started();
      addSessions(store, 'a');
      store.addReview('a', { kind: 'histology', value: 'mel' });
      const other = new Database(join(dir, 'kiosk.sqlite'));
      const [column] = other.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all();
      expect(() => other.exec(`UPDATE ${table} SET ${String(column)} = ${String(column)}`)).toThrow(
        /never changed/,
      );
      expect(() => other.exec(`DELETE FROM ${table}`)).toThrow(/never deleted/);
      other.close();
    },
  );

  it('reject anything but codes in a review', async () => {
    const store = await started();
    addSessions(store, 'a');
    const other = new Database(join(dir, 'kiosk.sqlite'));
    for (const [kind, value, opinion] of [
      ['clinician', 'Anna Smith', null],
      ['clinician', 'agree', 'Anna Smith'],
      ['clinician', 'a'.repeat(21), null],
      ['clinician', null, 'mel'],
      ['histology', 'mel', 'mel'],
      ['gossip', 'agree', null],
    ]) {
      const insert = other.prepare("INSERT INTO assessments VALUES (3, 'a', ?, ?, ?, 0, NULL)");
      expect(() => insert.run(kind, value, opinion)).toThrow(/CHECK/);
    }
    other.close();
  });

  it('reject a score in a withheld result', async () => {
    const store = await started();
    store.openSession({ id: 'a', source: 'camera' });
    const other = new Database(join(dir, 'kiosk.sqlite'));
    const insert =
      "INSERT INTO results (session_id, outcome, malignancy, timings) VALUES ('a', 'withheld', 0.5, '{}')";
    expect(() => other.exec(insert)).toThrow(/CHECK/);
    other.close();
  });
});

describe('the verification', () => {
  // Rows: 1 started, 2 and 3 session a, 4 and 5 session b, 6 and 7 session c, 8 the histology of a.
  const attacks: Record<string, { sql: string; firstBad: number; problem: RegExp }> = {
    'an edited body': {
      sql: `UPDATE journal SET body = replace(body, '"malignancy":0.5', '"malignancy":0.1') WHERE sequence = 5`,
      firstBad: 5,
      problem: /row 5 was modified/,
    },
    'an edited time': {
      sql: 'UPDATE journal SET wall_ms = wall_ms + 1 WHERE sequence = 3',
      firstBad: 3,
      problem: /row 3 was modified/,
    },
    'a deleted row': {
      sql: 'DELETE FROM journal WHERE sequence = 4',
      firstBad: 5,
      problem: /row 4 is missing/,
    },
    'a deleted row with the rest moved up': {
      sql: `DELETE FROM journal WHERE sequence = 4;
        UPDATE journal SET sequence = -sequence + 1 WHERE sequence > 4; UPDATE journal SET sequence = -sequence WHERE sequence < 0`,
      firstBad: 4,
      problem: /row 4 does not chain/,
    },
    'two swapped rows': {
      sql: `UPDATE journal SET sequence = 99 WHERE sequence = 3; UPDATE journal SET sequence = 3 WHERE sequence = 5;
        UPDATE journal SET sequence = 5 WHERE sequence = 99`,
      firstBad: 3,
      problem: /row 3 does not chain/,
    },
    'an edited result whose journal was left alone': {
      sql: `UPDATE results SET malignancy = 0.01, statement = 'below' WHERE session_id = 'b'`,
      firstBad: 5,
      problem: /result of session b differs/,
    },
    'an edited probability': {
      sql: `UPDATE results SET probabilities = replace(probabilities, '0.3', '0.0') WHERE session_id = 'b'`,
      firstBad: 5,
      problem: /result of session b differs/,
    },
    'an edited session': {
      sql: `UPDATE sessions SET source = 'upload' WHERE id = 'b'`,
      firstBad: 4,
      problem: /session b differs/,
    },
    'a deleted result': {
      sql: `DELETE FROM results WHERE session_id = 'b'`,
      firstBad: 5,
      problem: /result of session b is missing/,
    },
    'a deleted session': {
      sql: `DELETE FROM sessions WHERE id = 'b'`,
      firstBad: 4,
      problem: /session b is missing/,
    },
    'an inserted session': {
      sql: `INSERT INTO sessions SELECT 77, 'x', source, boot_id, opened_wall_ms, NULL, NULL FROM sessions WHERE id = 'b'`,
      firstBad: 0,
      problem: /session x is not in the journal/,
    },
    'an edited assessment': {
      sql: `UPDATE assessments SET value = 'nv' WHERE sequence = 8`,
      firstBad: 8,
      problem: /assessment 8 differs/,
    },
    'an inserted assessment': {
      sql: `INSERT INTO assessments VALUES (5, 'a', 'histology', 'mel', NULL, 0, NULL)`,
      firstBad: 0,
      problem: /assessment 5 is not in the journal/,
    },
    'a deleted assessment': {
      sql: 'DELETE FROM assessments',
      firstBad: 8,
      problem: /assessment 8 is missing/,
    },
    'a log row that differs from its session': {
      sql: `UPDATE log SET histology = NULL WHERE number = 1`,
      firstBad: 8,
      problem: /log of session number 1 differs/,
    },
    'a missing log row': {
      sql: `DELETE FROM log WHERE number = 2`,
      firstBad: 5,
      problem: /log of session number 2 is missing/,
    },
    'an inserted start': {
      sql: `INSERT INTO boots VALUES ('never', 0)`,
      firstBad: 0,
      problem: /start never is not in the journal/,
    },
  };

  it.each(Object.entries(attacks))('finds %s', async (_, { sql, firstBad, problem }) => {
    const store = await started();
    addSessions(store, 'a', 'b', 'c');
    store.addReview('a', { kind: 'histology', value: 'mel' });
    expect(store.verify()).toMatchObject({ intact: true, rows: 8 });
    await store.stop();
    attack(sql);
    const found = verifyJournal(dir);
    expect(found).toMatchObject({ intact: false, firstBad: { sequence: firstBad } });
    expect(found.intact || found.problem).toMatch(problem);
  });

  it('finds a row that was rewritten together with its hash at the next row', async () => {
    const store = await started();
    addSessions(store, 'a');
    await store.stop();
    const reader = new Database(join(dir, 'kiosk.sqlite'));
    const row = reader.prepare<[], JournalColumns>('SELECT * FROM journal WHERE sequence = 2').get()!;
    reader.close();
    const body = row.body.replace('camera', 'upload');
    const hash = hashOf({
      ...{ sequence: 2, bootId: row.boot_id, monotonicMs: row.monotonic_ms, wallMs: row.wall_ms },
      ...{ kind: row.kind, sessionId: row.session_id, body, previousHash: row.previous_hash },
    });
    attack(`UPDATE journal SET body = '${body}', hash = '${hash}' WHERE sequence = 2`);
    expect(verifyJournal(dir)).toMatchObject({ intact: false, firstBad: { sequence: 3 } });
  });

  it('finds a truncated tail by a head and a count stored elsewhere, and by nothing else', async () => {
    const store = await started();
    addSessions(store, 'a', 'b');
    const stored = store.verify();
    await store.stop();
    attack(`DELETE FROM journal WHERE session_id = 'b'; DELETE FROM results WHERE session_id = 'b';
      DELETE FROM sessions WHERE id = 'b'; DELETE FROM log WHERE number = 2`);
    const found = verifyJournal(dir);
    expect(found.intact).toBe(true);
    expect(found.rows).toBe(stored.rows - 2);
    expect(found).not.toEqual(stored);
  });

  it('that finds a problem leaves a running kiosk able to write', async () => {
    const store = await started();
    addSessions(store, 'a', 'b', 'c');
    attack(`UPDATE sessions SET source = 'upload' WHERE id = 'a'`);
    expect(store.verify()).toMatchObject({ intact: false });
    addSessions(store, 'd');
    expect(store.list({ limit: 1 }).sessions[0]?.id).toBe('d');
  });

  it('works while a kiosk runs', async () => {
    const store = await started();
    addSessions(store, 'a');
    expect(verifyJournal(dir)).toEqual(store.verify());
  });

  it('reports that there is nothing to verify', () => {
    expect(codeOf(new KioskError('store/missing', ''))).toBe(
      thrownBy(() => verifyJournal(join(root, 'nowhere'))),
    );
  });
});
