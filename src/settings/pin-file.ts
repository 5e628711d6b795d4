import { join } from 'node:path';
import { writeDurablySync } from '../lib/durable-file.ts';
import { KioskError, systemCode } from '../lib/errors.ts';
import type { ReadText } from '../lib/read-text.ts';

/** The stored data of a PIN: never the PIN itself. */
export interface PinRecord {
  /** Base64, as `hash`. */
  readonly salt: string;
  readonly hash: string;
  /** Consecutive wrong attempts, including the current one. */
  readonly failures: number;
}

/** Replaces the PIN once it was removed from the command line. */
export const RESET = 'reset';

export type PinState = PinRecord | typeof RESET | undefined;

/** @throws KioskError `store/failed` for an unreadable or damaged file: a PIN is never lost by accident */
export async function readPin(dataDir: string, read: ReadText): Promise<PinState> {
  const file = fileIn(dataDir);
  try {
    const content: unknown = JSON.parse(await read(file));
    if (isReset(content)) return RESET;
    if (isRecord(content)) return content;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error))) return undefined;
    throw unusable(file, error);
  }
  throw unusable(file);
}

/** @throws KioskError `store/full`, `store/read-only` or `store/failed` */
export function writePin(dataDir: string, record: PinRecord): void {
  try {
    writeDurablySync(fileIn(dataDir), `${JSON.stringify(record)}\n`);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOSPC' || code === 'EDQUOT')
      throw new KioskError('store/full', 'the PIN cannot be saved', { cause: error });
    throw new KioskError('store/read-only', 'the PIN cannot be saved', { cause: error });
  }
}

/**
 * The next PIN is set on the kiosk's own screen, which journals that it followed a reset. A running kiosk notices
 * immediately.
 */
export function resetPin(dataDir: string): void {
  writeDurablySync(fileIn(dataDir), `${JSON.stringify({ state: RESET })}\n`);
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'pin.json');
}

function isReset(content: unknown): boolean {
  return typeof content === 'object' && content !== null && 'state' in content && content.state === RESET;
}

function isRecord(content: unknown): content is PinRecord {
  if (typeof content !== 'object' || content === null) return false;
  const { salt, hash, failures } = content as Partial<Record<keyof PinRecord, unknown>>;
  return typeof salt === 'string' && typeof hash === 'string' && Number.isSafeInteger(failures);
}

function unusable(file: string, cause?: unknown): KioskError {
  return new KioskError('store/failed', `${file} is damaged: run “kiosk pin reset” and set a new PIN`, {
    cause,
  });
}
