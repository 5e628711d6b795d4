import type { Page } from 'playwright-core';
import { describe, expect, it, type TestContext } from 'vitest';
import { FILTERS } from '../../src/protocol/log-query.ts';
import { FILTER_FIELDS } from '../../src/server/routes/log.ts';
import { tap } from '../support/browser.ts';
import { mockInBrowser } from '../support/mock-in-browser.ts';
import { until } from '../support/until.ts';

describe('the log on the touchscreen', () => {
  /** Queries of the log and its counts, as `name=value`. */
  let asked: Set<string>;
  const open = mockInBrowser();

  const openLog = async (context: TestContext): Promise<Page> => {
    asked = new Set();
    const { page, show } = await open(context, {
      hasTouch: true,
      prepare: (empty) =>
        empty.on('request', (request) => {
          const { pathname, searchParams } = new URL(request.url());
          if (pathname !== '/api/sessions' && pathname !== '/api/statistics') return;
          for (const [name, value] of searchParams) asked.add(`${name}=${value}`);
        }),
    });
    // With a current patient and lesion.
    await show('patient-ready');
    await page.getByTestId('context').waitFor();
    await tap(page, 'Log');
    await page.locator('.row').first().waitFor();
    return page;
  };

  it('has a control for each filter of the HTTP interface, and for each of its values', async (context) => {
    const page = await openLog(context);
    for (const tabName of ['unassigned', 'histology-pending', 'due', 'all']) {
      await page.locator(`[data-tab=${tabName}]`).tap();
      await page.locator('.row').first().waitFor();
    }
    await tap(page, 'Last month');
    await tap(page, 'Search');
    await tap(page, '7');
    await page.locator('.typing-enter').tap();
    await page.locator('.filter-bar').waitFor();
    await tap(page, 'Filter');
    const options = page.locator('.filter-rows .choice-button:not([data-value=calendar])');
    await options.first().waitFor();
    for (const option of await options.all()) await option.tap();
    const values = Object.entries(FILTERS).flatMap(([name, of]) => of.map((value) => `${name}=${value}`));
    const missing = (): string[] => values.filter((each) => !asked.has(each));
    await until(
      () => `no control sets ${missing().join(', ')}`,
      () => missing().length === 0,
    );
    const names = new Set(Array.from(asked, (each) => each.split('=')[0]));
    // A single day is `from` and `to`.
    const fields = Object.keys(FILTER_FIELDS).filter((name) => name !== 'day');
    expect(fields.filter((name) => !names.has(name))).toEqual([]);
  });

  it('reads a thousand sessions as somebody scrolls, and stays where it was', async (context) => {
    const page = await openLog(context);
    const row = (number: number) => ({
      ...{ id: `s${number}`, number, source: 'camera', outcome: 'aborted', disposition: 'unreviewed' },
      openedAt: '2026-05-12T09:00:00.000Z',
    });
    await page.route('**/api/sessions?*', async (route) => {
      const query = new URL(route.request().url()).searchParams;
      const before = Number(query.get('before') ?? 1001);
      const length = Math.min(Number(query.get('limit')), before - 1);
      const sessions = Array.from({ length }, (_, i) => row(before - 1 - i));
      const last = before - length;
      await route.fulfill({ json: { sessions, ...(last > 1 && { next: last }) } });
    });
    await page.locator('[data-tab=due]').tap();
    await page.getByTestId('session-1000').waitFor();
    expect(await page.locator('.row').count()).toBeLessThan(200);
    const list = page.locator('.rows');
    const toEnd = () =>
      list.evaluate((rows) => {
        rows.scrollTop = rows.scrollHeight;
        return rows.querySelectorAll('.row').length;
      });
    await until('a thousand rows', async () => (await toEnd()) === 1000);
    await page.getByTestId('session-3').tap();
    await tap(page, 'Back');
    await page.getByTestId('session-3').waitFor();
    const visible = await page.getByTestId('session-3').evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });
    expect(visible).toBe(true);
  });
});
