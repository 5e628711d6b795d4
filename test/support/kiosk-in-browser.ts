import type { Page } from 'playwright-core';
import type { TestContext } from 'vitest';
import { sharedBrowserForPages } from './browser.ts';
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
  let kiosk: KioskProcess | undefined;
  const browserOf = sharedBrowserForPages(async () => {
    await kiosk?.dispose();
    kiosk = undefined;
  });
  return async (context, settings, screen) => {
    const browser = browserOf(context);
    const language = screen && { KIOSK_LANGUAGE: screen.language };
    kiosk = await start({ ...language, ...settings });
    await kiosk.untilReady();
    const { width, height } = screen ?? RASPBERRY_PI;
    const page = await browser.newPage({ viewport: { width, height }, hasTouch: true });
    await page.goto(kiosk.url);
    return { kiosk, page };
  };
}
