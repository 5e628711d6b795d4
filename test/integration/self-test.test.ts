import { afterEach, describe, expect, it } from 'vitest';
import type { ButtonTest } from '../../src/protocol/diagnostics.ts';
import { faultIn, TestServer } from '../fakes/server-parts.ts';
import { until } from '../support/until.ts';

const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function started(): Promise<TestServer> {
  const kiosk = await TestServer.start();
  cleanUps.push(() => kiosk.server.stop());
  return kiosk;
}

describe('the self-test over HTTP', () => {
  it('returns the report of the checks', async () => {
    const kiosk = await started();
    const { status, text } = await kiosk.ask('/api/self-test');
    expect([status, JSON.parse(text)]).toEqual([200, kiosk.selfTest.report]);
  });

  it('waits for a press of the button and reports its source', async () => {
    const kiosk = await started();
    const request = kiosk.ask('/api/self-test/button', { method: 'POST' });
    await until('the request to arrive', () => kiosk.selfTest.waiting === 1);
    kiosk.selfTest.press({ driver: 'onoff', location: 'GPIO line 17' });
    expect(JSON.parse((await request).text)).toEqual({
      pressed: true,
      driver: 'onoff',
      location: 'GPIO line 17',
    });
  });

  it('reports that no press was detected, and what to do', async () => {
    const kiosk = await started();
    const request = kiosk.ask('/api/self-test/button', { method: 'POST' });
    await until('the request to arrive', () => kiosk.selfTest.waiting === 1);
    kiosk.selfTest.press(undefined);
    const { status, text } = await request;
    const answer = JSON.parse(text) as ButtonTest;
    expect([status, answer]).toEqual([
      200,
      {
        pressed: false,
        message: 'No button press was detected.',
        cure: expect.stringContaining('wiring') as string,
      },
    ]);
  });

  it('stops waiting if the client disconnects', async () => {
    const kiosk = await started();
    const client = new AbortController();
    const request = fetch(new URL('/api/self-test/button', kiosk.url), {
      method: 'POST',
      signal: client.signal,
    });
    const rejected = expect(request).rejects.toThrow();
    await until('the request to arrive', () => kiosk.selfTest.waiting === 1);
    client.abort();
    await rejected;
    await until('the request to arrive', () => kiosk.selfTest.waiting === 0);
  });

  it('is rejected during a session', async () => {
    const kiosk = await started();
    kiosk.session.session = () => ({ state: 'checking', id: 'a', source: 'camera' });
    const { status, text } = await kiosk.ask('/api/self-test/button', { method: 'POST' });
    expect([status, faultIn(text)]).toEqual([409, 'session/busy']);
    expect(kiosk.selfTest.waiting).toBe(0);
  });

  it('blinks the lamp', async () => {
    const kiosk = await started();
    const { text } = await kiosk.ask('/api/self-test/lamp', { method: 'POST' });
    expect(JSON.parse(text)).toEqual({ blinking: true, found: 'GPIO line 27' });
  });

  it.each(['/api/self-test/button', '/api/self-test/lamp'])(
    '%s is protected like every write',
    async (path) => {
      const kiosk = await started();
      const post = async (headers: Record<string, string>, body?: string): Promise<[number, string]> => {
        const { status, text } = await kiosk.ask(path, {
          method: 'POST',
          headers,
          ...(body === undefined ? {} : { body }),
        });
        return [status, faultIn(text)];
      };
      expect(await post({ origin: 'http://evil.example' })).toEqual([403, 'request/refused']);
      expect(await post({ 'sec-fetch-site': 'cross-site' })).toEqual([403, 'request/refused']);
      expect(await post({ host: 'evil.example' })).toEqual([421, 'request/refused']);
      expect(await post({ 'content-type': 'text/plain' }, 'x')).toEqual([415, 'request/invalid']);
      expect(kiosk.selfTest.waiting).toBe(0);
    },
  );
});
