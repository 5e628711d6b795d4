import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../src/lib/logger.ts';
import { SqliteStore } from '../../src/store/sqlite-store.ts';
import { FakeClock } from '../fakes/clock.ts';
import { MemoryStore } from '../fakes/store.ts';
import { storeContract } from './store-contract.ts';

storeContract('SqliteStore', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-store-'));
  const store = new SqliteStore({ dir, clock: new FakeClock(), log: silentLogger, bootId: 'boot' });
  await store.start();
  return {
    store,
    dispose: async () => {
      await store.stop();
      await rm(dir, { recursive: true });
    },
  };
});

storeContract('the memory fake', () =>
  Promise.resolve({ store: new MemoryStore(), dispose: () => Promise.resolve() }),
);
