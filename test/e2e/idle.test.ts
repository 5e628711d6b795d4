import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { browserMissing, expectFits, launchBrowser } from '../fakes/browser.ts';
import { KioskProcess } from '../fakes/kiosk-process.ts';

/** Touchscreen of a Raspberry Pi. */
const SCREEN = { viewport: { width: 800, height: 480 }, hasTouch: true };

const IDLE_SECONDS = 3;

describe('a kiosk that is left alone', () => {
  let browser: Browser | undefined;
  let kiosk: KioskProcess | undefined;

  beforeAll(async () => {
    if (browserMissing === undefined) browser = await launchBrowser();
  });

  afterEach(async () => {
    await kiosk?.dispose();
  });

  afterAll(async () => {
    await browser?.close();
  });

  const untilScreen = (page: Page, names: string): Promise<unknown> =>
    page.waitForSelector(`body:is(${names.split(' ').map((name) => `[data-screen=${name}]`)})`, {
      timeout: 40_000,
    });

  it('clears a result, drops its picture, and comes back with a touch; a press captures at once', async (context) => {
    if (browserMissing !== undefined) context.skip(browserMissing);
    kiosk = await KioskProcess.start({ KIOSK_MODEL: 'seed-cnn', KIOSK_IDLE_SECONDS: String(IDLE_SECONDS) });
    await kiosk.untilReady();
    const page = await browser!.newPage(SCREEN);
    await page.goto(kiosk.url);
    await untilScreen(page, 'ready privacy');

    // From the cleared screen as from any other.
    await untilScreen(page, 'privacy');
    await expectFits(page);
    expect(await page.locator('canvas, img').count()).toBe(0);
    await page.keyboard.press('Space');
    await untilScreen(page, 'result withheld');
    const { session } = (await kiosk.json<{ session: { id: string; picture: string } }>('/api/view')).body;
    expect((await fetch(new URL(session.picture, kiosk.url))).status).toBe(200);

    await untilScreen(page, 'privacy');
    expect((await fetch(new URL(session.picture, kiosk.url))).status).toBe(404);
    const detail = await kiosk.json(`/api/sessions/${session.id}`);
    expect(detail.body).toMatchObject({ disposition: 'unreviewed' });
    expect(JSON.stringify(detail.body)).toContain('screen-cleared');

    await page.touchscreen.tap(400, 240);
    await untilScreen(page, 'ready');
    expect((await fetch(new URL('/health/screen', kiosk.url))).status).toBe(200);
    await page.close();
  });
});
