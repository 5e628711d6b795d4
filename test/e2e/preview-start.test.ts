import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { startMock } from '../../kiosk-ui/dev/mock-service.mjs';
import { DICTIONARIES } from '../../kiosk-ui/src/i18n/translate.ts';
import { browserMissing, launchBrowser } from '../support/browser.ts';

/** Runs in the page: frames are decoded only once `letFramesIn` is called. */
function holdFrames(): void {
  const decode = createImageBitmap;
  let letIn: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letIn = resolve));
  Object.assign(window, {
    letFramesIn: letIn,
    createImageBitmap: async (source: Blob) => {
      await held;
      return decode(source);
    },
  });
}

describe('the live preview, until its first frame', () => {
  let browser: Browser | undefined;
  let mock: { readonly url: string; close(): Promise<unknown> } | undefined;

  beforeAll(async () => {
    if (browserMissing === undefined) browser = await launchBrowser();
  });

  afterEach(async () => {
    await Promise.all(browser?.contexts().map((context) => context.close()) ?? []);
    await mock?.close();
    mock = undefined;
  });

  afterAll(async () => {
    await browser?.close();
  });

  const open = async (
    context: TestContext,
  ): Promise<{ page: Page; show: (scene: string) => Promise<void> }> => {
    if (browserMissing !== undefined) context.skip(browserMissing);
    const service = await startMock();
    mock = service;
    const page = await browser!.newPage({ viewport: { width: 800, height: 480 } });
    await page.addInitScript(holdFrames);
    await page.goto(service.url);
    await page.waitForSelector('body[data-screen=ready]');
    const show = async (scene: string): Promise<void> => {
      await fetch(`${service.url}/mock/scene/${scene}`);
    };
    return { page, show };
  };

  const letFramesIn = (page: Page): Promise<void> =>
    page.evaluate(() => {
      (window as unknown as { letFramesIn: () => void }).letFramesIn();
    });

  it('says that it is starting instead of being black', async (context) => {
    const { page } = await open(context);
    const cover = page.locator('.stage-cover');
    await cover.waitFor();
    expect(await cover.innerText()).toBe(DICTIONARIES.en['stage.none']);
    await letFramesIn(page);
    await cover.waitFor({ state: 'detached' });
    expect(Number(await page.locator('.preview').getAttribute('data-frames'))).toBeGreaterThan(0);
  });

  it('is not black either if the image is already being assessed', async (context) => {
    const { page, show } = await open(context);
    await letFramesIn(page);
    await show('result-above');
    await page.waitForSelector('body[data-screen=result]');
    await show('checking');
    await page.waitForSelector('body[data-screen=checking]');
    await page.locator('.preview[data-frames="1"]').waitFor();
    await page.locator('.stage-cover').waitFor({ state: 'detached' });
    expect(await page.locator('.preview').getAttribute('data-frames')).toBe('1');
  });
});
