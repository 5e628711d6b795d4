import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, type TestContext } from 'vitest';

const CHROMIUM = '/usr/bin/chromium';

/** Why tests that need a browser are skipped, with the cure; `undefined` if there is one. */
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

/** A browser for the tests of a `describe`. The returned function skips a test where there is none. */
export function sharedBrowser(): (context: TestContext) => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (browserMissing === undefined) browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });
  return (context) => {
    if (browserMissing !== undefined) context.skip(browserMissing);
    return browser!;
  };
}

/** The same; every page ends with its test, and then what `close` closes. */
export function sharedBrowserForPages(close: () => Promise<unknown>): (context: TestContext) => Browser {
  const browserOf = sharedBrowser();
  let used: Browser | undefined;
  afterEach(async () => {
    await Promise.all(used?.contexts().map((context) => context.close()) ?? []);
    await close();
  });
  return (context) => (used = browserOf(context));
}

/** Touchscreen sizes that the interface supports. */
export const SIZES = [
  { width: 800, height: 480 },
  { width: 1280, height: 800 },
] as const;

/** Taps the on-screen button of this name. */
export function tap(page: Page, name: string): Promise<void> {
  return page.getByRole('button', { name, exact: true }).tap();
}

/** At a scanner's pace, which keys sent one by one from another process reach on an idle machine only. */
export function scan(page: Page, code: string): Promise<void> {
  return page.evaluate((text) => {
    for (const key of [...Array.from(text), 'Enter'])
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  }, code);
}

/** Checks that nothing overflows the screen at either size, then restores the size of the page. */
export async function expectFits(page: Page): Promise<void> {
  const own = page.viewportSize()!;
  await expectFitsNow(page);
  for (const size of SIZES.filter(({ width }) => width !== own.width)) {
    await page.setViewportSize(size);
    await expectFitsNow(page);
  }
  await page.setViewportSize(own);
}

/** The same at the current size only, for a browser with a window. */
export async function expectFitsNow(page: Page): Promise<void> {
  const { scroll, view } = await page.evaluate(() => ({
    scroll: [document.documentElement.scrollWidth, document.documentElement.scrollHeight],
    view: [window.innerWidth, window.innerHeight],
  }));
  expect(scroll[0]).toBeLessThanOrEqual(view[0]!);
  expect(scroll[1]).toBeLessThanOrEqual(view[1]!);
}
