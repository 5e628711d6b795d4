import type { Page } from 'playwright-core';
import { describe, expect, it, type TestContext } from 'vitest';
import type { View } from '../../src/protocol/view.ts';
import { expectFits, tap } from '../support/browser.ts';
import { kioskInBrowser } from '../support/kiosk-in-browser.ts';

const PIN = '274916';

/** Many steps, each of which waits for the kiosk; checking a PIN is slow on purpose. */
const STEP_MS = 30_000;
const WALK_MS = 180_000;

describe('the settings on the touchscreen', () => {
  const open = kioskInBrowser();

  const group = async (page: Page, name: string): Promise<void> => {
    await page.getByRole('tab', { name, exact: true }).tap();
    await expectFits(page);
  };

  const type = async (page: Page, pin: string): Promise<void> => {
    for (const digit of pin) await tap(page, digit);
    await page.locator('.typing-enter').tap();
  };

  const walk = async (context: TestContext, width: number, height: number): Promise<void> => {
    const { kiosk, page } = await open(context, { KIOSK_SOUND: 'false' });
    const view = async (): Promise<View> => (await kiosk.json<View>('/api/view')).body;
    page.setDefaultTimeout(STEP_MS);
    await page.setViewportSize({ width, height });
    await tap(page, 'Menu');
    await tap(page, 'Settings');

    await page.getByText('Choose a PIN', { exact: true }).waitFor();
    await expectFits(page);
    await type(page, '240785');
    await page.getByText('This PIN is too easy to guess.').waitFor();
    expect(await page.getByText('Repeat the PIN').count()).toBe(0);
    await expectFits(page);
    await type(page, PIN);
    await page.getByText('Repeat the PIN').waitFor();
    await type(page, PIN);
    await page.getByRole('tab', { name: 'Screen', exact: true }).waitFor();
    await expectFits(page);

    await page.getByText('Fixed by KIOSK_SOUND').waitFor();
    await tap(page, 'Decrease: Brightness');
    await page.locator('[data-setting=brightness]').getByText('90').waitFor();
    expect(await page.evaluate(() => document.querySelector<HTMLElement>('#app')?.style.filter)).toBe(
      'brightness(90%)',
    );

    await group(page, 'Threshold');
    const { model } = await view();
    const before = model.state === 'ready' ? model.threshold : NaN;
    await page.locator('.point[aria-pressed=false]').first().tap();
    await expect.poll(async () => ((await view()).model as { threshold: number }).threshold).not.toBe(before);

    await group(page, 'Image quality');
    await tap(page, 'Increase: Minimum sharpness');
    await page.getByText('Not the measured limits', { exact: false }).waitFor();
    await expectFits(page);
    await group(page, 'Images, patients');
    await tap(page, 'With consent');
    await tap(page, 'Decrease: Retention period');
    await page.locator('[data-setting=retentionDays]').getByText('14 days').waitFor();
    await expectFits(page);
    await group(page, 'Devices');
    await group(page, 'PIN');

    // The type grows, and what is touched with it.
    const typeSize = (): Promise<number> =>
      page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
    await group(page, 'Screen');
    const normal = await typeSize();
    await tap(page, 'Large');
    await page.locator('[data-text=large]').waitFor();
    expect((await typeSize()) / normal).toBeCloseTo(1.2);
    expect(await view()).toMatchObject({ textSize: 'large' });
    await tap(page, 'Normal');
    await page.locator('[data-text=normal]').waitFor();

    // The language changes what is on the screen, at once.
    await group(page, 'Screen');
    await tap(page, 'Deutsch');
    await page.getByRole('heading', { name: 'Einstellungen', level: 1 }).waitFor();
    expect(await view()).toMatchObject({ language: 'de', brightness: 90 });

    // Leaving the settings locks them.
    await tap(page, 'Zurück');
    await tap(page, 'Einstellungen');
    await type(page, '111222');
    await page.getByText('Die PIN ist falsch.').waitFor();
    await type(page, PIN);
    await page.getByRole('tab', { name: 'Bildschirm', exact: true }).waitFor();

    // The setting applies to the next result.
    await tap(page, 'Zurück');
    await tap(page, 'Zurück');
    expect((await kiosk.json('/api/press', { method: 'POST' })).status).toBe(202);
    await page.getByRole('switch', { name: 'Bild speichern' }).tap();
    await page.getByRole('switch', { name: 'Bild speichern', checked: true }).waitFor();
  };

  it(
    'open with a PIN and change the running kiosk, on the screen of a Raspberry Pi',
    { timeout: WALK_MS },
    (context) => walk(context, 800, 480),
  );

  it('do so on a larger screen', { timeout: WALK_MS }, (context) => walk(context, 1280, 800));
});
