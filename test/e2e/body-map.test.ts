import type { Page } from 'playwright-core';
import { describe, expect, it, type TestContext } from 'vitest';
import { DRAWINGS } from '../../kiosk-ui/src/components/body-shapes.ts';
import type { BodySite } from '../../src/protocol/body-sites.ts';
import { tap } from '../support/browser.ts';
import { mockInBrowser } from '../support/mock-in-browser.ts';

describe('the body map of a patient, touched with gloves', () => {
  const open = mockInBrowser();

  /** Opens a patient with a lesion on each side of the chest. */
  async function openMap(context: TestContext): Promise<Page> {
    const { page } = await open(context, { hasTouch: true });
    await page.getByTestId('patient').tap();
    await tap(page, 'Patients');
    await page.locator('.patients-row').nth(3).tap();
    await page.locator('[data-site=chest-left]').waitFor();
    return page;
  }

  /** Touches a point of the drawing. */
  async function touch(page: Page, x: number, y: number): Promise<void> {
    await page.waitForSelector('body:not([data-settling])');
    const at = await page.locator('.body-map').evaluate(
      (map, point) => {
        const { x: left, y: top } = new DOMPoint(...point).matrixTransform(
          (map as unknown as SVGSVGElement).getScreenCTM()!,
        );
        return [left, top] as const;
      },
      [x, y] as const,
    );
    await page.touchscreen.tap(...at);
  }

  const markOf = (site: BodySite): readonly [x: number, y: number] =>
    DRAWINGS.front.sites.find(({ name }) => name === site)!.mark;

  it('lists the lesions of both marks that a touch between them may mean', async (context) => {
    const page = await openMap(context);
    const [[rightX, y], [leftX]] = [markOf('chest-right'), markOf('chest-left')];
    await touch(page, (rightX + leftX) / 2 + 1, y);
    const offered = page.locator('.map-side .lesion-button');
    await offered.nth(1).waitFor();
    expect(await offered.allInnerTexts()).toEqual([
      expect.stringContaining('1 · Chest, left'),
      expect.stringContaining('2 · Chest, right'),
    ]);
    await offered.nth(1).tap();
    await page.getByRole('heading', { name: '2 · Chest, right' }).waitFor();
  });

  it('opens the only lesion that a touch away from the other mark can mean', async (context) => {
    const page = await openMap(context);
    const [x, y] = markOf('chest-left');
    // Still within the site, on the side of the arm.
    await touch(page, x + 14, y);
    const heading = page.getByRole('heading', { name: '1 · Chest, left' });
    await heading.waitFor();
    expect(await heading.isVisible()).toBe(true);
  });
});
