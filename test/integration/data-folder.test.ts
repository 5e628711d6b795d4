import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSessionDetail, isSessionPage, isStatistics } from '../../kiosk-ui/src/connection/answers.ts';
import type { Card } from '../../src/classifier/model/card.ts';
import { readCalibration } from '../../src/config/camera-calibration.ts';
import { loadSettings } from '../../src/config/saved-settings.ts';
import { codeOf } from '../../src/lib/errors.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import type { SessionDetail, SessionPage } from '../../src/protocol/http.ts';
import type { Statistics } from '../../src/protocol/statistics.ts';
import type { View } from '../../src/protocol/view.ts';
import { exportOf } from '../../src/reports/sessions/export.ts';
import { statisticsOf } from '../../src/reports/sessions/statistics.ts';
import { EncryptedImageStore } from '../../src/retention/encrypted-image-store.ts';
import type { UnlockAnswer } from '../../src/protocol/operators.ts';
import { Pin } from '../../src/settings/pin.ts';
import type { JournalColumns } from '../../src/store/columns.ts';
import { SCHEMA_VERSION } from '../../src/store/migrations/migrate.ts';
import { verifyJournal } from '../../src/store/offline.ts';
import { SqliteStore } from '../../src/store/sqlite-store.ts';
import { FakeClock } from '../fakes/clock.ts';
import { SEED_BUNDLE } from '../support/engines.ts';
import { kiosk, KioskProcess } from '../support/kiosk-process.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures');
const VERSIONS = ['0.2.0'];

/** Kinds of journal rows that the version had. */
const KINDS: Readonly<Record<string, number>> = { '0.2.0': 27 };

const DAY_MS = 86_400_000;

/** The contents of a database, as counted by the version that wrote it. */
interface RecordedDatabase {
  readonly journal: {
    readonly rows: number;
    readonly head: string;
    /** Rows of each kind. */
    readonly kinds: Readonly<Record<string, number>>;
  };
  readonly tables: Readonly<Record<string, number>>;
}

/** What the version that wrote the folder returned for it. */
interface Recorded extends RecordedDatabase {
  readonly stopped: string;
  readonly pin: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly camera: { readonly settings: Readonly<Record<string, string>> };
  readonly killed: RecordedDatabase;
  readonly statistics: Pick<Statistics, 'sessions' | 'outcomes'>;
  /** The newest first. */
  readonly sessions: readonly (Omit<SessionDetail, 'journal' | 'kept'> & {
    readonly events: readonly string[];
  })[];
  readonly images: readonly {
    readonly session: string;
    readonly due: string;
    readonly sha256: string;
    readonly mask?: { readonly side: number; readonly mmPerPixel?: number; readonly sha256: string };
  }[];
}

/** Its wall time begins at a given moment. */
class LaterClock extends FakeClock {
  readonly #startMs: number;

  constructor(startMs: number) {
    super();
    this.#startMs = startMs;
  }

  override wall(): number {
    return this.#startMs + this.monotonic();
  }
}

