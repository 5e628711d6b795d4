import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The compiled file of a program or a worker: the one at its path relative to the caller, or, if the caller itself
 * is run from src/ (in tests), the one in dist/. The callers write both as `new URL('…', import.meta.url)`, which
 * `scripts/prove/closure.mjs` follows.
 */
export function compiledEntry(beside: URL, inDist: URL): string {
  const file = fileURLToPath(beside);
  return existsSync(file) ? file : fileURLToPath(inDist);
}
