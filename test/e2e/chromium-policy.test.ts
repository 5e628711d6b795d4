import { execFile, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { browserMissing } from '../support/browser.ts';
import { governedChromium, shippedPolicy } from '../support/governed-chromium.ts';

const run = promisify(execFile);
const PROGRAM = '/usr/lib/chromium/chromium';

let folder: string;
let policy: Record<string, unknown>;

beforeEach(async (context) => {
  if (browserMissing !== undefined) context.skip(browserMissing);
  folder = await mkdtemp(join(tmpdir(), 'kiosk-policy-'));
  policy = await shippedPolicy();
});

afterEach(async () => {
  // A browser that was sent a signal to end may still write.
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

const governed = (policies: object): Promise<string> => governedChromium(folder, policies);

it('contains only policies that this Chromium supports', async () => {
  for (const name of Object.keys(policy)) {
    const { stdout } = await run('grep', ['-aowm1', name, PROGRAM]).catch(() => ({ stdout: '' }));
    expect(stdout.split('\n')[0], name).toBe(name);
  }
});

it('lets Chromium open the kiosk’s address and no other', async () => {
  const [start, leaving, left] = ['127.0.0.1/', '127.0.0.1/leaving', '127.0.0.1/left'];
  expect(await visits(await governed({}))).toEqual([start, leaving, '127.0.0.2/away', left]);
  expect(await visits(await governed(policy))).toEqual([start, leaving, left]);
});

/**
 * What is asked for when Chromium starts with a page of 127.0.0.1 that leaves for 127.0.0.2. A page says by /left that another is in its
 * place: the one that it left for, which has been asked for by then, or Chromium's own of what it does not open.
 */
async function visits(program: string): Promise<readonly string[]> {
  const seen: string[] = [];
  const arrived = new EventEmitter();
  const server = createServer(({ headers, url }, answer) => {
    const visit = `${headers.host?.split(':')[0] ?? ''}${url ?? ''}`;
    if (!visit.endsWith('.ico')) seen.push(visit);
    answer.setHeader('content-type', 'text/html');
    const away = `http://127.0.0.2:${port}/away`;
    answer.end(
      visit.endsWith('/away')
        ? ''
        : `<script>
             addEventListener('pagehide', () => navigator.sendBeacon('/left'));
             fetch('/leaving').then(() => { location.href = '${away}' });
           </script>`,
    );
    arrived.emit(visit);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  const left = once(arrived, '127.0.0.1/left');
  const child = await started(program, [`http://127.0.0.1:${port}/`]);
  const ended = once(child, 'exit');
  try {
    await left;
    return seen;
  } finally {
    child.kill();
    await ended;
    server.close();
    server.closeAllConnections();
  }
}

it('opens no debugging port, even when Chromium is started with one', async () => {
  expect(await debuggingOutput(await governed(policy))).toContain('disallowed');
  expect(await debuggingOutput(await governed({}))).toContain('DevTools listening');
});

/** What Chromium prints about the debugging port that it is started with. */
async function debuggingOutput(program: string): Promise<string> {
  const child = await started(program, ['--remote-debugging-port=0', 'about:blank']);
  const ended = once(child, 'exit');
  try {
    let said = '';
    for await (const chunk of child.stderr) {
      said += String(chunk);
      const line = said.split('\n').find((text) => /DevTools (remote debugging|listening)/.test(text));
      if (line !== undefined) return line;
    }
    return said;
  } finally {
    child.kill();
    await ended;
  }
}

async function started(program: string, args: readonly string[]) {
  const profile = await mkdtemp(join(folder, 'profile-'));
  const own = [
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--headless=new',
    `--user-data-dir=${profile}`,
  ];
  return spawn(program, [...own, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
}
