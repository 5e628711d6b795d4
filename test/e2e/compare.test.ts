import type { Page } from 'playwright-core';
import { describe, expect, it, type TestContext } from 'vitest';
import { DICTIONARIES } from '../../kiosk-ui/src/i18n/translate.ts';
import { mockInBrowser } from '../support/mock-in-browser.ts';

const say = DICTIONARIES.en;

/** For each of two plots, on a display 480 px high. */
const LEAST_PLOT_PX = 105;

describe('the comparison of two captures', { timeout: 120_000 }, () => {
  const open = mockInBrowser();

  /** @param prepare called before the page is loaded */
  async function openComparison(
    context: TestContext,
    prepare?: (page: Page) => unknown,
  ): Promise<{ readonly page: Page; readonly touch: (name: string) => Promise<void> }> {
    const { page, show } = await open(context, {
      hasTouch: true,
      ...(prepare === undefined ? {} : { prepare }),
    });
    await show('patient-ready');
    const touch = (name: string): Promise<void> =>
      page.getByRole('button', { name, exact: true }).first().tap();
    await touch(say['lesion.over-time']);
    await page.getByRole('tab', { name: say['lesion.compare'] }).tap();
    await page.getByTestId('change').waitFor();
    return { page, touch };
  }

  const shown = (page: Page): Promise<string | null> =>
    page.locator('.overlay-square').getAttribute('data-shown');

  it('blinks at most twice a second, until it is paused', async (context) => {
    const { page, touch } = await openComparison(context, (opened) => opened.clock.install());
    await touch(say['compare.blink']);
    // Soon: the screen is closed if nobody touches it for long.
    await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000);
    const seen: (string | null)[] = [await shown(page)];
    for (let half = 0; half < 20; half += 1) {
      await page.clock.runFor(100);
      seen.push(await shown(page));
    }
    const changes = seen.filter((one, i) => i > 0 && one !== seen[i - 1]).length;
    expect(new Set(seen)).toEqual(new Set(['first', 'second']));
    // In two seconds; two changes are one cycle.
    expect(changes).toBeGreaterThanOrEqual(2);
    expect(changes).toBeLessThanOrEqual(4);

    await page.clock.resume();
    await touch(say['compare.pause']);
    const kept = await shown(page);
    await page.clock.runFor(5_000);
    expect(await shown(page)).toBe(kept);
    await touch(say['compare.turn']);
    await expect.poll(() => shown(page)).not.toBe(kept);
  });

  it('does not blink by itself for a person who prefers reduced motion', async (context) => {
    const { page, touch } = await openComparison(context, async (opened) => {
      await opened.emulateMedia({ reducedMotion: 'reduce' });
      await opened.clock.install();
    });
    await touch(say['compare.blink']);
    expect(await shown(page)).toBe('first');
    await page.clock.runFor(5_000);
    expect(await shown(page)).toBe('first');
    await touch(say['compare.play']);
    await expect.poll(() => shown(page)).toBe('second');
  });

  it('zooms and moves both images by the same pinch', async (context) => {
    const { page } = await openComparison(context);
    const transforms = (): Promise<string[]> =>
      page
        .locator('.overlay-zoom')
        .evaluateAll((layers) => layers.map((layer) => getComputedStyle(layer).transform));
    expect(await transforms()).toEqual(Array(2).fill('matrix(1, 0, 0, 1, 0, 0)'));
    const box = (await page.locator('.overlay-square').first().boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const session = await page.context().newCDPSession(page);
    const fingers = (apart: number): { x: number; y: number; id: number }[] => [
      { x: x + 20 - apart, y, id: 1 },
      { x: x + 20 + apart, y, id: 2 },
    ];
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart?: number): Promise<unknown> =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: apart === undefined ? [] : fingers(apart),
      });
    await send('touchStart', 20);
    await send('touchMove', 40);
    await send('touchMove', 60);
    await send('touchEnd');
    await expect.poll(async () => (await transforms())[0]).toMatch(/^matrix\((?:2\.[5-9]|3)/);
    const [first, second] = await transforms();
    expect(second).toBe(first);
  });

  it('fills the screen with both images, and Escape brings the page back', async (context) => {
    const { page, touch } = await openComparison(context);
    const width = async (): Promise<number> =>
      (await page.locator('.overlay-square').first().boundingBox())!.width;
    const before = await width();
    await touch(say['compare.full']);
    await page.getByRole('dialog', { name: say['lesion.compare'] }).waitFor();
    expect(await width()).toBeGreaterThan(1.4 * before);
    await touch(say['compare.fade']);
    await page.getByRole('slider', { name: say['compare.fade.label'] }).waitFor();
    await page.waitForSelector('body:not([data-settling])');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    // The way of comparing stays.
    await page.getByRole('slider', { name: say['compare.fade.label'] }).waitFor();
    await page.getByTestId('change').waitFor();
  });

  it('scores the images of an earlier model again, and joins the numbers then', async (context) => {
    const { page, touch } = await openComparison(context);
    await page.getByRole('tab', { name: say['lesion.course'] }).tap();
    const again = page.getByTestId('rescore');
    expect(await again.textContent()).toContain('Numbers from lesion-pair 0.1.4: 1');
    const lines = page.locator('.trend-plot').first().locator('.trend-line');
    const joined = (): Promise<number[]> =>
      lines.evaluateAll((all) => all.map((line) => line.getAttribute('points')!.split(' ').length));
    expect(await joined()).toEqual([2, 4]);
    await touch(say.rescore);
    await expect.poll(() => again.textContent()).toContain('Scored again with lesion-pair 0.2.1: 1');
    // The first has no image: it keeps its number, by itself.
    expect(await joined()).toEqual([1, 5]);
  });

  it('gives the plots the height of a low display, beside the rows and the key that scores again', async (context) => {
    const { page } = await openComparison(context);
    await page.getByRole('tab', { name: say['lesion.course'] }).tap();
    await page.getByTestId('rescore').waitFor();
    const heights = await page
      .locator('.trend-plot svg')
      .evaluateAll((plots) => plots.map((plot) => plot.getBoundingClientRect().height));
    expect(heights).toHaveLength(2);
    for (const height of heights) expect(height).toBeGreaterThan(LEAST_PLOT_PX);
    // Every capture can be reached by scrolling.
    await page.getByTestId('capture-12').scrollIntoViewIfNeeded();
    expect(await page.locator('.trend-rows .trend-row').count()).toBe(7);
    const key = (await page.getByTestId('rescore').boundingBox())!;
    expect(key.y + key.height).toBeLessThanOrEqual(480);
  });

  it('compares any two captures, says so if their numbers are of two models, and holds its text above the keys', async (context) => {
    const { page } = await openComparison(context);
    expect(await page.getByTestId('two-models').count()).toBe(0);
    await page.locator('.chooser-chosen').first().tap();
    // The oldest: of an earlier model, and without a measurable change, the longest title.
    await page.locator('.capture-row').last().tap();
    await page.getByText(say['compare.same']).waitFor();
    expect(await page.getByTestId('two-models').textContent()).toBe(say['lesion.models']);
    const box = async (selector: string) => (await page.locator(selector).boundingBox())!;
    const print = await box('.compare-text .small');
    const outline = await box('.compare .switch');
    expect(print.y + print.height).toBeLessThanOrEqual(outline.y);
    const title = await box('.compare-text h2');
    const aside = await page.locator('.compare-text').evaluate((element) => {
      // As in a language with a longer one.
      element.querySelector('h2')!.textContent = 'Keine messbare Veränderung des ganzen Befunds';
      return element.querySelector('h2')!.getBoundingClientRect().height;
    });
    expect(aside).toBeGreaterThan(title.height);
    const wrapped = await box('.compare-text .small');
    expect(wrapped.y + wrapped.height).toBeLessThanOrEqual(outline.y);
  });
});
