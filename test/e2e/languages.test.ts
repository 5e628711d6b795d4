import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { CODES } from '../../kiosk-ui/src/i18n/codes/codes.ts';
import { DICTIONARIES } from '../../kiosk-ui/src/i18n/translate.ts';
import { expectFits } from '../support/browser.ts';
import { kioskInBrowser } from '../support/kiosk-in-browser.ts';

describe('a kiosk in another language', () => {
  const open = kioskInBrowser();

  it('shows the ready screen, the result and the log in German if that is set', async (context) => {
    const { page } = await open(context, { KIOSK_LANGUAGE: 'de' });
    await page
      .getByRole('heading', { name: 'Dermatoskop auf die Läsion setzen und Taster drücken' })
      .waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('de');
    expect(await page.title()).toBe('Dermatoskopiegerät');
    expect(await page.getByRole('navigation').getByRole('button').allInnerTexts()).toEqual([
      ...['Hochladen', 'Protokoll', 'Menü'],
    ]);
    await expectFits(page);

    await page.keyboard.press('Space');
    await page.waitForSelector('body:is([data-screen=result], [data-screen=retake], [data-screen=fault])', {
      timeout: 40_000,
    });
    await expectGermanResult(page);
    await expectFits(page);

    await page.getByRole('button', { name: 'Speichern · Ich stimme zu' }).tap();
    await page.getByText('Sitzung 1 angenommen. Sie bleibt im Protokoll.').waitFor();
    await page.getByRole('button', { name: 'Protokoll' }).tap();
    // A row has no rendered text before it is first drawn.
    await expect
      .poll(() => page.getByTestId('session-1').innerText())
      .toMatch(/%\s·\s(?:über|unter) der Schwelle/);
  });

  it('has a glyph for every letter of every language in its own typeface', async (context) => {
    const { page } = await open(context, {});
    await page.waitForSelector('body[data-screen=ready]');
    const letters = [...new Set(JSON.stringify([DICTIONARIES, CODES]))];
    expect(letters).toEqual(expect.arrayContaining(Array.from('äöüßéèñãç«»')));
    expect(await missingFromTypeface(page, letters)).toEqual([]);
    expect(await missingFromTypeface(page, ['Ж'])).toEqual(['Ж 400', 'Ж 700']);
  });
});

/** A letter that the typeface lacks is drawn in the next font of the list, with the width it has there. */
async function missingFromTypeface(page: Page, letters: readonly string[]): Promise<readonly string[]> {
  return page.evaluate(async (all) => {
    const context = document.createElement('canvas').getContext('2d')!;
    const missing: string[] = [];
    for (const weight of ['400', '700']) {
      await document.fonts.load(`${weight} 100px Arimo`);
      for (const letter of all) {
        const widths = ['monospace', 'serif', 'sans-serif'].map((fallback) => {
          context.font = `${weight} 100px Arimo, ${fallback}`;
          return context.measureText(letter).width;
        });
        if (new Set(widths).size > 1) missing.push(`${letter} ${weight}`);
      }
    }
    return missing;
  }, letters);
}

async function expectGermanResult(page: Page): Promise<void> {
  expect(await page.getAttribute('body', 'data-screen')).toBe('result');
  expect(await page.locator('h1').innerText()).toMatch(/^(?:Über|Unter) der Schwelle$/);
  const names = await page.locator('.bar-name strong').allInnerTexts();
  expect(names.sort()).toEqual([
    ...['Aktinische Keratose / Morbus Bowen', 'Basalzellkarzinom', 'Benigne Keratose', 'Dermatofibrom'],
    ...['Melanom', 'Melanozytärer Nävus', 'Vaskuläre Läsion'],
  ]);
  expect(await page.innerText('main')).not.toMatch(/\b(?:the|threshold|Research|Session)\b/);
}
