import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DICTIONARIES } from '../../kiosk-ui/src/i18n/translate.ts';
import { mockInBrowser } from '../support/mock-in-browser.ts';

const words = DICTIONARIES.en;
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const dialog = (page: Page) => page.getByRole('dialog', { name: words['overview.title'] });

describe('an overview image', () => {
  const open = mockInBrowser();

  async function begun(page: Page): Promise<void> {
    await button(page, words['lesion.over-time']).click();
    await page.getByRole('tab', { name: words['overview.title'] }).click();
    await button(page, words['overview.take']).click();
    await dialog(page).waitFor();
  }

  it('is begun on the lesion’s page, taken and kept by touch, and leads back to that page', async (context) => {
    const { page, show } = await open(context);
    await show('patient-ready');
    await begun(page);
    expect(await page.getByTestId('overview-whose').textContent()).toMatch(/A-10482.*by the scar/);
    await button(page, words['overview.press']).click();
    await button(page, words['overview.keep']).click();
    await dialog(page).waitFor({ state: 'detached' });
    expect(await page.getAttribute('body', 'data-screen')).toBe('lesion');
    expect(await page.locator('.overview-tile').count()).toBeGreaterThan(0);
  });

  it('is not kept by the second tap of a double tap on the key that takes it', async (context) => {
    const { page, show } = await open(context);
    await show('patient-ready');
    await begun(page);
    const { x, y, width, height } = (await button(page, words['overview.press']).boundingBox())!;
    await button(page, words['overview.press']).click();
    await button(page, words['overview.keep']).waitFor();
    await page.mouse.click(x + width / 2, y + height / 2);
    expect(await button(page, words['overview.keep']).count()).toBe(1);
  });

  it('ends with the live image of the page beneath', async (context) => {
    const { page, show } = await open(context);
    await show('overview-aiming');
    await dialog(page).waitFor();
    await show('patient-ready');
    await dialog(page).waitFor({ state: 'detached' });
    const drawn = async (): Promise<number> =>
      Number(await page.locator('.preview').getAttribute('data-frames'));
    const before = await drawn();
    await expect.poll(drawn).toBeGreaterThan(before);
  });

  it('is announced on a page that shows something else', async (context) => {
    const { page, show } = await open(context);
    await button(page, words['nav.log']).click();
    await show('overview-aiming');
    await page.getByText(words['elsewhere.overview']).waitFor();
    expect(await dialog(page).count()).toBe(0);
    await button(page, words['elsewhere.show']).click();
    await dialog(page).waitFor();
  });
});
