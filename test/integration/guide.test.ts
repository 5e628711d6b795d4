import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/lib/logger.ts';
import type { GuideView } from '../../src/protocol/guide.ts';
import { Guide } from '../../src/settings/guide.ts';
import { TestServer } from '../fakes/server-parts.ts';

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'kiosk-guide-'));
});

afterEach(() => rm(dataDir, { recursive: true, force: true }));

function start(isFirstRun: boolean, env: Record<string, string> = {}): Guide {
  return new Guide({ dataDir, env, isFirstRun, log: silentLogger });
}

describe('the first-run guide', () => {
  it('begins on a new kiosk, and resumes after a restart at the step where it was left', () => {
    const first = start(true);
    expect(first.step()).toBe('language');
    // The next start finds a kiosk that was started before.
    expect(start(false).step()).toBe('language');
    first.go('camera');
    expect(start(false).step()).toBe('camera');
  });

  it('is not shown again once it was finished or declined, and begins again when asked for', () => {
    start(true).go(null);
    expect(start(false).step()).toBeNull();
    expect(start(true).step()).toBeNull();
    start(false).go('language');
    expect(start(false).step()).toBe('language');
  });

  it('is not shown on a kiosk that was in use before', () => {
    expect(start(false).step()).toBeNull();
  });

  it('names the settings that the environment fixes', () => {
    expect(start(true, { KIOSK_LANGUAGE: 'de' }).fixed()).toEqual([
      { setting: 'language', variable: 'KIOSK_LANGUAGE' },
    ]);
  });
});

describe('the guide over HTTP', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await TestServer.start();
  });

  afterEach(() => server.server.stop());

  const ask = async (headers: Record<string, string>, step?: string | null): Promise<[number, GuideView]> => {
    const body = step === undefined ? undefined : JSON.stringify({ step });
    const { status, text } = await server.ask('/api/guide', {
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { method: 'POST', body }),
    });
    return [status, JSON.parse(text) as GuideView];
  };

  it('is given to the kiosk’s own screen, which goes from step to step', async () => {
    const host = `127.0.0.1:${server.port}`;
    expect(await ask({ host })).toMatchObject([200, { step: 'language', localScreen: true, addresses: [] }]);
    expect(await ask({ host, origin: server.url }, 'clock')).toMatchObject([200, { step: 'clock' }]);
    expect(server.guide.at).toBe('clock');
    expect((await ask({ host, origin: server.url }, 'tomorrow'))[0]).toBe(400);
    expect(await ask({ host, origin: server.url }, null)).toMatchObject([200, { step: null }]);
  });

  it('is never shown on another screen, which cannot change its step', async () => {
    const away = { host: `127.0.0.1:${server.port}`, 'x-forwarded-for': '10.0.0.7' };
    expect(await ask(away)).toEqual([200, { step: null, localScreen: false, addresses: [], fixed: [] }]);
    expect((await ask({ ...away, origin: server.url }, null))[0]).toBe(403);
    // A program sends no Origin: nothing shows that it is the kiosk's own screen.
    expect((await ask({ host: away.host }, null))[0]).toBe(403);
    expect(server.guide.at).toBe('language');
  });
});
