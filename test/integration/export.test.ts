import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import Database from 'better-sqlite3';
import { parse } from 'csv-parse/sync';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/main.ts';
import type { ExitCode } from '../../src/cli/terminal.ts';
import { codeOf } from '../../src/lib/errors.ts';
import { COLUMN_NAMES } from '../../src/reports/sessions/export.ts';
import { exportInto } from '../../src/reports/sessions/export-file.ts';
import type { SessionStore } from '../../src/store/port.ts';
import { RECORDS } from '../contract/store-contract.ts';
import { RealLog } from '../support/real-log.ts';
import { faultIn, TestServer } from '../fakes/server-parts.ts';

const OUTCOMES = ['result', 'withheld', 'retake', 'fault', 'aborted'] as const;
const COUNT = 450;

type Row = Record<string, string>;

let log: RealLog;
let out: string;

// No test writes to the log, so all share it.
beforeAll(async () => {
  log = await RealLog.open();
  for (let n = 0; n < COUNT; n += 1) {
    const id = `s${n}`;
    log.store.openSession({ id, source: 'camera' });
    log.store.closeSession(RECORDS[OUTCOMES[n % 5]!](id));
  }
  log.store.addReview('s0', { kind: 'clinician', value: 'disagree', opinion: 'mel' });
  log.store.addReview('s0', { kind: 'histology', value: 'malignant-other' });
});

afterAll(() => log.dispose());

beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'kiosk-export-'));
});

afterEach(async () => {
  await rm(out, { recursive: true });
});

function rowsOf(csv: string): Row[] {
  return parse(csv, { columns: true, record_delimiter: '\r\n' });
}

async function kiosk(...args: string[]): Promise<{ code: ExitCode; stdout: string; stderr: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const texts = [stdout, stderr].map(async (stream) => {
    const chunks: Buffer[] = [];
    for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  });
  const code = await run(['export', ...args], {
    env: { KIOSK_DATA_DIR: log.dir },
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stderr as unknown as NodeJS.WriteStream,
    onSignal: () => () => {},
  });
  stdout.end();
  stderr.end();
  return { code, stdout: await texts[0]!, stderr: await texts[1]! };
}

describe('the export over HTTP', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await TestServer.start({ store: log.store });
  });

  afterEach(() => server.server.stop());

  it('returns every session once, newest first, with its numbers at full precision', async () => {
    const { status, headers, text } = await server.ask('/api/sessions/export');
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/csv; charset=utf-8/);
    expect(headers['content-disposition']).toContain('sessions.csv');
    const rows = rowsOf(text);
    expect(rows.map((row) => Number(row.number))).toEqual(Array.from({ length: COUNT }, (_, i) => COUNT - i));
    const result = log.store.get('s0')!;
    expect(rows.at(-1)).toMatchObject({
      ...{ id: 's0', outcome: 'result', statement: 'above', referral: 'yes', opened_at: result.openedAt },
      ...{ malignancy: String(result.malignancy), p_mel: String(result.probabilities!.mel) },
      ...{ clinician: 'disagree', opinion: 'mel', histology: 'malignant-other' },
      ...{ model: 'example', model_version: '1.2.3', diameter_mm: '6.5', total_ms: '40.25' },
    });
    expect(rows[0]).toMatchObject({ outcome: 'aborted', malignancy: '', clinician: '' });
  });

  it('returns the same rows as JSON, with numbers as numbers and missing values as null', async () => {
    const csv = rowsOf((await server.ask('/api/sessions/export?format=csv')).text);
    const { headers, text } = await server.ask('/api/sessions/export?format=json');
    expect(headers['content-type']).toMatch(/^application\/json/);
    const json = JSON.parse(text) as Record<string, string | number | null>[];
    expect(json.map((row) => Object.keys(row))).toEqual(json.map(() => COLUMN_NAMES));
    const asText = json.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, cell]) => [name, cell === null ? '' : String(cell)]),
      ),
    );
    expect(asText).toEqual(csv);
    expect(typeof json.at(-1)!.malignancy).toBe('number');
  });

  it('returns only the rows that match the filter, and an empty table with its header if none does', async () => {
    const filtered = await server.ask('/api/sessions/export?outcome=result&clinician=disagree');
    expect(rowsOf(filtered.text).map(({ id }) => id)).toEqual(['s0']);
    expect((await server.ask('/api/sessions/export?source=upload')).text).toBe(
      `${COLUMN_NAMES.join(',')}\r\n`,
    );
    expect(JSON.parse((await server.ask('/api/sessions/export?source=upload&format=json')).text)).toEqual([]);
  });

  it.each(['format=xml', 'limit=5', 'day=today'])('is rejected with %s', async (query) => {
    const { status, text } = await server.ask(`/api/sessions/export?${query}`);
    expect([status, faultIn(text)]).toEqual([400, 'request/invalid']);
  });
});

