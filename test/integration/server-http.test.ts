import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { KioskError } from '../../src/lib/errors.ts';
import type { SessionPage } from '../../src/protocol/http.ts';
import { faultIn, JPEG, MEMORY, PICTURE_ID, TestServer, type TestSettings } from '../fakes/server-parts.ts';

const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function started(settings?: TestSettings): Promise<TestServer> {
  const kiosk = await TestServer.start(settings);
  cleanUps.push(() => kiosk.server.stop());
  return kiosk;
}

describe('the session over HTTP', () => {
  it('returns the whole View', async () => {
    const kiosk = await started();
    kiosk.view.change();
    const { status, text } = await kiosk.ask('/api/view');
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual(kiosk.view.current());
  });

  it('records a press with the time of its arrival', async () => {
    const kiosk = await started();
    await kiosk.clock.advance(1234);
    const { status, text } = await kiosk.ask('/api/press', { method: 'POST' });
    expect({ status, body: JSON.parse(text) as unknown }).toEqual({ status: 202, body: { id: PICTURE_ID } });
    expect(kiosk.session.requests).toEqual([{ source: 'camera', at: 1234 }]);
  });

  it('rejects a press during a session with 409 session/busy', async () => {
    const kiosk = await started();
    kiosk.session.failure = new KioskError('session/busy', 'busy');
    const { status, text } = await kiosk.ask('/api/press', { method: 'POST' });
    expect([status, faultIn(text)]).toEqual([409, 'session/busy']);
  });

  it.each(['accept', 'discard', 'dismiss'])(
    '%s is executed, or returns a conflict if it is not possible',
    async (command) => {
      const kiosk = await started();
      expect(await kiosk.ask(`/api/${command}`, { method: 'POST' })).toMatchObject({ status: 204, text: '' });
      expect(kiosk.session.commands).toEqual([command]);
      kiosk.session.failure = new KioskError('request/invalid', 'no result');
      const refused = await kiosk.ask(`/api/${command}`, { method: 'POST' });
      expect([refused.status, faultIn(refused.text)]).toEqual([409, 'request/invalid']);
      kiosk.session.failure = new KioskError('store/full', 'disk');
      const failed = await kiosk.ask(`/api/${command}`, { method: 'POST' });
      expect([failed.status, faultIn(failed.text)]).toEqual([503, 'store/full']);
    },
  );

  it('passes on an answer to the questions of a session, and refuses one that is none', async () => {
    const kiosk = await started();
    const post = (body: object) =>
      kiosk.ask('/api/answer', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect(await post({ session: PICTURE_ID, found: [] })).toMatchObject({ status: 204, text: '' });
    expect(await post({ session: PICTURE_ID, found: null })).toMatchObject({ status: 204 });
    const answered = [`answer ${PICTURE_ID} []`, `answer ${PICTURE_ID} null`];
    expect(kiosk.session.commands).toEqual(answered);
    for (const body of [{ session: PICTURE_ID }, { found: [] }, { session: PICTURE_ID, found: ['itchy'] }])
      expect((await post(body)).status).toBe(400);
    expect(kiosk.session.commands).toEqual(answered);
    kiosk.session.failure = new KioskError('request/invalid', 'asks nothing');
    expect((await post({ session: PICTURE_ID, found: [] })).status).toBe(409);
  });

  it('passes on an opinion from before the result, and refuses one that is none', async () => {
    const kiosk = await started();
    const post = (body: object) =>
      kiosk.ask('/api/opinion', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect(await post({ session: PICTURE_ID, opinion: 'benign' })).toMatchObject({ status: 204, text: '' });
    expect(await post({ session: PICTURE_ID, opinion: null })).toMatchObject({ status: 204 });
    const given = [`opinion ${PICTURE_ID} "benign"`, `opinion ${PICTURE_ID} null`];
    expect(kiosk.session.commands).toEqual(given);
    for (const body of [{ session: PICTURE_ID }, { opinion: null }, { session: PICTURE_ID, opinion: 'mel' }])
      expect((await post(body)).status).toBe(400);
    expect(kiosk.session.commands).toEqual(given);
    kiosk.session.failure = new KioskError('request/invalid', 'asks for none');
    expect((await post({ session: PICTURE_ID, opinion: null })).status).toBe(409);
  });

  it('returns the image on the screen as uncacheable, and 404 once it is deleted', async () => {
    const kiosk = await started();
    const path = `/api/sessions/${PICTURE_ID}/picture`;
    kiosk.session.held = { bytes: JPEG, contentType: 'image/jpeg' };
    const response = await fetch(new URL(path, kiosk.url));
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(Buffer.from(await response.arrayBuffer()).equals(JPEG)).toBe(true);
    kiosk.session.held = undefined;
    const gone = await kiosk.ask(path);
    expect([gone.status, faultIn(gone.text)]).toEqual([404, 'session/picture-gone']);
  });
});

describe('the log over HTTP', () => {
  it('is listed in pages, newest first, to its end', async () => {
    const kiosk = await started();
    const numbers: number[] = [];
    let path: string | undefined = '/api/sessions?limit=50';
    while (path !== undefined) {
      const page = JSON.parse((await kiosk.ask(path)).text) as SessionPage;
      numbers.push(...page.sessions.map(({ number }) => number));
      path = page.next === undefined ? undefined : `/api/sessions?limit=50&before=${page.next}`;
    }
    expect(numbers).toEqual(Array.from({ length: 120 }, (_, i) => 120 - i));
  });

  it('has fifty sessions on a page by default', async () => {
    const kiosk = await started();
    const page = JSON.parse((await kiosk.ask('/api/sessions')).text) as SessionPage;
    expect(page.sessions).toHaveLength(50);
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=x',
    'limit=1.5',
    'before=-1',
    'before=x',
    'limit=1&limit=2',
    'order=asc',
  ])('rejects %s', async (query) => {
    const kiosk = await started();
    const { status, text } = await kiosk.ask(`/api/sessions?${query}`);
    expect([status, faultIn(text)]).toEqual([400, 'request/invalid']);
  });

  it('returns a session in full, and 404 for an unknown one', async () => {
    const kiosk = await started();
    expect(JSON.parse((await kiosk.ask(`/api/sessions/${PICTURE_ID}`)).text)).toMatchObject({ journal: [] });
    const { status, text } = await kiosk.ask('/api/sessions/nobody');
    expect([status, faultIn(text)]).toEqual([404, 'session/unknown']);
  });
});

describe('about and health', () => {
  it('identifies the kiosk', async () => {
    const kiosk = await started();
    expect(JSON.parse((await kiosk.ask('/api/about')).text)).toEqual(kiosk.about());
  });

  it('reports live while it responds, and ready while every check passes', async () => {
    const kiosk = await started();
    expect((await kiosk.ask('/health/ready')).status).toBe(200);
    const report = {
      checks: [
        { name: 'storage', ok: true, detail: 'fine' },
        { name: 'camera', ok: false, detail: 'lost' },
      ],
      warnings: [{ name: 'hot', detail: 'The board is too hot.' }],
    };
    kiosk.health = () => report;
    const { status, text } = await kiosk.ask('/health/ready');
    expect([status, JSON.parse(text)]).toEqual([503, report]);
    expect((await kiosk.ask('/health/live')).status).toBe(200);
  });

  it('reports checks and memory, healthy or not', async () => {
    const kiosk = await started();
    kiosk.health = () => ({ checks: [{ name: 'camera', ok: false, detail: 'lost' }], warnings: [] });
    const { status, text } = await kiosk.ask('/api/health');
    expect([status, JSON.parse(text)]).toEqual([200, { ...kiosk.health(), memory: MEMORY }]);
  });
});

describe('an error', () => {
  it('inside the service is reported in the service log only', async () => {
    const kiosk = await started();
    kiosk.about = () => {
      throw new Error('SQLITE_CORRUPT in /srv/kiosk/secret.db');
    };
    const { status, text } = await kiosk.ask('/api/about');
    expect([status, faultIn(text)]).toEqual([500, 'internal/error']);
    expect(text).not.toMatch(/SQLITE|srv/);
    expect(kiosk.log.lines).toEqual([expect.objectContaining({ level: 'error' })]);
  });

  it.each(['/nothing', '/api', '/api/nothing', '/api/press/', '/assets/', '/socket.io.js'])(
    'is returned for %s, where there is nothing',
    async (path) => {
      const kiosk = await started();
      const { status, text } = await kiosk.ask(path);
      expect([status, faultIn(text)]).toEqual([404, 'request/not-found']);
    },
  );

  it.each([
    ['GET', '/api/press', 'POST'],
    ['DELETE', '/api/sessions/x/comparison/y?z', 'GET, HEAD'],
    ['TRACE', '/api/sessions/x/picture', 'DELETE, GET, HEAD, PUT'],
    ['QUERY', '/api/context', 'GET, HEAD, POST'],
  ])('is returned for %s %s, with the allowed methods %s', async (method, path, allowed) => {
    const kiosk = await started();
    const { status, headers, text } = await kiosk.ask(path, { method });
    expect([status, faultIn(text)]).toEqual([405, 'request/invalid']);
    expect(headers.allow).toBe(allowed);
  });

  it('is returned for a JSON body with values of the wrong type, which are not converted', async () => {
    const kiosk = await started();
    const { status, text } = await kiosk.ask('/api/context', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"type":"reference","reference":false}',
    });
    expect([status, faultIn(text)]).toEqual([400, 'request/invalid']);
  });

  it.each(['/%', '/%zz', '/api/sessions/%ff'])(
    'with our own message is returned for an invalid address (%s)',
    async (path) => {
      const kiosk = await started();
      const { status, text, headers } = await kiosk.ask(path);
      expect([status, faultIn(text)]).toEqual([400, 'request/invalid']);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
    },
  );

  it('with our own message is returned for headers that are too large', async () => {
    const kiosk = await started();
    const large = await kiosk.ask('/api/view', { headers: { 'x-large': 'x'.repeat(20_000) } });
    expect([large.status, faultIn(large.text)]).toEqual([431, 'request/invalid']);
  });

  it.each([
    ['application/json', `{"a":"${'x'.repeat(2_000)}"}`, 413],
    ['application/json', '{', 400],
    ['text/plain', 'press', 415],
    ['application/x-www-form-urlencoded', 'a=b', 415],
    ['multipart/form-data; boundary=x', '--x--', 415],
  ])(
    'is returned for a write of %s that is too large, malformed or not JSON',
    async (type, body, expected) => {
      const kiosk = await started();
      const headers = { 'content-type': type };
      const { status, text } = await kiosk.ask('/api/press', { method: 'POST', headers, body });
      expect([status, faultIn(text)]).toEqual([expected, 'request/invalid']);
      expect(kiosk.session.requests).toEqual([]);
    },
  );

  it('is returned for too many writes at once until time has passed; reads still work', async () => {
    const kiosk = await started();
    const statuses: number[] = [];
    for (let i = 0; i < 21; i += 1)
      statuses.push((await kiosk.ask('/api/dismiss', { method: 'POST' })).status);
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 204), 429]);
    expect((await kiosk.ask('/api/view')).status).toBe(200);
    await kiosk.clock.advance(1000);
    expect((await kiosk.ask('/api/dismiss', { method: 'POST' })).status).toBe(204);
  });
});

