import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Thumbnailer } from '../../src/classifier/port.ts';
import type { ImageDrive } from '../../src/drive/port.ts';
import { KioskError } from '../../src/lib/errors.ts';
import type { DriveListing, DrivePage } from '../../src/protocol/http.ts';
import { faultIn, JPEG, PICTURE_ID, PNG, SHOWING, TestServer } from '../fakes/server-parts.ts';
import { until } from '../support/until.ts';

/** Two images; the test unplugs it. */
class FakeDrive implements ImageDrive {
  plugged = true;

  list(): Promise<DrivePage> {
    return this.page('listing', 0);
  }

  page(listing: string, from: number): Promise<DrivePage> {
    if (!this.plugged) return Promise.reject(new KioskError('drive/no-medium', 'unplugged'));
    const files = ['a.jpg', 'b.png'].map((name, file) => ({
      ...{ file, name, folder: 'DCIM', bytes: 600, modifiedAt: '2026-01-01T00:00:00.000Z' },
    }));
    return Promise.resolve({ listing, files: files.slice(from) });
  }

  read(listing: string, file: number) {
    if (!this.plugged) return Promise.reject(new KioskError('drive/no-medium', 'unplugged'));
    if (listing !== 'listing') return Promise.reject(new KioskError('drive/changed', 'another'));
    return Promise.resolve(
      file === 0
        ? { bytes: JPEG, contentType: 'image/jpeg' as const }
        : { bytes: PNG, contentType: 'image/png' as const },
    );
  }
}

/** Requests wait until the test answers them. */
class FakeThumbnailer implements Thumbnailer {
  readonly requests: {
    readonly picture: Uint8Array;
    readonly signal: AbortSignal;
    readonly resolve: (jpeg: Uint8Array) => void;
    readonly reject: (error: Error) => void;
  }[] = [];

  thumbnail(picture: Uint8Array, _side: number, signal: AbortSignal): Promise<Uint8Array> {
    return new Promise((resolve, reject) => this.requests.push({ picture, signal, resolve, reject }));
  }
}

let drive: FakeDrive;
let thumbnails: FakeThumbnailer;
let kiosk: TestServer;

beforeEach(async () => {
  drive = new FakeDrive();
  thumbnails = new FakeThumbnailer();
  kiosk = await TestServer.start({ drive, thumbnails });
});

afterEach(() => kiosk.server.stop());

const host = (): string => `127.0.0.1:${kiosk.port}`;
/** The headers of a page that is open on the kiosk. */
const own = (): Record<string, string> => ({ host: host(), origin: `http://${host()}` });
const thumbnail = (file: number) => `/api/drive/listing/files/${file}/thumbnail`;
const CAPTURE = '/api/drive/listing/files/1/capture';

describe('the USB drive, on the kiosk’s own screen', () => {
  it('is listed, page by page', async () => {
    const listed = await kiosk.ask('/api/drive', { method: 'POST', headers: own() });
    expect(listed.status).toBe(200);
    expect((JSON.parse(listed.text) as DrivePage).files.map(({ name }) => name)).toEqual(['a.jpg', 'b.png']);
    const page = await kiosk.ask('/api/drive/listing?from=1', { headers: { host: host() } });
    expect((JSON.parse(page.text) as DrivePage).files.map(({ name }) => name)).toEqual(['b.png']);
  });

  it('gives an image to a session, like an upload', async () => {
    await kiosk.clock.advance(99);
    const answer = await kiosk.ask(CAPTURE, { method: 'POST', headers: own() });
    expect(JSON.parse(answer.text)).toEqual({
      ...{ id: PICTURE_ID, number: 7, outcome: 'result', result: SHOWING.result },
    });
    const picture = { bytes: PNG, contentType: 'image/png' };
    expect(kiosk.session.requests).toEqual([{ source: 'upload', at: 99, picture }]);
  });

  it('answers a request during another session like an upload', async () => {
    kiosk.session.failure = new KioskError('session/busy', 'another');
    const answer = await kiosk.ask(CAPTURE, { method: 'POST', headers: own() });
    expect([answer.status, faultIn(answer.text)]).toEqual([409, 'session/busy']);
  });

  it('that is unplugged is reported, whatever was asked for', async () => {
    drive.plugged = false;
    const answers = [
      await kiosk.ask('/api/drive', { method: 'POST', headers: own() }),
      await kiosk.ask('/api/drive/listing', { headers: { host: host() } }),
      await kiosk.ask(thumbnail(0), { headers: { host: host() } }),
      await kiosk.ask(CAPTURE, { method: 'POST', headers: own() }),
    ];
    expect(answers.map(({ status, text }) => [status, faultIn(text)])).toEqual(
      answers.map(() => [503, 'drive/no-medium']),
    );
    expect(kiosk.session.requests).toEqual([]);
  });

  it('cannot be listed if no folder is configured', async () => {
    const other = await TestServer.start({ thumbnails });
    try {
      const headers = { host: `127.0.0.1:${other.port}`, origin: `http://127.0.0.1:${other.port}` };
      const listed = await other.ask('/api/drive', { method: 'POST', headers });
      expect(JSON.parse(listed.text)).toEqual({ listing: null, localScreen: true });
      const capture = await other.ask(CAPTURE, { method: 'POST', headers });
      expect([capture.status, faultIn(capture.text)]).toEqual([409, 'drive/none']);
    } finally {
      await other.server.stop();
    }
  });
});

