import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Thumbnailer } from '../../src/classifier/port.ts';
import { KioskError } from '../../src/lib/errors.ts';
import type { SessionPage } from '../../src/protocol/http.ts';
import { decode, encode, thumbnail } from '../../src/vision/jpeg.ts';
import { RECORDS } from '../contract/store-contract.ts';
import { FakeImageStore } from '../fakes/image-store.ts';
import { faultIn, TestServer } from '../fakes/server-parts.ts';
import { RealLog } from '../support/real-log.ts';

const WIDE = { width: 400, height: 300, data: new Uint8Array(400 * 300 * 3).fill(90) };

/** Draws as the inference process does, or fails as that does. */
class Drawing implements Thumbnailer {
  drawn = 0;
  failure: KioskError | undefined;
  meanwhile: (() => Promise<unknown>) | undefined;

  async thumbnail(picture: Uint8Array, side: number): Promise<Uint8Array> {
    this.drawn += 1;
    if (this.failure !== undefined) throw this.failure;
    await this.meanwhile?.();
    return thumbnail(picture, side);
  }
}

let log: RealLog;
let images: FakeImageStore;
let drawing: Drawing;
let kiosk: TestServer;

beforeEach(async () => {
  log = await RealLog.open();
  images = new FakeImageStore('ask');
  drawing = new Drawing();
  kiosk = await TestServer.start({ store: log.store, images, thumbnails: drawing });
  for (const id of ['stored', 'not stored']) {
    log.store.openSession({ id, source: 'camera' });
    log.store.closeSession(RECORDS.result(id));
  }
  const picture = { bytes: await encode(WIDE, 90), contentType: 'image/jpeg' as const };
  await images.keep('stored', { picture }, 'consent');
});

afterEach(async () => {
  await kiosk.server.stop();
  await log.dispose();
});

const ask = async (id = 'stored'): Promise<string> => {
  const { status, text } = await kiosk.ask(`/api/sessions/${encodeURIComponent(id)}/thumbnail`);
  return status === 200 ? 'drawn' : `${status} ${faultIn(text)}`;
};

describe('a thumbnail', () => {
  it('is a small version of a stored image, and the log says which sessions have one', async () => {
    const answer = await fetch(`${kiosk.url}/api/sessions/stored/thumbnail`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    const { width, height } = await decode(new Uint8Array(await answer.arrayBuffer()));
    expect([width, height]).toEqual([144, 108]);
    const { sessions } = JSON.parse((await kiosk.ask('/api/sessions')).text) as SessionPage;
    expect(sessions.map(({ id, pictured }) => [id, pictured])).toEqual([
      ['not stored', undefined],
      ['stored', true],
    ]);
    expect(await ask('not stored')).toBe('404 session/picture-gone');
  });

  it('is drawn once', async () => {
    await ask();
    expect([await ask(), drawing.drawn]).toEqual(['drawn', 1]);
  });

  it('is gone as soon as its image is', async () => {
    await ask();
    await images.remove('stored', 'withdrawn');
    expect(await ask()).toBe('404 session/picture-gone');
  });

  it('is not answered if its image is deleted while it is drawn', async () => {
    drawing.meanwhile = () => images.remove('stored', 'withdrawn');
    expect(await ask()).toBe('404 session/picture-gone');
  });

  it('is not drawn again from an image that ended the inference process', async () => {
    drawing.failure = new KioskError('inference/died', 'ended');
    await ask();
    expect([await ask(), drawing.drawn]).toEqual(['422 picture/broken', 1]);
  });

  it('is drawn after another image could not be', async () => {
    drawing.failure = new KioskError('picture/broken', 'damaged');
    expect(await ask()).toBe('422 picture/broken');
    drawing.failure = undefined;
    expect(await ask()).toBe('drawn');
  });
});
