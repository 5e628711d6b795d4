import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { SqliteStore } from '../../src/store/sqlite.ts';
import { RECORDS } from '../contract/store-contract.ts';
import { browserMissing, expectFits, launchBrowser } from '../fakes/browser.ts';
import { KioskProcess } from '../fakes/kiosk-process.ts';

const SIZES = [
  { width: 800, height: 480 },
  { width: 1280, height: 800 },
] as const;

/** 22 results with a histology of melanoma, of which the clinician shares 20, and a retake. */
async function fill(dir: string): Promise<void> {
  const store = new SqliteStore({ dir, clock: systemClock, log: silentLogger, bootId: 'before' });
  await store.start();
  for (let n = 1; n <= 22; n += 1) {
    const id = `result-${n}`;
    store.openSession({ id, source: 'camera' });
    store.closeSession(RECORDS.result(id));
    store.addAssessment(id, { kind: 'histology', value: 'mel' });
    store.addAssessment(id, { kind: 'clinician', value: n <= 20 ? 'agree' : 'disagree' });
  }
  store.openSession({ id: 'retake', source: 'camera' });
  store.closeSession(RECORDS.retake('retake'));
  await store.stop();
}

describe('the filter and the statistics of the log', () => {
  let browser: Browser | undefined;
  let kiosk: KioskProcess | undefined;
  let dir: string | undefined;

  const stick = (): string => join(dir!, 'stick');

  beforeAll(async () => {
    if (browserMissing !== undefined) return;
    dir = await mkdtemp(join(tmpdir(), 'kiosk-filter-'));
    await fill(dir);
    kiosk = await KioskProcess.start({
      ...{ KIOSK_DATA_DIR: dir, KIOSK_EXPORT_DIR: stick(), KIOSK_MODEL: 'seed-cnn' },
    });
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await kiosk?.dispose();
    if (dir !== undefined) await rm(dir, { recursive: true, force: true });
  });

  async function openLog(viewport: (typeof SIZES)[number]): Promise<Page> {
    const page = await browser!.newPage({ viewport, hasTouch: true });
    await page.goto(kiosk!.url);
    await page.getByRole('button', { name: 'Log' }).tap();
    await page.getByTestId('session-23').waitFor();
    return page;
  }

  it.for(SIZES)('are touched, told in counts and cleared at $width × $height', async (size, context) => {
    if (browserMissing !== undefined) context.skip(browserMissing);
    const page = await openLog(size);
    const key = (name: string) => page.getByRole('button', { name, exact: true });
    await key('Filter').tap();
    await key('Show 23 sessions').waitFor();
    await key('Today').tap();
    await key('Disagree').tap();
    await expectFits(page);
    await key('Show 2 sessions').tap();
    await page.getByRole('status').filter({ hasText: '2 sessions' }).waitFor();
    expect(await page.locator('.row-number').allInnerTexts()).toEqual(['22', '21']);
    await page.getByText('Disagree').waitFor();
    await expectFits(page);

    await key('Filter').tap();
    await key('Fault').tap();
    await key('Show 0 sessions').tap();
    await page.getByText('No session fits the filter.').waitFor();
    await key('Clear filter').tap();
    await page.getByTestId('session-23').waitFor();
    await page.close();
  });

  it('writes what is filtered onto a stick, and asks for one that is not there', async (context) => {
    if (browserMissing !== undefined) context.skip(browserMissing);
    const page = await openLog(SIZES[0]);
    const key = (name: string | RegExp) => page.getByRole('button', { name });
    await key('Filter').tap();
    await key('Disagree').tap();
    await key('Export').tap();
    await page.getByText('2 sessions · Disagree').waitFor();
    await page.getByText('Without the patients’ references').waitFor();
    await key('CSV').tap();
    await page.getByText('There is no stick to write on.').waitFor();
    await mkdir(stick());
    await key('CSV').tap();
    await page.getByText(/^Written: sessions-/).waitFor();
    await expectFits(page);
    const [file] = await readdir(stick());
    expect((await readFile(join(stick(), file!), 'utf8')).trim().split('\n')).toHaveLength(1 + 2);
    await page.close();
  });

  it('finds the days that are touched in the calendar, the first and then the last', async (context) => {
    if (browserMissing !== undefined) context.skip(browserMissing);
    const page = await openLog(SIZES[0]);
    await page.getByRole('button', { name: 'Filter' }).tap();
    await page.getByRole('button', { name: 'Choose days' }).tap();
    await page.getByRole('button', { name: 'Month before' }).tap();
    const days = page.locator('.calendar-day:not(.calendar-other)');
    await days.nth(4).tap();
    await days.nth(9).tap();
    expect(await page.locator('.calendar-day[aria-pressed=true]').count()).toBe(6);
    await expectFits(page);
    await page.getByRole('button', { name: 'Done' }).tap();
    await page.getByRole('button', { name: 'Show 0 sessions' }).waitFor();
    await page.close();
  });

  it.for(SIZES)('are drawn and told in tables at $width × $height', async (size, context) => {
    if (browserMissing !== undefined) context.skip(browserMissing);
    const page = await openLog(size);
    await page.getByRole('button', { name: 'Statistics' }).tap();
    await page.getByRole('img', { name: /^Sessions a day: 1 bars, the highest 23/ }).waitFor();
    await expectFits(page);
    const tab = (name: string) => page.getByRole('tab', { name });
    const table = page.getByRole('switch', { name: 'Table' });
    await table.tap();
    expect(await page.locator('tbody td').allInnerTexts()).toEqual(['22', '1']);
    await tab('Outcomes').tap();
    expect(await page.locator('tbody td').allInnerTexts()).toEqual([
      ...['22', '96\u00a0%', '0', '–', '1', '4\u00a0%', '0', '–', '0', '–'],
    ]);
    await expectFits(page);
    await tab('Accuracy').tap();
    expect(await page.locator('tbody td').allInnerTexts()).toEqual(['22', '0', '0', '0', '0', '0']);
    await expectFits(page);
    await table.tap();
    const share = (name: string) => page.getByRole('region', { name });
    expect(await share('Sensitivity').innerText()).toContain('>99\u00a0%');
    expect(await share('Agreement').innerText()).toContain('20 of 22');
    expect(await share('Specificity').innerText()).toContain('0 so far: a figure is shown from 20 on.');
    await expectFits(page);
    await page.close();
  });
});
