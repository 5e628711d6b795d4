import { describe, expect, it } from 'vitest';
import type { View } from '../../src/protocol/view.ts';
import { expectFits, tap } from '../support/browser.ts';
import { kioskInBrowser } from '../support/kiosk-in-browser.ts';
import { KioskProcess } from '../support/kiosk-process.ts';
import { SCREENS, wordsIn } from '../support/words.ts';

describe('the follow-up of a lesion', { timeout: 240_000 }, () => {
  // The lesion is measured by the bundled model.
  const open = kioskInBrowser((settings) => KioskProcess.startAsShipped(settings));

  it.for(SCREENS)(
    'lists earlier captures, compares them and guides the framing of the next one, in $language at $width × $height',
    async (screen, context) => {
      const { say, key } = wordsIn(screen.language);
      // Two presses capture the same drawn lesion, which only drifts a little under the lens.
      const settings = {
        ...{ KIOSK_RETENTION: 'always', KIOSK_IDLE_SECONDS: '0' },
        ...{ KIOSK_PHANTOM_SCENE: 'melanoma-like', KIOSK_ENGINE: 'onnxruntime' },
      };
      const { kiosk, page } = await open(context, settings, screen);
      const view = async (): Promise<View> => (await kiosk.json<View>('/api/view')).body;
      const about = async (change: object): Promise<void> => {
        const headers = { 'content-type': 'application/json' };
        const init = { method: 'POST', headers, body: JSON.stringify(change) };
        expect((await kiosk.json('/api/context', init)).status).toBe(200);
      };
      const lesion = { site: 'chest-left', label: '1', contraIndications: [] };
      await about({ type: 'reference', reference: 'A-10482' });
      await about({ type: 'new-lesion', reference: 'A-10482', ...lesion });
      const chest = say('{site}, {side}', { site: say('Chest'), side: say('left') });

      await tap(page, say('Follow-up'));
      await page.getByText(say('No results for this lesion yet.')).waitFor();
      await tap(page, say('Back'));

      await tap(page, key('ready.capture'));
      await page.waitForSelector('body[data-screen=result]', { timeout: 60_000 });
      await tap(page, say('Save · I agree'));
      await tap(page, key('next.same'));
      await page.waitForSelector('body[data-screen=patient]:not([data-settling])');
      await page.locator('.lesion-button').tap();
      await page.waitForSelector('body[data-screen=ready]');
      // Nothing is overlaid on the live preview until it is requested.
      const ghost = page.getByRole('img', {
        name: say('Previous image of this lesion, overlaid on the live preview'),
      });
      const ghostSwitch = page.getByRole('switch', {
        name: new RegExp(`^${say('Last: {date}', { date: '' })}`),
      });
      await ghostSwitch.waitFor();
      expect(await ghost.count()).toBe(0);
      await ghostSwitch.tap();
      await expect
        .poll(() => ghost.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth))
        .toBeGreaterThan(0);
      await expectFits(page);

      await tap(page, key('ready.capture'));
      await page.waitForSelector('body[data-screen=result]', { timeout: 60_000 });
      // From the result itself: the capture on the screen against the previous one.
      await tap(page, say('Compare'));
      await page.getByRole('tab', { name: say('History') }).tap();
      await page.getByTestId('capture-1').waitFor();
      expect(await page.getByTestId('capture-2').textContent()).toContain('%');
      await expectFits(page);
      await page.getByRole('tab', { name: say('Compare') }).tap();
      const change = page.getByTestId('change');
      await change.waitFor();
      expect(await change.textContent()).toMatch(
        new RegExp(
          ['No measurable change', 'Area', 'Diameter', 'Shape'].map((english) => say(english)).join('.*'),
        ),
      );
      expect(await page.getByTestId('outline').count()).toBe(2);
      await expectFits(page);
      await page.getByRole('switch', { name: say('Outline') }).tap();
      expect(await page.getByTestId('outline').count()).toBe(0);
      await tap(page, say('Slider'));
      const edge = page.getByRole('slider', {
        name: say('Boundary between the earlier and the later image'),
      });
      const box = (await edge.boundingBox())!;
      await page.touchscreen.tap(box.x + 0.8 * box.width, box.y + box.height / 2);
      await expect.poll(async () => Number(await edge.inputValue())).toBeGreaterThan(70);
      await expectFits(page);

      await page.getByRole('tab', { name: say('History') }).tap();
      await page.getByTestId('capture-1').tap();
      expect(await page.getByTestId('whose').textContent()).toContain(`A-10482 · 1 · ${chest}`);
      await tap(page, say('Back'));
      await page.getByTestId('capture-1').waitFor();
      await tap(page, say('Back'));
      await page.waitForSelector('body[data-screen=result]');

      // Another lesion, and another patient: neither shows an image or a score of the first.
      await tap(page, say('Compare'));
      await page.getByRole('tab', { name: say('History') }).tap();
      await page.getByTestId('capture-2').waitFor();
      await about({ type: 'new-lesion', reference: 'A-10482', ...lesion, label: '2' });
      await page.getByText(say('No results for this lesion yet.')).waitFor();
      await about({ type: 'reference', reference: 'B-2' });
      await page.waitForSelector('body[data-screen=ready]');
      expect(await ghostSwitch.count()).toBe(0);
      expect((await view()).context).toEqual({ reference: 'B-2', lesions: [] });
    },
  );
});
