import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '../../src/lib/errors.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import type { ErrorBody, StoredImage, SessionDetail } from '../../src/protocol/http.ts';
import {
  EncryptedImageStore,
  type EncryptedImageStoreOptions,
} from '../../src/retention/encrypted-image-store.ts';
import { SqliteStore } from '../../src/store/sqlite-store.ts';
import { RECORDS } from '../contract/store-contract.ts';
import { FakeClock } from '../fakes/clock.ts';
import { PICTURE_ID, TestServer } from '../fakes/server-parts.ts';

const DAY = 86_400_000;
/** Occurs in the files of the disk only if an image is stored unencrypted. */
const MARKER = 'text in the unencrypted image only';
const CONTENT = {
  picture: {
    bytes: Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(MARKER)]),
    contentType: 'image/jpeg',
  },
  mask: { side: 2, values: [0, 255, 128, 7], mmPerPixel: 0.02 },
} as const;

/** A board whose wall clock may be wrong; its monotonic clock is right. */
class BoardClock extends FakeClock {
  wrongBy = 0;
  off = 0;

  override wall(): number {
    return super.wall() + this.wrongBy + this.off;
  }
}

let dir: string;
let clock: BoardClock;
let store: SqliteStore;
let images: EncryptedImageStore;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kiosk-retention-'));
  clock = new BoardClock();
  await startKiosk();
});

afterEach(async () => {
  await stopKiosk();
  await rm(dir, { recursive: true });
});

async function startKiosk(options: Partial<EncryptedImageStoreOptions> = {}): Promise<void> {
  const parts = { clock, log: silentLogger };
  store = new SqliteStore({ dir, bootId: `boot-${Math.random()}`, ...parts });
  await store.start();
  images = new EncryptedImageStore({
    ...{ dir: join(dir, 'pictures'), keyFile: join(dir, 'keys', 'pictures.key'), store, ...parts },
    policy: { mode: 'ask', days: 3 },
    ...options,
  });
  await images.start();
}

async function stopKiosk(): Promise<void> {
  await images.stop();
  await store.stop();
}

async function keep(id = 'one'): Promise<void> {
  store.openSession({ id, source: 'camera' });
  store.closeSession(RECORDS.result(id));
  await images.keep(id, CONTENT, 'consent');
}

/** Names of all files whose raw bytes hold the text. */
async function filesWith(text: string): Promise<string[]> {
  const names = await readdir(dir, { recursive: true });
  const found: string[] = [];
  for (const name of names) {
    const path = join(dir, name);
    if ((await stat(path)).isFile() && (await readFile(path)).includes(text)) found.push(name);
  }
  return found;
}

const sealed = (id = 'one'): string => join(dir, 'pictures', `${id}.sealed`);
const journal = (id = 'one') =>
  store
    .get(id)!
    .journal.filter(({ kind }) => kind.startsWith('picture-'))
    .map(({ kind, body }) => ({ kind, ...body }));
const files = (): Promise<string[]> => readdir(join(dir, 'pictures'));
const code = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'fine', codeOf);

