import { describe, expect, it } from 'vitest';
import { DICTIONARIES } from '../../kiosk-ui/src/i18n/translate.ts';
import { mockInBrowser } from '../support/mock-in-browser.ts';

const say = (key: keyof typeof DICTIONARIES.en): string => DICTIONARIES.en[key] as string;

describe('the button that captures', () => {
  const open = mockInBrowser();

  it.for([
    ['camera-lost', 'ready.capture', 'camera.lost'],
    ['camera-stalled', 'ready.capture', 'camera.stalled'],
    ['camera-starting', 'ready.capture', 'camera.starting'],
    ['model-none', 'ready.capture', 'model.none'],
    ['storage-full', 'ready.capture', 'storage.full'],
    ['retake-without-camera', 'again.press', 'camera.lost'],
    ['fault-model-restarting', 'again.press', 'model.loading'],
  ] as const)(
    'is disabled, says why and is not the main button on %s',
    async ([scene, label, why], context) => {
      const { page, show } = await open(context);
      await show(scene);
      const button = page.locator('button', { hasText: say(label) }).and(page.locator(':disabled'));
      await button.waitFor();
      expect(await button.innerText()).toBe(`${say(label)}\n${say(why)}`);
      expect(await page.locator('main .button-main').count()).toBe(0);
    },
  );

  it('works again as soon as the model is loaded', async (context) => {
    const { page, show } = await open(context);
    await show('fault-model-restarting');
    await page.locator('button:disabled').waitFor();
    await show('fault-inference-died');
    await page.locator('button:disabled').waitFor({ state: 'detached' });
    expect(await page.locator('main .button-main').innerText()).toBe(say('again.press'));
  });

  it('works with a warning that does not prevent a result', async (context) => {
    const { page, show } = await open(context);
    await show('board-hot-touch-only');
    await page.locator('.caution').waitFor();
    expect(await page.getByRole('button', { name: say('ready.capture'), exact: true }).isEnabled()).toBe(
      true,
    );
  });
});
