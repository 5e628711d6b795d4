import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECK_TITLES } from '../../src/protocol/diagnostics.ts';
import type { About, AboutModel, SessionPage } from '../../src/protocol/http.ts';
import { browserMissing, expectFits, launchBrowser } from '../support/browser.ts';
import { KioskProcess } from '../support/kiosk-process.ts';

const SIZES = [
  { width: 800, height: 480 },
  { width: 1024, height: 600 },
  { width: 1280, height: 800 },
] as const;

/** Fields that a card may have in addition to those of the bundled card. */
const MORE = {
  confounders: [
    'Hair across the lesion can hide its border, or be taken for its structure.',
    'A vignette, the dark rim of the dermatoscope’s field, can be taken for pigment.',
  ],
  thresholdsSet: '2026-02-03T04:05:06Z',
};

/** Shared by all tests: none of them changes it. */
let browser: Browser | undefined;
let kiosk: KioskProcess | undefined;

beforeAll(async () => {
  if (browserMissing !== undefined) return;
  kiosk = await KioskProcess.startAsShipped();
  await kiosk.untilReady();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await kiosk?.dispose();
});

describe('the About screen', () => {
  async function open(viewport: (typeof SIZES)[number], more: Partial<AboutModel>): Promise<Page> {
    const page = await browser!.newPage({ viewport });
    await page.route('**/api/about', async (route) => {
      const response = await route.fetch();
      const about = (await response.json()) as About;
      await route.fulfill({ response, json: { ...about, model: { ...about.model, ...more } } });
    });
    await page.goto(kiosk!.url);
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await page.getByRole('button', { name: 'About', exact: true }).click();
    await page.getByRole('tab').first().waitFor();
    return page;
  }

  it.for(SIZES)(
    'shows every page of every tab without overflow at $width × $height',
    async (size, context) => {
      if (browserMissing !== undefined) context.skip(browserMissing);
      const page = await open(size, MORE);
      const tabs = await page.getByRole('tab').allInnerTexts();
      expect(tabs).toContain('Thresholds');
      for (const tab of tabs) {
        await page.getByRole('tab', { name: tab }).click();
        for (let leaf = 1; ; leaf += 1) {
          await expectFits(page);
          expect(await overflowing(page), `${tab}, leaf ${leaf}`).toEqual([]);
          const next = page.getByRole('button', { name: 'Next' });
          if ((await next.count()) === 0 || (await next.isDisabled())) break;
          await next.click();
        }
      }
      await page.close();
    },
  );

  it('shows the predictive values at each prevalence, after the thresholds and their date', async (context) => {
    if (browserMissing !== undefined) context.skip(browserMissing);
    const page = await open(SIZES[0], MORE);
    const { model } = (await kiosk!.json<About>('/api/about')).body;
    await page.getByRole('tab', { name: 'Thresholds' }).click();
    await page.getByText('The thresholds were set on 2026-02-03.').waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    const rows = await page.locator('tbody tr').allInnerTexts();
    expect(rows).toHaveLength(model!.predictive.length);
    model!.predictive.forEach(({ prevalence, positive }, i) => {
      expect(rows[i]).toContain(`${prevalence * 100}\u00a0%`);
      expect(rows[i]).toContain(`${(positive!.value * 100).toFixed(1)}\u00a0%`);
    });
    await page.getByText('of 100 above the threshold').waitFor();
    await page.close();
  });

  it('lists the confounders on the last page of the limits if the card has any', async (context) => {
    if (browserMissing !== undefined) context.skip(browserMissing);
    const page = await open(SIZES[0], MORE);
    await page.getByRole('tab', { name: 'Limits' }).click();
    const next = page.getByRole('button', { name: 'Next' });
    while (await next.isEnabled()) await next.click();
    expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual(['Known confounders']);
    expect(await page.getByRole('listitem').count()).toBe(MORE.confounders.length);
    await page.close();
  });
});

describe('the Self-test screen', () => {
  it('shows every component of the kiosk, and counts a press as the button test, not as a capture', async (context) => {
    if (browserMissing !== undefined) context.skip(browserMissing);
    const page = await browser!.newPage({ viewport: SIZES[0] });
    await page.goto(kiosk!.url);
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await page.getByRole('button', { name: 'Self-test', exact: true }).click();
    await page.locator('.check').first().waitFor();
    const titles: string[] = [];
    for (;;) {
      await expectFits(page);
      titles.push(...(await page.locator('.check strong').allInnerTexts()));
      const next = page.getByRole('button', { name: 'Next' });
      if (await next.isDisabled()) break;
      await next.click();
    }
    expect(titles.sort()).toEqual(Object.values(CHECK_TITLES).sort());
    await page.getByRole('button', { name: 'Test the lamp' }).click();
    await page.getByText('This kiosk has no lamp.').waitFor();
    await page.getByRole('button', { name: 'Test the button' }).click();
    await page.getByText('Press the button now').waitFor();
    // Long after the request has arrived, and well before it times out.
    const pressing = setInterval(() => {
      kiosk!.signal('SIGUSR2');
    }, 2_000);
    await page.getByText('The press was detected.').waitFor();
    // Where it came from is for a technician.
    expect(await page.getByText('software').count()).toBe(0);
    await page.getByRole('switch', { name: 'Details' }).click();
    await page.getByText('Pressed: software').waitFor();
    clearInterval(pressing);
    expect(await page.getAttribute('body', 'data-screen')).toBe('self-test');
    expect((await kiosk!.json<SessionPage>('/api/sessions')).body.sessions).toEqual([]);
    await page.getByRole('button', { name: 'Test again' }).click();
    await page.locator('.check').first().waitFor();
    await page.close();
  });
});

/** Content that is too long for a page would overlap the buttons below it, or have to be scrolled to. */
async function overflowing(page: Page): Promise<readonly string[]> {
  return page
    .locator('.tab-panel, .tab-panel > *')
    .evaluateAll((elements) =>
      elements
        .filter((element) => element.scrollHeight > element.clientHeight + 2)
        .map(
          (element) => `${element.getAttribute('class')}: ${element.scrollHeight} in ${element.clientHeight}`,
        ),
    );
}