describe('a stored image', () => {
  it('is read back unchanged, is never on the disk unencrypted, and its hash is journalled', async () => {
    await writeFile(join(dir, 'control'), MARKER);
    expect(await filesWith(MARKER)).toEqual(['control']);
    await keep();
    expect(await images.read('one')).toEqual(CONTENT);
    expect(await filesWith(MARKER)).toEqual(['control']);
    expect(journal()).toMatchObject([
      { kind: 'picture-kept', by: 'consent', days: 3, bytes: CONTENT.picture.bytes.length, mask: true },
    ]);
    expect(store.verify()).toMatchObject({ intact: true });
  });

  it('keeps its retention period if the setting changes, and no image is stored once that is off', async () => {
    await keep();
    images.setPolicy({ mode: 'always', days: 1 });
    await keep('two');
    await clock.advance(2 * DAY);
    expect([images.kept('one') === undefined, images.kept('two') === undefined]).toEqual([false, true]);
    images.setPolicy({ mode: 'off', days: 1 });
    expect(await code(keep('three'))).toBe('picture/not-kept');
    expect(await images.read('one')).toEqual(CONTENT);
  });

  it('can be read by the owner only, as can its key', async () => {
    await keep();
    for (const path of [sealed(), join(dir, 'keys', 'pictures.key')])
      expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('survives a restart, and is deleted with its file at the end of its retention period', async () => {
    await keep();
    await stopKiosk();
    await startKiosk();
    await clock.advance(3 * DAY - 1);
    expect(await images.read('one')).toEqual(CONTENT);
    await clock.advance(1);
    expect([images.kept('one'), await images.read('one')]).toEqual([undefined, undefined]);
    await clock.advance(3_600_000);
    await images.stop();
    expect(await files()).toEqual(['time']);
    expect(journal()[1]).toMatchObject({ kind: 'picture-gone', because: 'due' });
  });

  it('is deleted at startup if its period ended while the kiosk was off', async () => {
    await keep();
    await stopKiosk();
    clock.off = 3 * DAY;
    await startKiosk();
    expect(await files()).toEqual(['time']);
  });

  it('is deleted on time even if the clock is set back repeatedly', async () => {
    await keep();
    clock.wrongBy = -1000 * DAY;
    await clock.advance(2 * DAY);
    await stopKiosk();
    await startKiosk();
    await clock.advance(DAY);
    expect(images.kept('one')).toBeUndefined();
  });

  it('is not deleted early by a board whose clock starts in the past', async () => {
    await keep();
    await stopKiosk();
    clock.wrongBy = -1000 * DAY;
    await startKiosk();
    await clock.advance(DAY);
    clock.wrongBy = 0;
    expect(images.kept('one')).toBeDefined();
  });

  it('is deleted at once if consent is withdrawn', async () => {
    await keep();
    expect(await images.remove('one', 'withdrawn')).toBe(true);
    expect(await files()).toEqual(['time']);
    expect(journal()[1]).toMatchObject({ kind: 'picture-gone', because: 'withdrawn' });
    expect(await images.remove('one', 'withdrawn')).toBe(false);
  });

  it('cannot be decrypted once its header is overwritten, and is deleted at the next start', async () => {
    await keep();
    const whole = await readFile(sealed());
    store.append = () => {
      throw new Error('the disk is gone');
    };
    expect(await code(images.remove('one', 'withdrawn'))).toBe('store/failed');
    const erased = await readFile(sealed());
    expect(erased.length).toBe(whole.length);
    expect(erased.subarray(0, 1024).toString()).not.toContain('"key"');
    expect(await images.read('one')).toBeUndefined();
    await stopKiosk();
    await startKiosk();
    expect(await files()).toEqual(['time']);
    expect(journal()[1]).toMatchObject({ kind: 'picture-gone', because: 'withdrawn' });
  });

  it('is rejected if a single bit of it was changed', async () => {
    await keep();
    const whole = await readFile(sealed());
    for (const at of [1024, 1040, 1060, whole.length - 1]) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 1;
      await writeFile(sealed(), changed);
      expect(await code(images.read('one'))).toBe('picture/kept-damaged');
    }
  });

  it('cannot be used for another session, and its retention period cannot be extended', async () => {
    await keep();
    await keep('two');
    const whole = await readFile(sealed());
    await writeFile(sealed('two'), whole);
    expect(await code(images.read('two'))).toBe('picture/kept-damaged');
    await stopKiosk();
    const head = whole.subarray(0, 1024).toString();
    const longer = head.replace(/(dueMs\\":)\d/, '$19');
    expect(longer).not.toBe(head);
    await writeFile(sealed(), Buffer.concat([Buffer.from(longer), whole.subarray(1024)]));
    await startKiosk();
    expect(await code(images.read('one'))).toBe('picture/key-lost');
  });

  it('reports a lost key, creates no other in its place, and is readable again once it is back', async () => {
    await keep();
    const path = join(dir, 'keys', 'pictures.key');
    const key = await readFile(path);
    await rm(path);
    await stopKiosk();
    await startKiosk();
    expect(images.warning()).toMatch(/key of the stored images is missing/);
    expect(await code(images.read('one'))).toBe('picture/key-lost');
    expect(await code(keep('two'))).toBe('picture/key-lost');
    await writeFile(path, key);
    expect(await images.read('one')).toEqual(CONTENT);
    expect(await images.remove('one', 'withdrawn')).toBe(true);
  });

  it('is not stored if the disk is nearly full: later sessions need the space', async () => {
    await stopKiosk();
    await startKiosk({ freeBytes: () => Promise.resolve(64 * 1024 ** 2) });
    expect(await code(keep())).toBe('picture/no-room');
    expect(await files()).toEqual([]);
    expect(journal()).toEqual([]);
  });

  it('leaves nothing behind after an interrupted write', async () => {
    await keep();
    await stopKiosk();
    await writeFile(`${sealed('two')}.part`, 'half an image');
    await startKiosk();
    expect((await files()).sort()).toEqual(['one.sealed', 'time']);
  });

  it('is not stored by a kiosk that stores no images', async () => {
    await stopKiosk();
    await startKiosk({ policy: { mode: 'off', days: 3 } });
    expect(await code(keep())).toBe('picture/not-kept');
    expect(await readdir(dir)).not.toContain('pictures');
  });
});

describe('stored images over HTTP', () => {
  it('are requested, listed, read, and withdrawn', async () => {
    const kiosk = await TestServer.start({ store, images });
    store.openSession({ id: PICTURE_ID, source: 'camera' });
    store.closeSession(RECORDS.result(PICTURE_ID));
    const path = `/api/sessions/${PICTURE_ID}`;
    const detail = async () => JSON.parse((await kiosk.ask(path)).text) as SessionDetail;
    const fault = (text: string) => (JSON.parse(text) as ErrorBody).error.code;
    try {
      expect(await detail()).not.toHaveProperty('kept');
      const early = await kiosk.ask(`${path}/picture`, { method: 'PUT' });
      expect([early.status, fault(early.text)]).toEqual([404, 'session/picture-gone']);
      kiosk.session.held = CONTENT.picture;
      const put = await kiosk.ask(`${path}/picture`, { method: 'PUT' });
      expect(put.status).toBe(200);
      kiosk.session.held = undefined;
      const { kept } = JSON.parse(put.text) as { kept: StoredImage };
      expect(await detail()).toMatchObject({ kept });
      expect(Date.parse(kept.due) - Date.parse(kept.keptAt)).toBe(3 * DAY);
      const image = await kiosk.ask(`${path}/picture`);
      expect(image.text).toContain(MARKER);
      expect(image.headers).toMatchObject({ 'content-type': 'image/jpeg', 'cache-control': 'no-store' });
      expect((await kiosk.ask(`${path}/picture`, { method: 'DELETE' })).status).toBe(200);
      for (const gone of ['picture', 'mask']) expect((await kiosk.ask(`${path}/${gone}`)).status).toBe(404);
      expect((await kiosk.ask(`${path}/picture`, { method: 'DELETE' })).status).toBe(404);
      expect(await detail()).not.toHaveProperty('kept');
    } finally {
      await kiosk.server.stop();
    }
  });
});