describe.each(VERSIONS)('the data folder of version %s', (version) => {
  const recorded = JSON.parse(readFileSync(join(FIXTURES, `data-${version}.json`), 'utf8')) as Recorded;
  const stoppedMs = Date.parse(recorded.stopped);
  let root: string;
  let dir: string;
  let clock: LaterClock;
  let store: SqliteStore;
  let images: EncryptedImageStore;
  let running: KioskProcess | undefined;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'kiosk-data-'));
    dir = join(root, 'data');
    await cp(join(FIXTURES, `data-${version}`), dir, { recursive: true });
    openLater(1000);
  });

  afterEach(async () => {
    await images.stop();
    await store.stop();
    await running?.dispose();
    running = undefined;
    await rm(root, { recursive: true });
  });

  /** Opens the folder `ms` milliseconds after it was last used. */
  function openLater(ms: number): void {
    clock = new LaterClock(stoppedMs + ms);
    const parts = { clock, log: silentLogger };
    store = new SqliteStore({ dir, bootId: 'later', ...parts });
    images = new EncryptedImageStore({
      ...{ dir: join(dir, 'pictures'), keyFile: join(dir, 'pictures.key'), store, ...parts },
      policy: { mode: 'ask', days: 1 },
    });
  }

  /** Adds the files that a killed kiosk left behind. */
  async function asKilled(): Promise<void> {
    await cp(join(FIXTURES, `data-${version}-killed`), dir, { recursive: true });
  }

  function query<Result>(read: (database: Database.Database) => Result): Result {
    const database = new Database(join(dir, 'kiosk.sqlite'));
    try {
      return read(database);
    } finally {
      database.close();
    }
  }

  const journal = (): JournalColumns[] =>
    query((database) =>
      database.prepare('SELECT * FROM journal ORDER BY sequence').all(),
    ) as JournalColumns[];

  /** The old rows end in the recorded head, and the next start follows it. */
  function expectContinued({ rows, head }: RecordedDatabase['journal']): void {
    const all = journal();
    expect(all.length).toBeGreaterThan(rows);
    expect(all[rows - 1]).toMatchObject({ sequence: rows, hash: head });
    expect(all[rows]).toMatchObject({ kind: 'started', previous_hash: head });
    expect(verifyJournal(dir)).toEqual({ intact: true, rows: all.length, head: all.at(-1)?.hash });
  }

  /** Flips one bit of a file: at the end of a text that occurs once in it, or at a byte offset. */
  function flipBit(file: string, where: string | number): void {
    const bytes = readFileSync(file);
    const found = typeof where === 'number' ? where : bytes.indexOf(where);
    if (found === -1 || (typeof where === 'string' && found !== bytes.lastIndexOf(where)))
      throw new Error(`${file} must have this once: ${where}`);
    const at = typeof where === 'number' ? where : found + where.length - 1;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    writeFileSync(file, bytes);
  }

  it('is migrated to the newest schema with every row that was in it', async () => {
    await store.start();
    await store.stop();
    expect(query((database) => database.pragma('user_version', { simple: true }))).toBe(SCHEMA_VERSION);
    const added: Record<string, number> = { boots: 1, journal: 1 };
    for (const [table, rows] of Object.entries(recorded.tables)) {
      const found = query((database) => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
      expect({ table, rows: found }).toEqual({ table, rows: rows + (added[table] ?? 0) });
    }
  });

  it('has sessions and statistics that the screen understands', async () => {
    await store.start();
    const refused: string[] = [];
    const refuse = (what: string) => (place: string) => refused.push(`${what}: ${place}`);
    const listed = store.list({ limit: 200, filter: {} });
    isSessionPage(listed, refuse('the log'));
    for (const { id } of listed.sessions) isSessionDetail(store.get(id), refuse(id));
    isStatistics(await statisticsOf(store, {}), refuse('the statistics'));
    expect(listed.sessions.length).toBe(recorded.sessions.length);
    expect(refused).toEqual([]);
  });

  it('has the schema of a new folder once it is migrated', async () => {
    const schema = (): unknown[] =>
      query((database) =>
        database.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all(),
      );
    await store.start();
    await store.stop();
    const migrated = schema();
    await rm(dir, { recursive: true });
    await store.start();
    await store.stop();
    expect(migrated).toEqual(schema());
  });

  it('has journal rows of every kind that its version wrote', () => {
    const all = journal().map(({ kind }) => kind);
    const rows = [...new Set(all)].map((kind) => [kind, all.filter((other) => other === kind).length]);
    expect(Object.fromEntries(rows)).toEqual(recorded.journal.kinds);
    expect(rows).toHaveLength(KINDS[version]!);
  });

  it('verifies its journal before and after, and a later start follows the old head', async () => {
    const { rows, head } = recorded.journal;
    expect(verifyJournal(dir)).toEqual({ intact: true, rows, head });
    await store.start();
    await store.stop();
    expectContinued(recorded.journal);
  });

  it('returns every session as it was recorded, with its reviews and journal', async () => {
    await store.start();
    const numbers = recorded.sessions.map(({ number }) => number);
    expect(store.list({ limit: 200 }).sessions.map(({ number }) => number)).toEqual(numbers);
    for (const { events, ...session } of recorded.sessions) {
      const { journal: rows, ...detail } = store.get(session.id)!;
      expect(detail).toMatchObject(session);
      expect(rows.map(({ kind }) => kind)).toEqual(events);
    }
  });

  it('has sessions of every outcome, disposition and source, of patients, and with edited reviews', () => {
    const found = (values: readonly (string | undefined)[]): unknown[] => [...new Set(values)].sort();
    const { sessions } = recorded;
    expect(found(sessions.map(({ outcome }) => outcome))).toEqual(
      ['aborted', 'fault', 'result', 'retake', 'withheld'].sort(),
    );
    expect(found(sessions.map(({ disposition }) => disposition))).toEqual([
      'accepted',
      'discarded',
      'unreviewed',
    ]);
    expect(found(sessions.map(({ source }) => source))).toEqual(['camera', 'upload']);
    expect(sessions.filter(({ context }) => context?.reference !== undefined).length).toBeGreaterThan(0);
    expect(sessions.filter(({ assessments }) => assessments.length > 1).length).toBeGreaterThan(0);
  });

  it('finds the sessions of a patient and of a lesion, and adds to them', async () => {
    await store.start();
    const { context } = recorded.sessions.find((session) => session.context?.lesion !== undefined)!;
    const reference = context!.reference!;
    const expected = recorded.sessions.filter((session) => session.context?.reference === reference);
    const filtered = store.list({ limit: 200, filter: { reference } }).sessions;
    expect(filtered.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    const patient = store.context.patient(reference);
    expect(patient.id).toBe(context!.patient);
    expect(patient.lesions).toContainEqual(context!.lesion);
    store.addReview(expected[0]!.id, { kind: 'histology', value: 'mel' });
    expect(store.get(expected[0]!.id)?.histology).toBe('mel');
    expect(store.verify()).toMatchObject({ intact: true });
  });

  it('decrypts its stored images, and has none of those that were removed', async () => {
    await store.start();
    await images.start();
    expect(images.warning()).toBeUndefined();
    for (const { id } of recorded.sessions) {
      const expected = recorded.images.find(({ session }) => session === id);
      const image = await images.read(id);
      expect(image && sha256Of(image.picture.bytes)).toBe(expected?.sha256);
      const { values, ...shape } = image?.mask ?? { values: [] };
      const mask = image?.mask && { ...shape, sha256: sha256Of(Uint8Array.from(values)) };
      expect(mask).toEqual(expected?.mask);
      expect(images.kept(id)?.due).toBe(expected?.due);
    }
  });

  it('removes an image that is due, and journals it', async () => {
    openLater(2 * DAY_MS);
    await store.start();
    await images.start();
    const due = recorded.images.filter((image) => Date.parse(image.due) < clock.wall());
    expect(due.length).toBeGreaterThan(0);
    for (const { session, sha256 } of recorded.images) {
      const isDue = due.some((image) => image.session === session);
      expect(existsSync(join(dir, 'pictures', `${session}.sealed`))).toBe(!isDue);
      const last = store.get(session)!.journal.at(-1);
      if (isDue) expect(last).toMatchObject({ kind: 'picture-gone', body: { because: 'due', sha256 } });
      else expect(last?.kind).not.toBe('picture-gone');
    }
    expect(store.verify()).toMatchObject({ intact: true });
  });

  it('keeps its settings, its PIN and the scale of its camera', async () => {
    const { chosen, dropped, config } = loadSettings({ KIOSK_DATA_DIR: dir });
    expect({ chosen, dropped }).toEqual({ chosen: recorded.settings, dropped: [] });
    const inForce = Object.keys(chosen).map((name) => [name, String(config[name as keyof typeof config])]);
    expect(Object.fromEntries(inForce)).toEqual(recorded.settings);
    expect(String(config.cameraPixelsPerMm)).toBe(recorded.camera.settings.KIOSK_CAMERA_PIXELS_PER_MM);
    expect(await readCalibration(dir)).toEqual({ state: 'colourless' });
    const pin = new Pin({ dataDir: dir, clock });
    expect(await pin.try('908172')).toBe(1);
    expect(await pin.try(recorded.pin)).toBe(0);
  });

  it('is counted and exported completely', async () => {
    await store.start();
    expect(await statisticsOf(store, {})).toMatchObject(recorded.statistics);
    let text = '';
    for await (const part of exportOf(store, {}, { format: 'json', references: true })) text += part;
    const rows = JSON.parse(text) as Record<string, unknown>[];
    expect(
      rows.map(({ id, outcome, malignancy, reference, histology }) => ({
        ...{ id, outcome, malignancy, reference, histology },
      })),
    ).toEqual(
      recorded.sessions.map(({ id, outcome, malignancy = null, context, histology = null }) => ({
        ...{ id, outcome, malignancy, reference: context?.reference ?? null, histology },
      })),
    );
  });

  it('passes kiosk verify, and kiosk export writes its log', async () => {
    const settings = { KIOSK_DATA_DIR: dir, KIOSK_MODEL: 'seed-cnn' };
    const verified = await kiosk(['verify'], settings);
    expect(verified).toMatchObject({ code: 0 });
    expect(verified.stdout).toContain(`${recorded.journal.rows} rows, head ${recorded.journal.head}`);
    // Export asks for a database of this version: the kiosk has started on it once.
    await store.start();
    await store.stop();
    const { code, stdout } = await kiosk(['export'], settings);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1 + recorded.sessions.length);
  });

  it('lets a kiosk start on it, list the log, show an image and take the next press', async () => {
    const later = await KioskProcess.start({
      ...{ KIOSK_DATA_DIR: dir, KIOSK_MODEL: 'seed-cnn', KIOSK_ENGINE: 'onnxruntime' },
      ...{ KIOSK_CAMERA_WIDTH: '200', KIOSK_CAMERA_HEIGHT: '150' },
    });
    running = later;
    await later.untilReady();
    // Its PIN locks the log.
    expect((await later.json('/api/sessions')).status).toBe(401);
    const { body: unlock } = await later.json<UnlockAnswer>('/api/unlock', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ pin: recorded.pin }),
    });
    const headers = { authorization: `Bearer ${unlock.token}` };
    const { body: page } = await later.json<SessionPage>('/api/sessions?limit=200', { headers });
    expect(page.sessions.map(({ id }) => id)).toEqual(recorded.sessions.map(({ id }) => id));
    const [image] = [...recorded.images].sort((a, b) => Date.parse(b.due) - Date.parse(a.due));
    const shown = await fetch(new URL(`/api/sessions/${image!.session}/picture`, later.url), { headers });
    const sha256 = shown.ok ? sha256Of(new Uint8Array(await shown.arrayBuffer())) : 'gone';
    // This kiosk has the real time, and one day, years from now, the image is due.
    expect(sha256).toBe(Date.now() < Date.parse(image!.due) ? image!.sha256 : 'gone');

    const { status, body } = await later.json<{ id: string }>('/api/press', { method: 'POST' });
    expect(status).toBe(202);
    await ended(later);
    const { body: session } = await later.json<SessionDetail>(`/api/sessions/${body.id}`, { headers });
    expect(session).toMatchObject({
      number: recorded.sessions[0]!.number + 1,
      source: 'camera',
      outcome: 'result',
      // The threshold of the operating point selected on the screen, not of the card's default.
      threshold: thresholdOf(recorded.settings.operatingPoint!),
    });
    expect(await later.end()).toMatchObject({ code: 0 });

    expectContinued(recorded.journal);
    const mine = journal().filter(({ session_id }) => session_id === body.id);
    expect(mine.map(({ kind }) => kind)).toEqual(['session-opened', 'session-closed']);
  });

  it('opens with the WAL of a killed kiosk, and records the open session as aborted', async () => {
    const { rows } = recorded.journal;
    await asKilled();
    const { killed } = recorded;
    expect(killed.journal.rows).toBeGreaterThan(rows);
    const { rows: killedRows, head } = killed.journal;
    expect(verifyJournal(dir)).toEqual({ intact: true, rows: killedRows, head });
    await store.start();
    const { sessions } = store.list({ limit: 2 });
    const cutOff = { number: killed.tables.sessions, outcome: 'aborted' };
    expect(sessions).toMatchObject([cutOff, { number: cutOff.number! - 1, outcome: 'result' }]);
    await store.stop();
    expectContinued(killed.journal);
    expect(journal()[rows - 1]?.hash).toBe(recorded.journal.head);
  });

  it('fails verification after one changed bit in the body of a journal row', async () => {
    // The body ends in a hash: with one bit flipped it is still JSON.
    const { sequence, body } = journal().find(({ kind }) => kind === 'picture-gone')!;
    flipBit(join(dir, 'kiosk.sqlite'), body.slice(0, -2));
    expect(verifyJournal(dir)).toMatchObject({ intact: false, firstBad: { sequence } });
    const { code, stdout } = await kiosk(['verify'], { KIOSK_DATA_DIR: dir, KIOSK_MODEL: 'seed-cnn' });
    expect(code).toBe(1);
    expect(stdout).toContain(`row ${sequence} was modified`);
    await store.start();
    expect(store.verify()).toMatchObject({ intact: false, firstBad: { sequence } });
  });

  it('fails verification after a changed number of a result', () => {
    const { id, malignancy } = recorded.sessions.find(({ outcome }) => outcome === 'result')!;
    query((database) => {
      database.exec('DROP TRIGGER results_no_update');
      database.prepare('UPDATE results SET malignancy = ? WHERE session_id = ?').run(malignancy! / 2, id);
    });
    const problem = `the result of session ${id} differs from the journal`;
    expect(verifyJournal(dir)).toMatchObject({ intact: false, problem });
  });

  it('rejects a stored image with one changed bit, and reads the others', async () => {
    const [changed, ...others] = recorded.images;
    flipBit(join(dir, 'pictures', `${changed!.session}.sealed`), 5000);
    await store.start();
    await images.start();
    const problem = await images.read(changed!.session).catch((error: unknown) => codeOf(error));
    expect(problem).toBe('picture/kept-damaged');
    for (const { session, sha256 } of others)
      expect(sha256Of((await images.read(session))!.picture.bytes)).toBe(sha256);
  });
});

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The threshold of an operating point of seed-cnn. */
function thresholdOf(operatingPoint: string): number {
  const card = JSON.parse(readFileSync(join(SEED_BUNDLE, 'card.json'), 'utf8')) as Card;
  return card.operatingPoints.find(({ name }) => name === operatingPoint)!.threshold;
}

/** Waits until the kiosk reports the end of the session. */
async function ended(later: KioskProcess): Promise<void> {
  for (;;) {
    const { session } = (await later.json<View>('/api/view')).body;
    if (['showing', 'retake', 'fault'].includes(session.state)) return;
    await setTimeout(50);
  }
}
