import { mkdir, mkdtemp, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/main.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { codeOf } from '../../src/lib/errors.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { backUp } from '../../src/store/backup.ts';
import { verifyJournal } from '../../src/store/offline.ts';
import { SqliteStore } from '../../src/store/sqlite-store.ts';
import { RECORDS } from '../contract/store-contract.ts';
import { FakeClock } from '../fakes/clock.ts';
import { kiosk, KioskProcess } from '../support/kiosk-process.ts';
import { RealLog } from '../support/real-log.ts';

let log: RealLog;
let root: string;
let folder: string;
const DAY = Date.UTC(2026, 0, 31);

beforeEach(async () => {
  log = await RealLog.open();
  root = await mkdtemp(join(tmpdir(), 'kiosk-backup-'));
  folder = join(root, 'backups');
});

afterEach(async () => {
  await log.dispose();
  await rm(root, { recursive: true });
});

function record(id: string): void {
  log.store.openSession({ id, source: 'camera' });
  log.store.closeSession(RECORDS.result(id));
}

const backUpOnce = (keep = 14, wallMs = DAY) => backUp({ dataDir: log.dir, folder, keep, wallMs });

/** Restores as a technician does: the copy replaces the database. */
async function restored(file: string): Promise<SqliteStore> {
  const dir = join(root, 'restored');
  await mkdir(dir);
  await rename(file, join(dir, 'kiosk.sqlite'));
  const options = { clock: new FakeClock(), log: silentLogger, bootId: 'after' };
  const store = new SqliteStore({ dir, ...options });
  await store.start();
  return store;
}

describe('a backup', () => {
  it('contains everything up to its start, of a log that is in use, and can be opened as a database', async () => {
    record('before');
    const whole = verifyJournal(log.dir);
    const { file, rows, head } = await backUpOnce();
    expect({ intact: true, rows, head }).toEqual(whole);
    record('after');

    const store = await restored(file);
    try {
      expect(store.get('before')).toMatchObject({ outcome: 'result', malignancy: 0.5 });
      expect(store.get('after')).toBeUndefined();
      expect(store.verify()).toMatchObject({ intact: true, rows: rows + 1 });
    } finally {
      await store.stop();
    }
  });

  it('is a single file that only the owner can read', async () => {
    const { file } = await backUpOnce();
    expect(await readdir(folder)).toEqual(['kiosk-000001-2026-01-31.sqlite']);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('keeps the newest backups by number, whatever the clock says, and leaves other files alone', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'kiosk-notes.sqlite'), '');
    for (const wallMs of [DAY, DAY, 0, 0]) await backUpOnce(3, wallMs);
    expect((await readdir(folder)).sort()).toEqual([
      'kiosk-000002-2026-01-31.sqlite',
      'kiosk-000003-1970-01-01.sqlite',
      'kiosk-000004-1970-01-01.sqlite',
      'kiosk-notes.sqlite',
    ]);
  });

  it('is discarded if the database is damaged, and no older backup is removed', async () => {
    for (let n = 0; n < 200; n += 1) record(`s${n}`);
    await backUpOnce(1);
    await log.store.stop();
    const database = await open(join(log.dir, 'kiosk.sqlite'), 'r+');
    const { size } = await database.stat();
    for (let page = 4; page < size / 4096; page += 3)
      await database.write(Buffer.alloc(64, 7), 0, 64, page * 4096);
    await database.close();

    const error: unknown = await backUpOnce(1).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(codeOf(error)).toMatch(/^store\/(damaged|failed)$/);
    expect(await readdir(folder)).toEqual(['kiosk-000001-2026-01-31.sqlite']);
  });

  it('removes what an interrupted run has left', async () => {
    await mkdir(folder);
    for (const name of ['.kiosk.part', '.kiosk.part-journal']) await writeFile(join(folder, name), 'half');
    await backUpOnce();
    expect(await readdir(folder)).toEqual(['kiosk-000001-2026-01-31.sqlite']);
  });
});

describe('kiosk backup', () => {
  it('copies the log of a running kiosk, and prints what the copy contains', async () => {
    const running = await KioskProcess.start();
    try {
      const settings = { KIOSK_DATA_DIR: running.dataDir };
      const { code, stdout } = await kiosk(['backup', '--keep', '2', folder], settings);
      expect({ code, stdout }).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(
          /\.sqlite: \d+ journal rows, head [0-9a-f]{64}; 0 older copies removed/,
        ) as string,
      });
      expect(await readdir(folder)).toHaveLength(1);
    } finally {
      await running.dispose();
    }
  });

  it('rejects invalid arguments, and a folder without a log', async () => {
    const terminal = {
      env: {},
      stdout: new PassThrough(),
      stderr: new PassThrough(),
      onSignal: () => () => {},
    };
    for (const args of [[], [folder, folder], ['--keep', '0', folder], ['--keep', 'all', folder]]) {
      expect(await run(['backup', ...args], terminal as unknown as Terminal)).toBe(2);
    }
    const missing = await kiosk(['backup', folder], { KIOSK_DATA_DIR: join(root, 'nothing') });
    expect(missing).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there is no database') as string,
    });
  });
});
