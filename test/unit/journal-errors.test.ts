import { describe, expect, it } from 'vitest';
import { KioskError } from '../../src/lib/errors.ts';
import { storeError } from '../../src/store/errors.ts';

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

describe('a disk error', () => {
  it.each([
    ['SQLITE_FULL', 'store/full'],
    ['ENOSPC', 'store/full'],
    ['EDQUOT', 'store/full'],
    ['SQLITE_READONLY', 'store/read-only'],
    ['SQLITE_READONLY_DBMOVED', 'store/read-only'],
    ['SQLITE_CANTOPEN', 'store/read-only'],
    ['EROFS', 'store/read-only'],
    ['EACCES', 'store/read-only'],
    ['SQLITE_IOERR_FSYNC', 'store/failed'],
    ['SQLITE_CONSTRAINT_TRIGGER', 'store/failed'],
    ['SQLITE_BUSY', 'store/failed'],
    ['ENOTDIR', 'store/failed'],
  ])('%s is mapped to %s and keeps its cause', (system, code) => {
    const cause = systemError(system);
    expect(storeError(cause)).toMatchObject({ code, cause });
  });

  it('that is already a KioskError is not wrapped', () => {
    const own = new KioskError('store/newer', 'newer');
    expect(storeError(own)).toBe(own);
  });

  it('that is not an Error becomes store/failed', () => {
    expect(storeError('text').code).toBe('store/failed');
  });
});