describe('the built user interface', () => {
  async function screen(): Promise<TestServer> {
    const root = await mkdtemp(join(tmpdir(), 'kiosk-static-'));
    cleanUps.push(() => rm(root, { recursive: true }));
    const dir = join(root, 'screen');
    await mkdir(join(dir, 'assets'), { recursive: true });
    await writeFile(join(root, 'secret.txt'), 'secret');
    await writeFile(join(dir, '.env'), 'secret');
    await writeFile(join(dir, 'index.html'), '<!doctype html><title>kiosk</title>');
    await writeFile(join(dir, 'assets', 'index-a1b2c3.js'), 'export {};');
    return started({ staticDir: dir });
  }

  it('is never cached except for files with a hash in their name', async () => {
    const kiosk = await screen();
    const index = await kiosk.ask('/');
    expect(index.text).toContain('<title>kiosk</title>');
    expect(index.headers).toMatchObject({
      'content-type': expect.stringContaining('text/html') as string,
      'cache-control': 'no-store',
    });
    const script = await kiosk.ask('/assets/index-a1b2c3.js');
    expect(script.status).toBe(200);
    expect(script.headers).toMatchObject({
      'content-type': expect.stringContaining('javascript') as string,
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect((await kiosk.ask('/assets/index-gone.js')).headers['cache-control']).toBe('no-store');
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/..%2Fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/assets/%252e%252e%252f%252e%252e%252fsecret.txt',
    '//secret.txt',
    '/.env',
    '/%2eenv',
    '/index.html%00.js',
  ])('serves nothing outside its folder: %s', async (path) => {
    const kiosk = await screen();
    const { status, text } = await kiosk.ask(path);
    expect(status).toBe(404);
    expect(text).not.toContain('secret');
  });

  it('may be missing: the service itself still responds', async () => {
    const kiosk = await started();
    expect((await kiosk.ask('/')).status).toBe(404);
    expect((await kiosk.ask('/health/live')).status).toBe(200);
  });
});
