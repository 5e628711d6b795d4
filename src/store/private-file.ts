import { closeSync, existsSync, openSync } from 'node:fs';

/**
 * An empty file nobody else may read, unless it is there. One that is there must not be opened and closed here: that would
 * release the locks SQLite holds on it in this process (fcntl(2)).
 */
export function createPrivate(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, 'wx', 0o600));
}
