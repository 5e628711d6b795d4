import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fstatSync, linkSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { KioskError, systemCode } from '../lib/errors.ts';

/** Tells the kiosk's own lock from one that balena's supervisor or a person made. */
const MARK = 'dermoscopy-kiosk\n';

/** util-linux's own program: Node has no flock. It locks the open file that it inherits, so that the lock lasts as long as our descriptor. */
const FLOCK = 'flock';

/** What it answers when somebody else has the file locked. */
const LOCKED = 1;

/**
 * Makes the file if there is none. It appears with its mark in it, whole or not at all, so that a power cut leaves none that nobody owns.
 *
 * @returns a descriptor of it
 * @throws KioskError `fleet/locked` when there is one already
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

/** Removes the file unless another has taken its place by force, and gives up its flock. */
export function removeLock(path: string, file: number): void {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.ino === fstatSync(file).ino) rmSync(path);
  } finally {
    closeSync(file);
  }
}

/**
 * Locks an open file against every other process, without waiting.
 *
 * @returns false when another has it locked
 * @throws KioskError `fleet/flock` when this cannot be done here
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
 * Removes the lock of a kiosk that is gone: it carries the kiosk's mark, and no living process has it locked.
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
