import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Thumbnails } from '../../src/follow-up/thumbnails.ts';
import { codeOf } from '../../src/lib/errors.ts';
import type { SessionPage } from '../../src/protocol/http.ts';
import { decode, encode } from '../../src/vision/jpeg.ts';
import { RECORDS } from '../contract/store-contract.ts';
import { FakeImageStore } from '../fakes/image-store.ts';
import { faultIn, TestServer } from '../fakes/server-parts.ts';
import { RealLog } from '../support/real-log.ts';

const WIDE = { width: 400, height: 300, data: new Uint8Array(400 * 300 * 3).fill(90) };

let log: RealLog;
let images: FakeImageStore;
let kiosk: TestServer;

beforeEach(async () => {
  log = await RealLog.open();
  images = new FakeImageStore('ask');
  kiosk = await TestServer.start({ store: log.store, images, thumbnails: new Thumbnails() });
  for (const id of ['stored', 'not stored']) {
    log.store.openSession({ id, source: 'camera' });
    log.store.closeSession(RECORDS.result(id));
  }
  await images.keep('stored', { picture: await jpeg() }, 'consent');
});

afterEach(async () => {
  await kiosk.server.stop();
  await log.dispose();
});

async function jpeg(): Promise<{ bytes: Uint8Array; contentType: 'image/jpeg' }> {
  return { bytes: await encode(WIDE, 90), contentType: 'image/jpeg' };
}

describe('a thumbnail', () => {
  it('is a small square of a stored image, and the log says which sessions have one', async () => {
    const answer = await fetch(`${kiosk.url}/api/sessions/stored/thumbnail`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    const { width, height } = await decode(new Uint8Array(await answer.arrayBuffer()));
    expect([width, height]).toEqual([112, 112]);
    const { sessions } = JSON.parse((await kiosk.ask('/api/sessions')).text) as SessionPage;
    expect(sessions.map(({ id, pictured }) => [id, pictured])).toEqual([
      ['not stored', undefined],
      ['stored', true],
    ]);
  });

  it('is gone as soon as its image is', async () => {
    await kiosk.ask('/api/sessions/stored/thumbnail');
    await images.remove('stored', 'withdrawn');
    const { status, text } = await kiosk.ask('/api/sessions/stored/thumbnail');
    expect([status, faultIn(text)]).toEqual([404, 'session/picture-gone']);
  });

  it('of a damaged image is an error, and the next one is drawn all the same', async () => {
    const thumbnails = new Thumbnails();
    const damaged = { bytes: (await jpeg()).bytes.slice(0, 40), contentType: 'image/jpeg' } as const;
    expect(await thumbnails.of('a', () => Promise.resolve(damaged)).catch(codeOf)).toBe('picture/broken');
    expect((await thumbnails.of('a', jpeg)).length).toBeGreaterThan(100);
  });

  it('is an error if the thread hangs or dies', async () => {
    for (const program of ['setInterval(() => {}, 1000)', 'process.exit(1)']) {
      const entry = join(log.dir, 'worker.mjs');
      await writeFile(entry, program);
      const thumbnails = new Thumbnails({ entry, limitMs: 300 });
      expect(await thumbnails.of('a', jpeg).catch(codeOf)).toBe('picture/broken');
    }
  });
});
