import { KioskError, systemCode } from '../lib/errors.ts';

/** Runs it, and gives what the file system throws as an error with a code the screen has words for. */
export async function wrapImageErrors<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw retentionError(error);
  }
}

function retentionError(error: unknown): KioskError {
  if (error instanceof KioskError) return error;
  const code = systemCode(error);
  if (['ENOSPC', 'EDQUOT'].includes(code)) return noRoom(error);
  if (['EROFS', 'EACCES', 'EPERM'].includes(code)) {
    return new KioskError('store/read-only', 'the folder of kept pictures cannot be written', {
      cause: error,
    });
  }
  return new KioskError('store/failed', 'the kept pictures could not be used', { cause: error });
}

export function noRoom(cause?: unknown): KioskError {
  return new KioskError('picture/no-room', 'there is no room to keep a picture', { cause });
}

export function keyLost(detail: string, cause?: unknown): KioskError {
  return new KioskError('picture/key-lost', `the key of the kept pictures ${detail}`, { cause });
}
