import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { expect } from 'vitest';

const CHROMIUM = '/usr/bin/chromium';

/** Why the tests that need a browser are skipped, and the cure; `undefined` where there is one. */
export const browserMissing: string | undefined = existsSync(CHROMIUM)
  ? undefined
  : 'needs Debian’s Chromium: sudo apt-get install chromium';

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Nothing of a kiosk's screen may lie outside it. */
export async function expectFits(page: Page): Promise<void> {
  const { scroll, view } = await page.evaluate(() => ({
    scroll: [document.documentElement.scrollWidth, document.documentElement.scrollHeight],
    view: [window.innerWidth, window.innerHeight],
  }));
  expect(scroll[0]).toBeLessThanOrEqual(view[0]!);
  expect(scroll[1]).toBeLessThanOrEqual(view[1]!);
}
