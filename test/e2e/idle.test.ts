import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectFits } from '../support/browser.ts';
import { kioskInBrowser } from '../support/kiosk-in-browser.ts';
import { SCREENS, wordsIn } from '../support/words.ts';

const IDLE_SECONDS = 3;

describe('an idle kiosk', () => {
  const open = kioskInBrowser();

  const untilScreen = (page: Page, ...names: readonly string[]): Promise<unknown> =>
    page.waitForSelector(names.map((name) => `body[data-screen=${name}]`).join(), { timeout: 40_000 });

  it.for(SCREENS)(
    'clears a result, deletes its image, and wakes at a touch; a press captures at once, in $language at $width × $height',
    async (screen, context) => {
      const settings = { KIOSK_IDLE_SECONDS: String(IDLE_SECONDS) };
      const { kiosk, page } = await open(context, settings, screen);
      const { say } = wordsIn(screen.language);
      await untilScreen(page, 'ready', 'privacy');

      // From the cleared screen as from any other.
      await untilScreen(page, 'privacy');
      await page.getByRole('heading', { name: say('Ready for the next patient') }).waitFor();
      await expectFits(page);
      expect(await page.locator('canvas, img').count()).toBe(0);
      await page.keyboard.press('Space');
      await untilScreen(page, 'result', 'withheld');
      const { session } = (await kiosk.json<{ session: { id: string; picture: string } }>('/api/view')).body;
      expect((await fetch(new URL(session.picture, kiosk.url))).status).toBe(200);

      await untilScreen(page, 'privacy');
      expect((await fetch(new URL(session.picture, kiosk.url))).status).toBe(404);
      const detail = await kiosk.json(`/api/sessions/${session.id}`);
      expect(detail.body).toMatchObject({ disposition: 'unreviewed' });
      expect(JSON.stringify(detail.body)).toContain('screen-cleared');

      await page.touchscreen.tap(screen.width / 2, screen.height / 2);
      await untilScreen(page, 'ready');
      // It reports this every five seconds.
      const health = async (): Promise<number> => (await fetch(new URL('/health/screen', kiosk.url))).status;
      await expect.poll(health, { timeout: 15_000 }).toBe(200);
    },
  );
});
