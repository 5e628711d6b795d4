import { describe, expect, it } from 'vitest';
import { expectFits, tap } from '../support/browser.ts';
import { kioskInBrowser } from '../support/kiosk-in-browser.ts';
import { KioskProcess } from '../support/kiosk-process.ts';

/** Many steps, each of which waits for the kiosk. */
const STEP_MS = 30_000;

describe('the first-run guide', () => {
  const open = kioskInBrowser();

  it(
    'sets up a new kiosk, resumes after a crash at the step where it was left, and is gone when closed',
    { timeout: 180_000 },
    async (context) => {
      const { kiosk, page } = await open(context, { KIOSK_GUIDE: 'true' });
      page.setDefaultTimeout(STEP_MS);
      const step = (name: string): Promise<unknown> => page.waitForSelector(`[data-step=${name}]`);

      await step('language');
      await expectFits(page);
      // No PIN yet: the language can be chosen all the same, so that the rest can be read.
      await tap(page, 'Deutsch');
      await page.getByText('Schritt 1 von 10').waitFor();
      await tap(page, 'Weiter');
      await step('clock');
      await expectFits(page);
      await tap(page, 'Weiter');
      await step('pin');

      await kiosk.end('SIGKILL');
      const again = await KioskProcess.start({ KIOSK_GUIDE: 'true', KIOSK_DATA_DIR: kiosk.dataDir });
      try {
        await again.untilReady();
        await page.goto(again.url);
        await step('pin');
        for (const name of ['camera', 'light', 'button', 'network', 'prevalence', 'retention']) {
          // Without a PIN, what a technician sets is skipped.
          await tap(page, ['camera', 'retention'].includes(name) ? 'Überspringen' : 'Weiter');
          await step(name);
        }
        // There is still no PIN, with which the images could be stored.
        await tap(page, 'Überspringen');
        await step('summary');
        await page.locator('[data-done=false]').first().waitFor();
        await expectFits(page);
        await tap(page, 'Fertig');
        await page.waitForSelector('body[data-screen=ready]');

        await page.reload();
        await page.waitForSelector('body[data-screen=ready]');
        await tap(page, 'Menü');
        await tap(page, 'Einrichtung');
        await step('language');
        await tap(page, 'Einrichtung schließen');
        await page.waitForSelector('body[data-screen=ready]');
        expect((await again.json<{ step: unknown }>('/api/guide')).body.step).toBeNull();
      } finally {
        await again.dispose();
      }
    },
  );
});
