import { describe, expect, it } from 'vitest';
import type { SessionDetail } from '../../src/protocol/http.ts';
import { expectFits } from '../support/browser.ts';
import { kioskInBrowser } from '../support/kiosk-in-browser.ts';
import { SCREENS, wordsIn } from '../support/words.ts';

describe('an image that may be stored', { timeout: 240_000 }, () => {
  const open = kioskInBrowser();

  it.for(SCREENS)(
    'is stored by a touch, shown in the log, and deleted permanently, in $language at $width × $height',
    async (screen, context) => {
      const settings = { KIOSK_RETENTION: 'ask' };
      const { kiosk, page } = await open(context, settings, screen);
      const { say, key } = wordsIn(screen.language);
      const answerTo = async (path: string, method = 'GET') => {
        const { status } = await fetch(new URL(path, kiosk.url), { method });
        return status;
      };
      await page.getByRole('button', { name: key('ready.capture') }).tap();
      await page.waitForSelector('body[data-screen=result]', { timeout: 40_000 });
      const consent = page.getByRole('switch', { name: say('Store the image') });
      await consent.and(page.getByRole('switch', { checked: false })).waitFor();
      await page
        .getByText(
          say('With the patient’s consent, it is stored on this kiosk, encrypted, for {count} days.', {
            count: 30,
          }),
        )
        .waitFor();
      await consent.tap();
      await consent.and(page.getByRole('switch', { checked: true })).waitFor();
      await expectFits(page);
      await page.getByRole('button', { name: say('Save · I agree') }).tap();

      await page.getByRole('button', { name: say('Log') }).tap();
      await page.getByTestId('session-1').tap();
      await page.getByRole('tab', { name: say('Image') }).tap();
      const storedImage = page.getByRole('img', { name: say('Captured image of the lesion') });
      await storedImage.waitFor();
      await expect
        .poll(() =>
          storedImage.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
        )
        .toBeGreaterThan(0);
      await expectFits(page);
      const { sessions } = (await kiosk.json<{ sessions: { id: string }[] }>('/api/sessions')).body;
      const path = `/api/sessions/${sessions[0]!.id}`;
      expect(await answerTo(`${path}/picture`)).toBe(200);

      await page.getByRole('button', { name: say('Delete the image') }).tap();
      await page.getByRole('button', { name: say('Delete permanently') }).tap();
      await page.getByText(say('The image was deleted.')).waitFor();
      await page.getByRole('tab', { name: say('Image') }).waitFor({ state: 'detached' });
      expect(await answerTo(`${path}/picture`)).toBe(404);
      const { journal } = (await kiosk.json<SessionDetail>(path)).body;
      expect(journal.map(({ kind }) => kind)).toEqual(
        expect.arrayContaining(['picture-kept', 'picture-gone']),
      );
    },
  );

  it('is not offered on a kiosk that stores no images', async (context) => {
    const { page } = await open(context, {});
    await page.getByRole('button', { name: 'Capture' }).tap();
    await page.waitForSelector('body[data-screen=result]', { timeout: 40_000 });
    expect(await page.getByRole('switch', { name: 'Store the image' }).count()).toBe(0);
  });
});
