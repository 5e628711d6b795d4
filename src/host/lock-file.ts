import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fstatSync, linkSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { KioskError, systemCode } from '../lib/errors.ts';

/** Distinguishes the kiosk's own lock from one made by balena's supervisor or a person. */
const MARK = 'dermoscopy-kiosk\n';

/**
 * A program of util-linux: Node has no flock. It locks the inherited open file, so that the lock lasts as long as our
 * descriptor.
 */
const FLOCK = 'flock';

/** Its exit status if another process holds the lock. */
const LOCKED = 1;

/**
 * Creates the file if it does not exist. It appears atomically with its mark, so that a power cut leaves no lock
 * without an owner.
 *
 * @returns a descriptor of it
 * @throws KioskError `fleet/locked` if it exists
 */
export function createLock(path: string): number {
  const work = `${path}.kiosk`;
  rmSync(work, { force: true });
  const file = openSync(work, 'wx');
  try {
    writeSync(file, MARK);
    linkSync(work, path);
    return file;
  } catch (error) {
    closeSync(file);
    if (systemCode(error) === 'EEXIST')
      throw new KioskError('fleet/locked', 'another process holds the lock');
    throw error;
  } finally {
    rmSync(work, { force: true });
  }
}

/** Removes the file unless it was replaced by force, and releases its flock. */
export function removeLock(path: string, file: number): void {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.ino === fstatSync(file).ino) rmSync(path);
  } finally {
    closeSync(file);
  }
}

/**
 * Locks an open file against all other processes, without waiting.
 *
 * @returns false if another process has locked it
 * @throws KioskError `fleet/flock` if locking is not possible here
 */
export async function flock(file: number): Promise<boolean> {
  try {
    const program = spawn(FLOCK, ['-x', '-n', '3'], { stdio: ['ignore', 'ignore', 'ignore', file] });
    const [code] = (await once(program, 'exit')) as [number | null];
    if (code !== 0 && code !== LOCKED) throw new Error(`${FLOCK} exited with ${String(code)}`);
    return code === 0;
  } catch (error) {
    throw new KioskError('fleet/flock', 'the file could not be locked', { cause: error });
  }
}

/**
 * Removes the stale lock of a previous kiosk: it has the kiosk's mark, and no living process has locked it.
 *
 * @returns whether there was one
 */
export async function clearStaleLock(path: string): Promise<boolean> {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
  const file = openSync(path, 'r');
  try {
    if (readFileSync(file, 'utf8') !== MARK || !(await flock(file))) return false;
    rmSync(path);
    return true;
  } finally {
    closeSync(file);
  }
}
