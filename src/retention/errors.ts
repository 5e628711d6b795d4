import { KioskError, systemCode } from '../lib/errors.ts';

/** Runs an operation and converts errors of the file system to errors whose codes the screen has texts for. */
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
    return new KioskError('store/read-only', 'the image folder is not writable', {
      cause: error,
    });
  }
  return new KioskError('store/failed', 'the stored images could not be accessed', { cause: error });
}

export function noRoom(cause?: unknown): KioskError {
  return new KioskError('picture/no-room', 'no space to store an image', { cause });
}

export function keyLost(detail: string, cause?: unknown): KioskError {
  return new KioskError('picture/key-lost', `the key of the stored images ${detail}`, { cause });
}
