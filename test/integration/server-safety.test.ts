import { io } from 'socket.io-client';
import { afterEach, describe, expect, it } from 'vitest';
import { faultIn, TestServer, type TestSettings } from '../fakes/server-parts.ts';

const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function started(settings?: TestSettings): Promise<TestServer> {
  const kiosk = await TestServer.start(settings);
  cleanUps.push(() => kiosk.server.stop());
  return kiosk;
}

const POLLING = '/socket.io/?EIO=4&transport=polling';
const PATHS = ['/', '/api/view', '/health/live', '/nothing', '/%', POLLING];

describe('a request with another host name', () => {
  it.each(PATHS)('is rejected at %s', async (path) => {
    const kiosk = await started();
    for (const host of ['evil.example', `evil.example:${kiosk.port}`, 'localhost:1']) {
      const { status, text } = await kiosk.ask(path, { headers: { host } });
      expect([status, faultIn(text)]).toEqual([421, 'request/refused']);
    }
  });

  it('is rejected even if its Origin has the same name, as after DNS rebinding', async () => {
    const kiosk = await started();
    const host = `evil.example:${kiosk.port}`;
    const headers = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
    expect((await kiosk.ask('/api/press', { method: 'POST', headers })).status).toBe(421);
    expect((await kiosk.ask(POLLING, { headers })).status).toBe(421);
    expect(kiosk.session.requests).toEqual([]);
  });

  it('is accepted for a loopback name, the bound address and a name in the settings', async () => {
    const kiosk = await started({ allowedHosts: 'kiosk.clinic' });
    for (const name of ['localhost', '127.0.0.1', '[::1]', 'kiosk.clinic']) {
      for (const host of [name, `${name}:${kiosk.port}`]) {
        expect((await kiosk.ask('/health/live', { headers: { host } })).status).toBe(200);
      }
    }
  });
});

describe('a write from another origin', () => {
  const foreign: Record<string, Record<string, string>> = {
    'a foreign page': { origin: 'http://evil.example' },
    'another port of this machine': { origin: 'http://localhost:3000' },
    'a sandboxed frame': { origin: 'null' },
    'a browser that says cross-site': { 'sec-fetch-site': 'cross-site' },
    'a browser that says same-site': { 'sec-fetch-site': 'same-site' },
  };

  it.each(Object.entries(foreign))('is rejected if it comes from %s', async (_, headers) => {
    const kiosk = await started();
    for (const path of ['/api/press', '/api/accept', '/api/captures']) {
      const { status, text } = await kiosk.ask(path, { method: 'POST', headers });
      expect([status, faultIn(text)]).toEqual([403, 'request/refused']);
    }
    expect(kiosk.session.requests).toEqual([]);
    expect(kiosk.session.commands).toEqual([]);
  });

  it.each(Object.entries(foreign))('is rejected by socket.io if it comes from %s', async (_, headers) => {
    const kiosk = await started();
    const { status, text } = await kiosk.ask(POLLING, { headers });
    expect([status, faultIn(text)]).toEqual([403, 'request/refused']);
  });

  it('is rejected by socket.io even within an accepted polling session', async () => {
    const kiosk = await started();
    const { text } = await kiosk.ask(POLLING);
    const { sid } = JSON.parse(text.slice(1)) as { sid: string };
    const headers = { origin: 'http://evil.example', 'content-type': 'text/plain' };
    const write = { method: 'POST', headers, body: '40' };
    expect((await kiosk.ask(`${POLLING}&sid=${sid}`, write)).status).toBe(403);
  });

  it.each([{ origin: 'http://evil.example' }, { host: 'evil.example' }])(
    'gets no WebSocket: %o',
    async (headers) => {
      const kiosk = await started();
      const socket = io(kiosk.url, {
        transports: ['websocket'],
        extraHeaders: headers,
        reconnection: false,
        forceNew: true,
      });
      const outcome = await new Promise<string>((resolve) => {
        socket.on('connect', () => {
          resolve('connected');
        });
        socket.on('connect_error', () => {
          resolve('refused');
        });
      });
      socket.close();
      expect(outcome).toBe('refused');
    },
  );

  it('is accepted from the kiosk’s own page and from a program that sends no origin', async () => {
    const kiosk = await started();
    const own = { origin: `http://localhost:${kiosk.port}`, 'sec-fetch-site': 'same-origin' };
    expect((await kiosk.ask('/api/press', { method: 'POST', headers: own })).status).toBe(202);
    expect((await kiosk.ask('/api/press', { method: 'POST' })).status).toBe(202);
    expect((await kiosk.ask(POLLING, { headers: own })).status).toBe(200);
  });
});

describe('every response', () => {
  it.each([...PATHS, '/api/sessions/nobody'])('has the security headers: %s', async (path) => {
    const kiosk = await started();
    const { headers } = await kiosk.ask(path);
    const policy = headers['content-security-policy']!;
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:;/,
    );
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  it('does not allow another origin to read it', async () => {
    const kiosk = await started();
    const headers = { origin: 'http://evil.example', 'access-control-request-method': 'POST' };
    for (const path of PATHS) {
      for (const method of ['GET', 'OPTIONS']) {
        const answer = await kiosk.ask(path, { method, headers });
        expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
    }
  });
});

describe('the listening address', () => {
  it('is loopback, and a wider one is logged as a warning', async () => {
    const kiosk = await started();
    expect(kiosk.server.address()).toEqual({
      host: '127.0.0.1',
      port: kiosk.port,
      url: `http://127.0.0.1:${kiosk.port}`,
    });
    expect(kiosk.log.lines).toEqual([]);
    const wide = await started({ host: '0.0.0.0' });
    expect(wide.url).toBe(`http://127.0.0.1:${wide.port}`);
    expect(wide.log.lines).toEqual([expect.objectContaining({ level: 'warn' })]);
  });
});
