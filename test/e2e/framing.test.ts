import { describe, expect, it } from 'vitest';
import { expectFits } from '../support/browser.ts';
import { kioskInBrowser } from '../support/kiosk-in-browser.ts';
import { KioskProcess } from '../support/kiosk-process.ts';
import { wordsIn } from '../support/words.ts';

const LIMIT_MS = 60_000;

describe('the aiming ring', { timeout: 240_000 }, () => {
  // With the default bundle, whose network finds lesions.
  const open = kioskInBrowser((settings) => KioskProcess.startAsShipped(settings));
  const { say } = wordsIn('en');

  it('is green over a lesion that a press would pass, and gone once it is pressed', async (context) => {
    const { kiosk, page } = await open(context, { KIOSK_PHANTOM_SCENE: 'naevus' });
    await page.waitForSelector('[data-testid=ring].ring-good', { timeout: LIMIT_MS });
    await page.getByText(say('Sharp: press now')).waitFor();
    await expectFits(page);
    await kiosk.json('/api/press', { method: 'POST' });
    await page.waitForSelector('body[data-screen=result]', { timeout: LIMIT_MS });
    expect(await page.locator('[data-testid=framing]').count()).toBe(0);
  });

  it.for([
    ['blurred', 'too-blurred', 'Too blurred.'],
    ['over-exposed', 'too-bright', 'Too bright.'],
    ['no-lesion', 'no-lesion', 'No lesion found: aim again.'],
  ] as const)(
    'names what a press would be rejected for on the scene %s',
    async ([scene, reason, words], context) => {
      const { page } = await open(context, { KIOSK_PHANTOM_SCENE: scene });
      await page.waitForSelector('[data-testid=ring].ring-poor', { timeout: LIMIT_MS });
      expect(await page.locator('[data-testid=ring]').getAttribute('data-reason')).toBe(reason);
      await page.getByText(words).waitFor();
      await expectFits(page);
    },
  );

  it('stays plain where it is switched off', async (context) => {
    const { page } = await open(context, { KIOSK_FRAMING: 'false' });
    await page.waitForFunction(
      () => Number(document.querySelector<HTMLElement>('[data-testid=preview]')?.dataset.frames) > 30,
    );
    expect(await page.locator('[data-testid=ring]').getAttribute('data-reason')).toBe('unknown');
  });

  it('captures by itself after a second of green, where that is switched on', async (context) => {
    const { kiosk, page } = await open(context, {
      KIOSK_PHANTOM_SCENE: 'blurred,naevus',
      KIOSK_AUTO_CAPTURE: 'true',
    });
    await page.waitForSelector('body[data-screen=result]', { timeout: LIMIT_MS });
    const { sessions } = (await kiosk.json<{ sessions: { outcome: string }[] }>('/api/sessions')).body;
    expect(sessions).toMatchObject([{ outcome: 'result' }]);
  });
});
