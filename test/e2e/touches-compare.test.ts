import { describe, expect, it } from 'vitest';
import { expectFits, tap } from '../support/browser.ts';
import { kioskInBrowser } from '../support/kiosk-in-browser.ts';
import { KioskProcess } from '../support/kiosk-process.ts';
import { SCREENS, wordsIn } from '../support/words.ts';

describe('the comparison with the last visit', { timeout: 240_000 }, () => {
  // The lesion is measured by the bundled model.
  const open = kioskInBrowser((settings) => KioskProcess.startAsShipped(settings));

  it('is one touch from the result', async (context) => {
    const screen = SCREENS[0];
    const { say, key } = wordsIn(screen.language);
    const settings = {
      ...{ KIOSK_RETENTION: 'always', KIOSK_IDLE_SECONDS: '0' },
      ...{ KIOSK_PHANTOM_SCENE: 'melanoma-like', KIOSK_ENGINE: 'onnxruntime' },
    };
    const { kiosk, page } = await open(context, settings, screen);
    for (const change of [
      { type: 'reference', reference: 'A-10482' },
      { type: 'new-lesion', reference: 'A-10482', site: 'chest-left', label: '1', contraIndications: [] },
    ]) {
      const headers = { 'content-type': 'application/json' };
      await kiosk.json('/api/context', { method: 'POST', headers, body: JSON.stringify(change) });
    }
    await tap(page, key('ready.capture'));
    await page.waitForSelector('body[data-screen=result]', { timeout: 60_000 });
    await tap(page, say('Save · I agree'));
    await tap(page, key('next.same'));
    await page.waitForSelector('body[data-screen=patient]:not([data-settling])');
    await page.locator('.lesion-button').tap();
    await page.waitForSelector('body[data-screen=ready]');
    await tap(page, key('ready.capture'));
    await page.waitForSelector('body[data-screen=result]', { timeout: 60_000 });
    await expectFits(page);

    await page.evaluate(() => {
      const body = document.body as unknown as { touches: number };
      body.touches = 0;
      document.addEventListener('click', () => (body.touches += 1), true);
    });
    await tap(page, say('Compare'));
    await page.getByTestId('change').waitFor();
    expect(await page.evaluate(() => (document.body as unknown as { touches: number }).touches)).toBe(1);
  });
});
