import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, type TestContext } from 'vitest';
import { browserMissing, launchBrowser } from './browser.ts';
import { KioskProcess } from './kiosk-process.ts';

/** Touchscreen of a Raspberry Pi. */
const SCREEN = { viewport: { width: 800, height: 480 }, hasTouch: true } satisfies BrowserContextOptions;

export type Opening = (
  context: TestContext,
  settings: Record<string, string>,
) => Promise<{ readonly kiosk: KioskProcess; readonly page: Page }>;

/** For the tests of a `describe`: opens a ready kiosk of these settings on a touchscreen. All of it ends with the test. */
export function kioskInBrowser(): Opening {
  let browser: Browser | undefined;
  let kiosk: KioskProcess | undefined;

  beforeAll(async () => {
    if (browserMissing === undefined) browser = await launchBrowser();
  });

  afterEach(async () => {
    await Promise.all(browser?.contexts().map((context) => context.close()) ?? []);
    await kiosk?.dispose();
    kiosk = undefined;
  });

  afterAll(async () => {
    await browser?.close();
  });

  return async (context, settings) => {
    if (browserMissing !== undefined) context.skip(browserMissing);
    kiosk = await KioskProcess.start(settings);
    await kiosk.untilReady();
    const page = await browser!.newPage(SCREEN);
    await page.goto(kiosk.url);
    return { kiosk, page };
  };
}
