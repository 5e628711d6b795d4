import { describe, expect, it } from 'vitest';
import type { View } from '../../src/protocol/view.ts';
import { expectFits, tap } from '../support/browser.ts';
import { kioskInBrowser } from '../support/kiosk-in-browser.ts';
import { SCREENS, wordsIn } from '../support/words.ts';

describe('the patients', { timeout: 240_000 }, () => {
  const open = kioskInBrowser();

  it('are searched and looked at without being selected, until that is asked for', async (context) => {
    const screen = SCREENS[0];
    const { kiosk, page } = await open(context, { KIOSK_IDLE_SECONDS: '0' }, screen);
    const { say } = wordsIn(screen.language);
    const change = async (body: object): Promise<void> => {
      const headers = { 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body: JSON.stringify(body) };
      expect((await kiosk.json('/api/context', init)).status).toBe(200);
    };
    const selected = async (): Promise<string | undefined> =>
      (await kiosk.json<View>('/api/view')).body.context?.reference;
    const lesion = { site: 'chest-left', contraIndications: [] };
    await change({ type: 'reference', reference: 'A-1' });
    await change({ type: 'new-lesion', reference: 'A-1', label: '1', ...lesion });
    await change({ type: 'new-lesion', reference: 'A-1', label: '2', ...lesion });
    await change({ type: 'new-lesion', reference: 'A-1', label: '3', ...lesion, site: 'nose' });
    await change({ type: 'reference', reference: 'B-2' });
    await change({ type: 'clear' });

    await page.getByTestId('patient').tap();
    await tap(page, say('Patients'));
    await tap(page, say('Search'));
    await tap(page, 'B');
    await tap(page, say('Show'));
    await page.getByText('B-2').waitFor();
    expect(await page.getByText('A-1').count()).toBe(0);
    await tap(page, say('All patients'));
    await page.getByText('A-1').tap();

    // One site has two lesions: they are listed, and one is chosen.
    await page.locator('[data-site=chest-left]').tap();
    await page.locator('.map-side .lesion-button').nth(1).waitFor();
    await expectFits(page);
    await page.locator('.map-side .lesion-button').first().tap();
    await page.getByText(say('No results for this lesion yet.')).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('A-1 · 2');
    await tap(page, say('Back'));
    // The head on the figure opens the view of the head, where one site has one lesion.
    await page.locator('.body-part').first().tap();
    await page.locator('[data-site=nose]').tap();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('A-1 · 3');
    await tap(page, say('Back'));
    expect(await selected()).toBeUndefined();

    await tap(page, say('Select this patient'));
    await page.waitForSelector('body[data-screen=patient]');
    expect(await selected()).toBe('A-1');
  });
});
