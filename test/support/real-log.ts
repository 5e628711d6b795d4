import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../src/lib/logger.ts';
import { SqliteStore } from '../../src/store/sqlite-store.ts';
import { FakeClock } from '../fakes/clock.ts';

/** A real store in its own folder, whose clock the test advances. */
export class RealLog {
  readonly clock = new FakeClock();
  readonly store: SqliteStore;
  readonly dir: string;

  private constructor(dir: string) {
    this.dir = dir;
    this.store = new SqliteStore({ dir, clock: this.clock, log: silentLogger, bootId: 'boot' });
  }

  static async open(): Promise<RealLog> {
    const log = new RealLog(await mkdtemp(join(tmpdir(), 'kiosk-log-')));
    await log.store.start();
    return log;
  }

  async dispose(): Promise<void> {
    await this.store.stop();
    await rm(this.dir, { recursive: true });
  }
}
