import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DICTIONARIES } from '../../kiosk-ui/src/i18n/translate.ts';
import { mockInBrowser } from '../support/mock-in-browser.ts';

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
  const open = mockInBrowser();

  const letFramesIn = (page: Page): Promise<void> =>
    page.evaluate(() => {
      (window as unknown as { letFramesIn: () => void }).letFramesIn();
    });

  it('says that it is starting instead of being black', async (context) => {
    const { page } = await open(context, { prepare: (page) => page.addInitScript(holdFrames) });
    const cover = page.locator('.stage-cover');
    await cover.waitFor();
    expect(await cover.innerText()).toBe(DICTIONARIES.en['stage.none']);
    await letFramesIn(page);
    await cover.waitFor({ state: 'detached' });
    expect(Number(await page.locator('.preview').getAttribute('data-frames'))).toBeGreaterThan(0);
  });

  it('is not black either if the image is already being assessed', async (context) => {
    const { page, show } = await open(context, { prepare: (page) => page.addInitScript(holdFrames) });
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
