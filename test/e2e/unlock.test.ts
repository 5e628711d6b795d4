import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { scan, expectFits, tap } from '../support/browser.ts';
import { kioskInBrowser } from '../support/kiosk-in-browser.ts';

const PIN = '274916';
const OPERATOR_PIN = '7406';
const BADGE = 'OP-000417';

/** Checking a PIN or a badge is slow on purpose. */
const STEP_MS = 60_000;
const TEST_MS = 300_000;

describe('the unlock on the touchscreen', () => {
  const open = kioskInBrowser();

  const type = async (page: Page, digits: string): Promise<void> => {
    for (const digit of digits) await tap(page, digit);
    await page.locator('.typing-enter').tap();
  };

  it(
    'opens the log by PIN and by badge, and says who has opened it',
    async (context) => {
      const { page } = await open(context, {});
      page.setDefaultTimeout(STEP_MS);
      await tap(page, 'Menu');
      await tap(page, 'Settings');
      await type(page, PIN);
      await page.getByText('Repeat the PIN').waitFor();
      await type(page, PIN);
      await page.getByRole('tab', { name: 'Operators', exact: true }).tap();
      await tap(page, 'Add operator');
      await expectFits(page);
      for (const letter of 'AB') {
        const key = page.locator('.keyboard').getByText(letter, { exact: false });
        await key.first().tap();
      }
      await page.locator('.typing-enter').tap();
      await expectFits(page);
      await type(page, '1985');
      await page.getByText('This PIN is too easy to guess.').waitFor();
      await type(page, OPERATOR_PIN);
      await page.getByText('Repeat the PIN').waitFor();
      await type(page, OPERATOR_PIN);
      const row = page.locator('.operators-row');
      await row.waitFor();
      await expectFits(page);
      await row.tap();
      await tap(page, 'New badge or PIN');
      await page.getByText('Scan the badge, or choose', { exact: false }).waitFor();
      await scan(page, BADGE);
      await page.getByRole('switch', { name: 'Active', exact: true }).waitFor();
      await expectFits(page);
      await tap(page, 'Back');
      await page.locator('.operators-row').getByText('Badge · PIN').waitFor();
      await tap(page, 'Lock');
      await tap(page, 'Back');
      await tap(page, 'Back');

      await tap(page, 'Log');
      const dialog = page.getByRole('dialog', { name: 'Unlock' });
      await dialog.waitFor();
      await expectFits(page);
      await dialog.locator('.unlock-names button').first().tap();
      await type(page, '7407');
      await page.getByText('Incorrect PIN.').waitFor();
      await type(page, OPERATOR_PIN);
      await page.getByTestId('operator').waitFor();
      expect(await dialog.count()).toBe(0);
      expect(await page.locator('body').getAttribute('data-screen')).toBe('log');
      await expectFits(page);

      // Touching the name locks the screen; a badge opens it again.
      await page.getByTestId('operator').tap();
      await tap(page, 'Log');
      await dialog.waitFor();
      await scan(page, BADGE);
      await page.getByTestId('operator').waitFor();
      expect(await page.locator('body').getAttribute('data-screen')).toBe('log');
    },
    TEST_MS,
  );
});
