import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { kioskInBrowser } from '../support/kiosk-in-browser.ts';

const BUILT = join(import.meta.dirname, '..', '..', 'dist', 'kiosk-ui');

/** Bytes of the whole interface as it is sent over a slow connection, fonts included. */
const MAX_BYTES = 300_000;

describe('the interface', () => {
  const open = kioskInBrowser();

  it('is smaller than 300 kB, including fonts and all languages', () => {
    const files = readdirSync(BUILT, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    const bytes = files.map((file) => gzipSync(readFileSync(join(file.parentPath, file.name))).length);
    expect(files.some(({ name }) => name.endsWith('.woff2'))).toBe(true);
    expect(bytes.reduce((sum, count) => sum + count, 0)).toBeLessThan(MAX_BYTES);
  });

  it('sends requests to the kiosk only', async (context) => {
    const { kiosk, page } = await open(context, {});
    const requested = new Set<string>();
    page.on('request', (request) => requested.add(new URL(request.url()).origin));
    page.on('websocket', (socket) => requested.add(new URL(socket.url()).origin.replace(/^ws/, 'http')));
    await page.reload();
    await page.waitForSelector('body[data-screen=ready]');
    for (const name of ['Upload', 'Log', 'Menu']) {
      await page.getByRole('button', { name, exact: true }).tap();
      await page.getByRole('button', { name: 'Back', exact: true }).tap();
    }
    await page.getByRole('button', { name: 'Capture' }).tap();
    await page.waitForSelector('body[data-screen=result]', { timeout: 40_000 });
    expect([...requested]).toEqual([new URL(kiosk.url).origin]);
    // The page’s own policy forbids any other.
    const { headers } = await fetch(kiosk.url);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/);
  });
});
