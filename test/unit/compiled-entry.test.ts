import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compiledEntry } from '../../src/lib/compiled-entry.ts';

describe('the compiled entry of a program', () => {
  const here = new URL(import.meta.url);
  const missing = new URL('./no-such-file.js', import.meta.url);

  it('is the file beside its caller, if there is one', () => {
    expect(compiledEntry(here, missing)).toBe(fileURLToPath(here));
  });

  it('is the one in dist for a caller that runs from source, even if nothing is built', () => {
    const inDist = new URL('../../dist/no-such-file.js', import.meta.url);
    expect(compiledEntry(missing, inDist)).toBe(fileURLToPath(inDist));
  });
});
