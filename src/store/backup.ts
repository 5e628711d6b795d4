import { mkdirSync, readdirSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncToDisk } from '../lib/durable-file.ts';
import { KioskError } from '../lib/errors.ts';
import { storeError } from './errors.ts';
import { copyDatabase } from './offline.ts';

/**
 * `kiosk-000017-2026-11-26.sqlite`: the number gives the order, since a board's clock may be wrong; the date is for
 * people.
 */
const BACKUP = /^kiosk-(\d{6,})-\d{4}-\d\d-\d\d\.sqlite$/;

/** An unfinished copy; only one process writes to the folder, so it is left over from an interrupted run. */
const UNFINISHED = '.kiosk.part';

export interface Backup {
  readonly file: string;
  /** Rows and head of the copy's journal: stored elsewhere, they reveal later truncation. */
  readonly rows: number;
  readonly head: string;
  /** Number of older copies removed. */
  readonly removed: number;
}

export interface BackupOptions {
  readonly dataDir: string;
  readonly folder: string;
  /** Number of copies to keep, 1 or more. */
  readonly keep: number;
  /** Milliseconds since 1970. */
  readonly wallMs: number;
}

/**
 * A verified copy of the database in a folder. It appears atomically and durably; older ones are removed only after
 * that.
 *
 * @throws KioskError `store/missing`, `store/damaged`, or as every write
 */
export async function backUp({ dataDir, folder, keep, wallMs }: BackupOptions): Promise<Backup> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const before = backupsOf(folder);
    const number = (before.at(-1)?.number ?? 0) + 1;
    const day = new Date(wallMs).toISOString().slice(0, 10);
    const file = join(folder, `kiosk-${String(number).padStart(6, '0')}-${day}.sqlite`);
    const { rows, head } = await whole(dataDir, folder, file);
    const old = before.slice(0, Math.max(0, before.length + 1 - keep));
    for (const { name } of old) await rm(join(folder, name));
    return { file, rows, head, removed: old.length };
  } catch (error) {
    throw storeError(error);
  }
}

async function whole(dataDir: string, folder: string, file: string): Promise<{ rows: number; head: string }> {
  const unfinished = join(folder, UNFINISHED);
  try {
    await rm(unfinished, { force: true });
    const journal = await copyDatabase(dataDir, unfinished);
    if (!journal.intact)
      throw new KioskError('store/damaged', `the copy was discarded: ${journal.problem}; run kiosk verify`);
    await syncToDisk(unfinished);
    await rename(unfinished, file);
    await syncToDisk(folder);
    return journal;
  } finally {
    for (const end of ['', '-journal', '-wal', '-shm']) await rm(`${unfinished}${end}`, { force: true });
  }
}

/** Oldest first. */
function backupsOf(folder: string): readonly { readonly name: string; readonly number: number }[] {
  return readdirSync(folder)
    .map((name) => ({ name, number: Number(BACKUP.exec(name)?.[1]) }))
    .filter(({ number }) => !Number.isNaN(number))
    .sort((a, b) => a.number - b.number);
}
