import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectFitsNow, tap } from '../support/browser.ts';
import { mockInBrowser } from '../support/mock-in-browser.ts';

const SMALL = { width: 800, height: 480 } as const;
const LARGE = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

/** Overlapping boxes of these elements. */
function overlaps(page: Page, selector: string): Promise<readonly string[]> {
  return page.evaluate((wanted) => {
    const boxes = Array.from(document.querySelectorAll(wanted), (element) => ({
      name: element.className,
      box: element.getBoundingClientRect(),
    }));
    return boxes.flatMap(({ name, box }, i) =>
      boxes
        .slice(i + 1)
        .filter(
          ({ box: other }) =>
            Math.min(box.right, other.right) - Math.max(box.left, other.left) > 1 &&
            Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 1,
        )
        .map((other) => `${name} and ${other.name}`),
    );
  }, selector);
}

describe.each(LARGE)('a display of $width × $height', (size) => {
  const open = mockInBrowser();

  it('shows a session beside the log, with whose it is, until it is closed', async (context) => {
    const { page, show } = await open(context, { hasTouch: true });
    await page.setViewportSize(size);
    // The current patient is another one.
    await show('patient-ready');
    await page.getByTestId('context').waitFor();
    await tap(page, 'Log');
    const pane = page.getByTestId('detail-pane');
    const row = (number: number) => page.getByTestId(`session-${number}`);
    await row(21).tap();
    await pane.getByText('Session 21').waitFor();
    expect(await pane.getByTestId('whose').textContent()).toContain('A-10408');
    expect(await page.locator('[aria-current=true]').getAttribute('data-testid')).toBe('session-21');
    expect(await overlaps(page, '.log > .page-head, .log-tabs, .log-columns > *')).toEqual([]);
    await expectFitsNow(page);

    // Another one takes its place.
    await row(20).tap();
    await pane.getByText('Session 20').waitFor();
    expect(await pane.count()).toBe(1);
    await page.keyboard.press('Escape');
    await pane.waitFor({ state: 'detached' });
    expect(await page.getAttribute('body', 'data-screen')).toBe('log');

    await row(23).tap();
    await tap(page, 'Close details');
    await pane.waitFor({ state: 'detached' });
    expect(await row(23).isVisible()).toBe(true);

    // In a window that has become small it stays, alone; one that is opened there is a page.
    await row(23).tap();
    await pane.waitFor();
    await page.setViewportSize(SMALL);
    expect(await pane.isVisible()).toBe(true);
    expect(await row(23).isVisible()).toBe(false);
    await page.waitForSelector('body:not([data-settling])');
    await page.keyboard.press('Escape');
    await pane.waitFor({ state: 'detached' });
    await row(23).tap();
    await page.locator('main.detail').waitFor();
  });

  it('closes the session of another tab', async (context) => {
    const { page } = await open(context, { hasTouch: true });
    await page.setViewportSize(size);
    await tap(page, 'Log');
    await page.getByTestId('session-23').tap();
    await page.getByTestId('detail-pane').waitFor();
    await page.locator('[data-tab=due]').tap();
    await expect.poll(() => page.getByTestId('detail-pane').count()).toBe(0);
  });

  it('shows the ABCD features and the last visit beside a result, and compares in one touch', async (context) => {
    const { page, show } = await open(context, { hasTouch: true });
    await page.setViewportSize(size);
    await show('patient-result-again');
    const last = page.getByTestId('last-visit');
    await last.getByTestId('change-since').waitFor();
    expect(await last.textContent()).toMatch(/Last visit.*43\s%24 Nov 2026.*Larger.*\+21\s%/);
    const abcd = await page.locator('.abcd').innerText();
    expect(abcd).toMatch(/Asymmetry\s+(?:low|medium|high)/);
    expect(abcd).toMatch(/Colours\s+3 of 6/);
    // Beside the number, the image and the classes, and over none of them.
    expect(await overlaps(page, '.result > *')).toEqual([]);
    await expectFitsNow(page);

    // On a small display they are a touch away.
    await page.setViewportSize(SMALL);
    await last.waitFor({ state: 'detached' });
    await page.setViewportSize(size);
    await last.tap();
    await page.waitForSelector('body[data-screen=lesion]');
    await page.getByTestId('change').waitFor();
  });
});