describe('the USB drive, from elsewhere', () => {
  const elsewhere: readonly (readonly [
    string,
    (headers: Record<string, string>) => Record<string, string>,
  ])[] = [
    ['a page without an origin', ({ host: own = '' }) => ({ host: own })],
    ['a page behind a proxy', (headers) => ({ ...headers, 'x-forwarded-for': '192.0.2.7' })],
    ['a page of another name', (headers) => ({ ...headers, origin: 'http://kiosk.example' })],
  ];

  it.each(elsewhere)('is neither listed nor read: %s', async (_name, change) => {
    await kiosk.server.stop();
    kiosk = await TestServer.start({ drive, thumbnails, allowedHosts: 'kiosk.example' });
    const headers = change(own());
    const listed = await kiosk.ask('/api/drive', { method: 'POST', headers });
    expect(JSON.parse(listed.text) as DriveListing).toEqual({ listing: null, localScreen: false });
    const capture = await kiosk.ask(CAPTURE, { method: 'POST', headers });
    expect([capture.status, faultIn(capture.text)]).toEqual([403, 'drive/own-screen']);
    expect(kiosk.session.requests).toEqual([]);
  });

  it('has no pages or thumbnails', async () => {
    await kiosk.server.stop();
    kiosk = await TestServer.start({ drive, thumbnails, allowedHosts: 'kiosk.example' });
    for (const path of ['/api/drive/listing', thumbnail(0)]) {
      for (const headers of [{ host: 'kiosk.example' }, { host: host(), via: '1.1 proxy' }]) {
        const answer = await kiosk.ask(path, { headers });
        expect([answer.status, faultIn(answer.text)]).toEqual([403, 'drive/own-screen']);
      }
    }
    expect(thumbnails.requests).toEqual([]);
  });
});

describe('thumbnails', () => {
  it('are made one at a time, so that a press waits for one at most', async () => {
    const asked = [0, 1].map((file) => kiosk.ask(thumbnail(file), { headers: { host: host() } }));
    await until('the first request', () => thumbnails.requests.length === 1);
    thumbnails.requests[0]!.resolve(Buffer.from('one'));
    await until('the second request', () => thumbnails.requests.length === 2);
    thumbnails.requests[1]!.resolve(Buffer.from('two'));
    const answers = await Promise.all(asked);
    expect(answers.map(({ headers }) => headers['content-type'])).toEqual(['image/jpeg', 'image/jpeg']);
    expect(answers.map(({ headers }) => headers['cache-control'])).toEqual(['no-store', 'no-store']);
    expect(answers.map(({ text }) => text).sort()).toEqual(['one', 'two']);
  });

  it('are no longer made once the page is left', async () => {
    const left = new AbortController();
    const asked = fetch(new URL(thumbnail(0), kiosk.url), { signal: left.signal });
    await until('the request', () => thumbnails.requests.length === 1);
    left.abort();
    await expect(asked).rejects.toThrow();
    await until('the signal', () => thumbnails.requests[0]!.signal.aborted);
  });

  it('are not tried again for an image that ended the inference process, until the next listing', async () => {
    const first = kiosk.ask(thumbnail(0), { headers: { host: host() } });
    await until('the request', () => thumbnails.requests.length === 1);
    thumbnails.requests[0]!.reject(new KioskError('inference/died', 'a crash'));
    expect(faultIn((await first).text)).toBe('inference/died');
    const second = await kiosk.ask(thumbnail(0), { headers: { host: host() } });
    expect([second.status, faultIn(second.text)]).toEqual([422, 'picture/broken']);
    expect(thumbnails.requests).toHaveLength(1);

    await kiosk.ask('/api/drive', { method: 'POST', headers: own() });
    const third = kiosk.ask(thumbnail(0), { headers: { host: host() } });
    await until('a new request', () => thumbnails.requests.length === 2);
    thumbnails.requests[1]!.resolve(JPEG);
    expect((await third).status).toBe(200);
  });
});
