import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/lib/logger.ts';
import type { Check } from '../../src/protocol/diagnostics.ts';
import { verifyJournal } from '../../src/store/offline.ts';
import { SqliteStore } from '../../src/store/sqlite-store.ts';
import { tryDatabase } from '../../src/store/trial.ts';
import { thrownBy } from '../contract/store-contract.ts';
import { FakeClock } from '../fakes/clock.ts';

const project = join(import.meta.dirname, '..', '..');
let root: string;
let dir: string;
let file: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kiosk-trial-'));
  dir = join(root, 'data');
  file = join(dir, 'kiosk.sqlite');
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

/** The code of the error that the trial throws. */
function thrown(): unknown {
  return thrownBy(() => {
    tryDatabase(dir);
  });
}

async function recorded(): Promise<SqliteStore> {
  const store = new SqliteStore({ dir, clock: new FakeClock(), log: silentLogger, bootId: 'boot' });
  await store.start();
  return store;
}

describe('the trial of the database', () => {
  it('leaves nothing in a folder without a database', async () => {
    tryDatabase(dir);
    expect(await readdir(dir)).toEqual([]);
  });

  it('accepts a valid database while a kiosk runs on it, and adds nothing to it', async () => {
    const store = await recorded();
    try {
      const before = verifyJournal(dir);
      tryDatabase(dir);
      expect(verifyJournal(dir)).toEqual(before);
      expect(() => {
        store.probe();
      }).not.toThrow();
    } finally {
      await store.stop();
    }
  });

  it('does not migrate a database of an older program', async () => {
    await (await recorded()).stop();
    const database = new Database(file);
    database.pragma('user_version = 1');
    tryDatabase(dir);
    expect(database.pragma('user_version', { simple: true })).toBe(1);
    database.close();
  });

  it('throws the same error as a start on a damaged database', async () => {
    await mkdir(dir);
    await writeFile(file, 'no database at all, but long enough to be taken for one'.repeat(100));
    expect(thrown()).toBe('store/damaged');
  });

  it('throws the same error as a start on a newer database', async () => {
    await mkdir(dir);
    const database = new Database(file);
    database.pragma('user_version = 999');
    database.close();
    expect(thrown()).toBe('store/newer');
  });

  it('throws if SQLite cannot write a row', async () => {
    await (await recorded()).stop();
    const database = new Database(file);
    database.exec('DROP TABLE probe');
    database.close();
    expect(thrown()).toBe('store/failed');
  });
});

describe('with an SQLite add-on that this Node cannot load', () => {
  beforeEach(async () => {
    // Copies, not links: Node looks for modules beside the real path of a file.
    for (const name of ['bin', 'dist', 'package.json']) {
      const filter = (path: string): boolean => !path.endsWith('/dist/deb');
      await cp(join(project, name), join(root, name), { recursive: true, filter });
    }
    const modules = join(project, 'node_modules');
    await mkdir(join(root, 'node_modules'));
    for (const name of await readdir(modules))
      if (name !== 'better-sqlite3') await symlink(join(modules, name), join(root, 'node_modules', name));
    const sqlite = join('node_modules', 'better-sqlite3');
    for (const name of ['package.json', 'lib'])
      await cp(join(project, sqlite, name), join(root, sqlite, name), { recursive: true });
    await mkdir(join(root, sqlite, 'build', 'Release'), { recursive: true });
    await writeFile(join(root, sqlite, 'build', 'Release', 'better_sqlite3.node'), 'of another machine');
  });

  function kiosk(...args: string[]): { status: number | null; stdout: string; stderr: string } {
    const env = { PATH: process.env.PATH, HOME: root, KIOSK_DATA_DIR: dir, KIOSK_PORT: '0' };
    const model = join(project, 'model', 'bundles', 'seed-cnn');
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin', 'kiosk.js'), ...args], {
      encoding: 'utf8',
      env: { ...env, KIOSK_MODEL: model, KIOSK_ENGINE: 'onnxruntime' },
    });
    return { status, stdout, stderr };
  }

  it('kiosk doctor fails and prints the cure, as kiosk start does', () => {
    const { status, stdout } = kiosk('doctor', '--json');
    const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: Check[] };
    expect({ status, ok }).toEqual({ status: 1, ok: false });
    const cure = `SQLite’s add-on cannot be loaded on this Node, ${process.version}: run npm rebuild better-sqlite3`;
    expect(checks.filter(({ state }) => state === 'failed')).toEqual([
      expect.objectContaining({ id: 'disk', found: expect.stringContaining(cure) as string }),
    ]);
    const start = kiosk('start');
    expect(start.status).toBe(1);
    expect(start.stderr).toContain(`kiosk start: ${cure}`);
  });
});
