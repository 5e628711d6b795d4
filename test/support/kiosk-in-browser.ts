import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, type TestContext } from 'vitest';
import { browserMissing, launchBrowser } from './browser.ts';
import { KioskProcess } from './kiosk-process.ts';
import type { Screen } from './words.ts';

/** Touchscreen of a Raspberry Pi. */
const RASPBERRY_PI = { width: 800, height: 480 };

export type Opening = (
  context: TestContext,
  settings: Record<string, string>,
  /** By default that of a Raspberry Pi in English, whose language the settings on the screen can change. */
  screen?: Screen,
) => Promise<{ readonly kiosk: KioskProcess; readonly page: Page }>;

/** For the tests of a `describe`: opens a ready kiosk with these settings on a touchscreen. Everything ends with the test. */
export function kioskInBrowser(
  start = (settings: Record<string, string>) => KioskProcess.start(settings),
): Opening {
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

  return async (context, settings, screen) => {
    if (browserMissing !== undefined) context.skip(browserMissing);
    const language = screen && { KIOSK_LANGUAGE: screen.language };
    kiosk = await start({ ...language, ...settings });
    await kiosk.untilReady();
    const { width, height } = screen ?? RASPBERRY_PI;
    const page = await browser!.newPage({ viewport: { width, height }, hasTouch: true });
    await page.goto(kiosk.url);
    return { kiosk, page };
  };
}