describe('the export from the screen', () => {
  let server: TestServer | undefined;

  afterEach(async () => {
    await server?.server.stop();
  });

  async function write(exportDir: string, body: object, exportReferences = false) {
    server = await TestServer.start({ store: log.store, exportDir, exportReferences });
    const headers = { 'content-type': 'application/json' };
    return server.ask('/api/exports', { method: 'POST', headers, body: JSON.stringify(body) });
  }

  it('writes the filtered rows into its folder, and records it in the journal', async () => {
    const { status, text } = await write(out, { format: 'csv', outcome: 'result' });
    expect(status).toBe(201);
    const { file } = JSON.parse(text) as { file: string };
    expect(file).toMatch(/^sessions-\d{4}-\d\d-\d\d-\d{6}\.csv$/);
    expect(await readdir(out)).toEqual([file]);
    const rows = parse<Row>(await readFile(join(out, file), 'utf8'), { columns: true });
    expect(rows).toHaveLength(COUNT / 5);
    expect((await server!.ask('/api/exports')).text).toBe(JSON.stringify({ folder: out, references: false }));
    const db = new Database(join(log.dir, 'kiosk.sqlite'), { readonly: true });
    const journalled = db.prepare("SELECT body FROM journal WHERE kind = 'exported'").pluck().all();
    db.close();
    expect(journalled.map((body) => JSON.parse(body as string) as unknown)).toEqual([
      { format: 'csv', references: false, filtered: true },
    ]);
  });

  it('is unavailable if no folder is set, and asks for the USB drive if the folder does not exist', async () => {
    const nowhere = await write('', { format: 'csv' });
    expect(nowhere.status).toBe(409);
    expect(faultIn(nowhere.text)).toBe('export/none');
    expect((await server!.ask('/api/exports')).text).toBe('{"folder":null}');
    await server!.server.stop();
    const unplugged = await write(join(out, 'stick'), { format: 'json' });
    expect(unplugged.status).toBe(503);
    expect(faultIn(unplugged.text)).toBe('export/no-medium');
    expect(await readdir(out)).toEqual([]);
  });

  it('of no session at all is refused, and leaves no file behind', async () => {
    const { status, text } = await write(out, { format: 'csv', source: 'upload' });
    expect([status, faultIn(text)]).toEqual([409, 'export/nothing']);
    expect(await readdir(out)).toEqual([]);
  });

  it('leaves nothing behind on a full USB drive', async () => {
    const full: Pick<SessionStore, 'rows'> = {
      rows: () => {
        throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      },
    };
    const what = { store: full, filter: {}, format: 'csv', references: false } as const;
    expect(await exportInto(out, what, 0).catch(codeOf)).toBe('export/failed');
    expect(await readdir(out)).toEqual([]);
  });
});

describe('kiosk export', () => {
  it('replaces the file atomically while the kiosk runs, and leaves nothing else behind', async () => {
    const file = join(out, 'log.csv');
    await writeFile(file, 'the export of yesterday');
    expect(await kiosk('--outcome', 'withheld', file)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(rowsOf(await readFile(file, 'utf8'))).toHaveLength(COUNT / 5);
    expect(await readdir(out)).toEqual(['log.csv']);
  });

  it('prints to standard output if no file is given', async () => {
    const { code, stdout } = await kiosk('--format', 'json', '--histology', 'malignant-other');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ id: 's0', opinion: 'mel' }]);
  });

  it.each([
    [['--outcome', 'good'], /--outcome must be one of result, withheld/],
    [['--format', 'xml'], /--format must be one of csv, json/],
    [['--day', '2026-02-30'], /“day” must be a day/],
    [['--patient', 'Smith'], /--patient/],
    [['a.csv', 'b.csv'], /specify one file/],
  ])('rejects %j and does nothing', async (args, problem) => {
    const { code, stdout, stderr } = await kiosk(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(problem);
  });

  it('leaves nothing behind if the file cannot be written', async () => {
    const nowhere = await kiosk(join(out, 'no such folder', 'log.csv'));
    expect(nowhere).toMatchObject({ code: 1, stdout: '' });
    expect(await readdir(out)).toEqual([]);
  });
});

it('documents every column of the export, in order', async () => {
  const page = await readFile(join(import.meta.dirname, '..', '..', 'docs', 'export.md'), 'utf8');
  const table = page.slice(page.indexOf('\n## Export\n'));
  const named = [...table.matchAll(/^\| `([^|]*)` \|/gm)].flatMap(([, names]) => names!.split('`, `'));
  expect(named).toEqual(COLUMN_NAMES);
});
