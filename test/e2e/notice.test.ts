import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { startMock } from '../../kiosk-ui/dev/mock-service.mjs';
import { settled } from '../../kiosk-ui/dev/visit.mjs';
import { DICTIONARIES } from '../../kiosk-ui/src/i18n/translate.ts';
import { sharedBrowser, SIZES } from '../support/browser.ts';

/** Runs in the page: the controls, and the decision, that a notice covers. */
function coveredControls(): string[] {
  const boxOf = (element: Element): DOMRect => element.getBoundingClientRect();
  const bar = boxOf(document.querySelector('.notice')!);
  return Array.from(document.querySelectorAll('#app :is(button, .band)'))
    .filter((control) => {
      const { left, right, top, bottom } = boxOf(control);
      return left < bar.right && right > bar.left && top < bar.bottom && bottom > bar.top;
    })
    .map((control) => control.textContent);
}

describe('a notice over the screen', () => {
  const browserOf = sharedBrowser();

  const noticed = async (page: Page): Promise<string[]> => {
    await page.locator('.notice').waitFor();
    await settled(page);
    return page.evaluate(coveredControls);
  };

  it.for([...SIZES, { width: 480, height: 800 }, { width: 390, height: 844 }])(
    'covers no control and not the decision, at $width × $height',
    async (viewport, context) => {
      const browser = browserOf(context);
      const mock = await startMock();
      const page = await browser.newPage({ viewport, reducedMotion: 'reduce' });
      await page.route('**/assessments', (route) => route.fulfill({ status: 503 }));
      await page.goto(mock.url);
      const found: Record<string, string[]> = {};
      for (const scene of ['held-result', 'held-retake', 'held-fault']) {
        await fetch(`${mock.url}/mock/scene/${scene}`);
        await page.waitForSelector(`body[data-screen=${scene.slice('held-'.length)}]`);
        found[scene] = await noticed(page);
      }
      for (const scene of ['result-above', 'result-ask', 'withheld-unsure']) {
        await fetch(`${mock.url}/mock/scene/ready`);
        await page.waitForSelector('body[data-screen=ready]');
        await page.locator('.notice').waitFor({ state: 'detached' });
        await fetch(`${mock.url}/mock/scene/${scene}`);
        await page.waitForSelector(`body[data-screen=${scene.split('-')[0]!}]:not([data-settling])`);
        await page.getByRole('button', { name: DICTIONARIES.en['result.save.agree'], exact: true }).click();
        found[scene] = await noticed(page);
      }
      expect(Object.entries(found).filter(([, covered]) => covered.length > 0)).toEqual([]);
      await page.close();
      await mock.close();
    },
  );
});
