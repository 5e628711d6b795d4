import { describe, expect, it } from 'vitest';
import { HELP_EN } from '../../kiosk-ui/src/i18n/help/en.ts';
import { mockInBrowser } from '../support/mock-in-browser.ts';

describe('the help of a screen', () => {
  const open = mockInBrowser();

  it('opens over it and closes by Back, by Escape, by a press and when nobody is present', async (context) => {
    const { page, show } = await open(context);
    const help = page.getByRole('dialog', { name: 'Help' });
    const ask = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Help', exact: true }).click();
      await help.waitFor();
    };
    const untilClosed = (): Promise<void> => help.waitFor({ state: 'detached' });

    await ask();
    expect(await help.innerText()).toContain(HELP_EN.live.shows);
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    await untilClosed();

    await show('result-above');
    await page.waitForSelector('body[data-screen=result]');
    await ask();
    expect(await help.innerText()).toContain(HELP_EN.result.shows);
    // Escape, like a touch, does nothing while the page has just changed.
    await page.waitForSelector('body:not([data-settling])');
    await page.keyboard.press('Escape');
    await untilClosed();

    await ask();
    await show('capturing');
    await untilClosed();

    await show('ready');
    await page.waitForSelector('body[data-screen=ready]');
    await page.getByRole('button', { name: 'Log', exact: true }).click();
    await ask();
    expect(await help.innerText()).toContain(HELP_EN.log.shows);
    await show('privacy');
    await page.waitForSelector('body[data-screen=privacy]');
    await untilClosed();
  });
});
