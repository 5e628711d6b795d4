import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { startMock } from '../../kiosk-ui/dev/mock-service.mjs';
import { DICTIONARIES } from '../../kiosk-ui/src/i18n/translate.ts';
import { browserMissing, launchBrowser } from '../support/browser.ts';

const say = (key: keyof typeof DICTIONARIES.en): string => DICTIONARIES.en[key] as string;

describe('the button that captures', () => {
  let browser: Browser | undefined;
  let mock: { readonly url: string; close(): Promise<unknown> } | undefined;

  beforeAll(async () => {
    if (browserMissing === undefined) browser = await launchBrowser();
  });

  afterEach(async () => {
    await Promise.all(browser?.contexts().map((context) => context.close()) ?? []);
    await mock?.close();
    mock = undefined;
  });

  afterAll(async () => {
    await browser?.close();
  });

  const open = async (
    context: TestContext,
  ): Promise<{ page: Page; show: (scene: string) => Promise<void> }> => {
    if (browserMissing !== undefined) context.skip(browserMissing);
    const service = await startMock();
    mock = service;
    const page = await browser!.newPage({ viewport: { width: 800, height: 480 } });
    await page.goto(service.url);
    await page.waitForSelector('body[data-screen=ready]');
    const show = async (scene: string): Promise<void> => {
      await fetch(`${service.url}/mock/scene/${scene}`);
    };
    return { page, show };
  };

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
