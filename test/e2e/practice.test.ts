import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { SessionPage } from '../../src/protocol/http.ts';
import { expectFits, scan, tap } from '../support/browser.ts';
import { kioskInBrowser } from '../support/kiosk-in-browser.ts';
import { KioskProcess } from '../support/kiosk-process.ts';

/** Every check waits for the kiosk. */
const STEP_MS = 60_000;
const BAND = 'Practice: simulated images. Nothing is stored.';

describe('practice', { timeout: 240_000 }, () => {
  // With the default bundle, whose network finds lesions.
  const open = kioskInBrowser((settings) => KioskProcess.startAsShipped(settings));

  /** The band is there, and nothing that could be taken for a result. */
  async function expectPractice(page: Page): Promise<void> {
    await page.waitForSelector('body[data-screen=practice]');
    await page.getByText(BAND).waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/%|probabilit|threshold|malignan/i);
    await expectFits(page);
  }

  it('goes from a fault to the image that would be analysed, step by step, and back to the live image', async (context) => {
    const { kiosk, page } = await open(context, {});
    page.setDefaultTimeout(STEP_MS);
    await page.waitForSelector('body[data-screen=ready]');
    await tap(page, 'Menu');
    await tap(page, 'Practice');
    for (const [said, cure, next] of [
      ['Too blurred.', 'Hold still and focus', 'Next'],
      ['Hair covers the lesion.', 'Move the hair aside', 'Next'],
      ['Reflections obscure the lesion.', 'Use more gel', 'Next'],
      ['Too bright.', 'Reduce the light', 'Next'],
      ['No lesion found: aim again.', 'Place it on the lesion', 'Finish'],
    ] as const) {
      await expectPractice(page);
      await tap(page, 'Capture');
      await page.getByRole('heading', { name: said }).waitFor();
      await expectPractice(page);
      await tap(page, cure);
      await page.getByRole('heading', { name: 'That is better. Capture it again.' }).waitFor();
      await page.keyboard.press('Space');
      await page.getByRole('heading', { name: 'This image would be analysed.' }).waitFor();
      await expectPractice(page);
      await tap(page, next);
    }
    await page.waitForSelector('body[data-screen=ready]');
    expect(await page.getByText(BAND).count()).toBe(0);
    expect((await kiosk.json<SessionPage>('/api/sessions')).body.sessions).toEqual([]);
  });

  it('refuses a scanned patient with a reason, keeps its band over the help, and ends by Escape', async (context) => {
    const { page } = await open(context, {});
    page.setDefaultTimeout(STEP_MS);
    await page.waitForSelector('body[data-screen=ready]');
    await tap(page, 'Menu');
    await tap(page, 'Practice');
    await expectPractice(page);
    await scan(page, 'A-10482');
    await page.getByText('Somebody is practising on the kiosk.').waitFor();
    await expectPractice(page);
    await tap(page, 'Help');
    await page.getByRole('dialog', { name: 'Help' }).waitFor();
    expect(await page.getByText(BAND).isVisible()).toBe(true);
    await page.waitForSelector('body:not([data-settling])');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Help' }).waitFor({ state: 'detached' });
    await page.waitForSelector('body:not([data-settling])');
    await page.keyboard.press('Escape');
    await page.waitForSelector('body[data-screen=ready]');
  });
});
