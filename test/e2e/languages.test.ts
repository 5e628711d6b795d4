import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { browserMissing, expectFits, launchBrowser } from '../fakes/browser.ts';
import { KioskProcess } from '../fakes/kiosk-process.ts';

const SIZE = { width: 800, height: 480 };

describe('a kiosk set to German', () => {
  let browser: Browser | undefined;
  let kiosk: KioskProcess | undefined;

  beforeAll(async () => {
    if (browserMissing === undefined) browser = await launchBrowser();
  });

  afterEach(async () => {
    await kiosk?.dispose();
  });

  afterAll(async () => {
    await browser?.close();
  });

  it('invites, answers and remembers in German', async (context) => {
    if (browserMissing !== undefined) context.skip(browserMissing);
    kiosk = await KioskProcess.start({ KIOSK_LANGUAGE: 'de' });
    await kiosk.untilReady();
    const page = await browser!.newPage({ viewport: SIZE });
    await page.goto(kiosk.url);
    await page
      .getByRole('heading', { name: 'Dermatoskop auf die Läsion setzen und Taster drücken' })
      .waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('de');
    expect(await page.title()).toBe('Dermatoskopie-Kiosk');
    expect(await page.getByRole('navigation').getByRole('button').allInnerTexts()).toEqual([
      ...['Hochladen', 'Protokoll', 'Info'],
    ]);
    await expectFits(page);

    await page.keyboard.press('Space');
    await page.waitForSelector('body:is([data-screen=result], [data-screen=retake], [data-screen=fault])', {
      timeout: 40_000,
    });
    await expectGermanResult(page);
    await expectFits(page);

    await page.getByRole('button', { name: 'Annehmen' }).click();
    await page.getByText('Sitzung 1 angenommen. Sie bleibt im Protokoll.').waitFor();
    await page.getByRole('button', { name: 'Protokoll' }).click();
    expect(await page.getByTestId('session-1').innerText()).toMatch(/%\s·\s(?:über|unter) der Schwelle/);
  });
});

async function expectGermanResult(page: Page): Promise<void> {
  expect(await page.getAttribute('body', 'data-screen')).toBe('result');
  expect(await page.locator('h1').innerText()).toMatch(/^(?:Über|Unter) der Schwelle zur Überweisung$/);
  const names = await page.locator('.bar-name strong').allInnerTexts();
  expect(names.sort()).toEqual([
    ...['Aktinische Keratose / Morbus Bowen', 'Basalzellkarzinom', 'Benigne Keratose', 'Dermatofibrom'],
    ...['Melanom', 'Melanozytärer Nävus', 'Vaskuläre Läsion'],
  ]);
  expect(await page.innerText('main')).not.toMatch(/\b(?:the|threshold|Research|Session)\b/);
}
