import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { SqliteStore } from '../../src/store/sqlite-store.ts';
import { RECORDS } from '../contract/store-contract.ts';
import { browserMissing, expectFits, launchBrowser } from '../support/browser.ts';
import { KioskProcess } from '../support/kiosk-process.ts';
import { SCREENS, wordsIn } from '../support/words.ts';

/** 22 results with a histology of melanoma, of which the clinician shares 20, and a retake. */
async function fill(dir: string): Promise<void> {
  const store = new SqliteStore({ dir, clock: systemClock, log: silentLogger, bootId: 'before' });
  await store.start();
  for (let n = 1; n <= 22; n += 1) {
    const id = `result-${n}`;
    store.openSession({ id, source: 'camera' });
    store.closeSession(RECORDS.result(id));
    store.addReview(id, { kind: 'histology', value: 'mel' });
    store.addReview(id, { kind: 'clinician', value: n <= 20 ? 'agree' : 'disagree' });
  }
  store.openSession({ id: 'retake', source: 'camera' });
  store.closeSession(RECORDS.retake('retake'));
  await store.stop();
}

describe.each(SCREENS)(
  'the filter and the statistics of the log, in $language at $width × $height',
  (screen) => {
    const { say } = wordsIn(screen.language);
    let browser: Browser | undefined;
    let kiosk: KioskProcess | undefined;
    let dir: string | undefined;

    const stick = (): string => join(dir!, 'stick');

    beforeAll(async () => {
      if (browserMissing !== undefined) return;
      dir = await mkdtemp(join(tmpdir(), 'kiosk-filter-'));
      await fill(dir);
      kiosk = await KioskProcess.start({
        ...{ KIOSK_DATA_DIR: dir, KIOSK_EXPORT_DIR: stick() },
        KIOSK_LANGUAGE: screen.language,
      });
      browser = await launchBrowser();
    });

    afterAll(async () => {
      await browser?.close();
      await kiosk?.dispose();
      if (dir !== undefined) await rm(dir, { recursive: true, force: true });
    });

    async function openLog(): Promise<Page> {
      const { width, height } = screen;
      const page = await browser!.newPage({ viewport: { width, height }, hasTouch: true });
      await page.goto(kiosk!.url);
      await page.getByRole('button', { name: say('Log') }).tap();
      await page.getByTestId('session-23').waitFor();
      return page;
    }

    it('can be set by touch, show counts and can be cleared', async (context) => {
      if (browserMissing !== undefined) context.skip(browserMissing);
      const page = await openLog();
      const key = (name: string) => page.getByRole('button', { name, exact: true });
      await key(say('Filter')).tap();
      await key(say('Show {count} sessions', { count: 23 })).waitFor();
      await key(say('Today')).tap();
      await key(say('Disagree')).tap();
      await expectFits(page);
      await key(say('Show {count} sessions', { count: 2 })).tap();
      await page
        .getByRole('status')
        .filter({ hasText: say('{count} sessions', { count: 2 }) })
        .waitFor();
      expect(await page.locator('.row-number').allInnerTexts()).toEqual(['22', '21']);
      await page.getByText(say('Disagree')).waitFor();
      await expectFits(page);

      await key(say('Filter')).tap();
      await key(say('Fault')).tap();
      await key(say('Show {count} sessions', { count: 0 })).tap();
      await page.getByText(say('No sessions match the filter.')).waitFor();
      await key(say('Clear filter')).tap();
      await page.getByTestId('session-23').waitFor();
      await page.close();
    });

    it('exports the filtered rows to a USB drive, and asks for the drive if there is none', async (context) => {
      if (browserMissing !== undefined) context.skip(browserMissing);
      const page = await openLog();
      const key = (name: string) => page.getByRole('button', { name });
      await key(say('Filter')).tap();
      await key(say('Disagree')).tap();
      await key(say('Export')).tap();
      await page.getByText(`${say('{count} sessions', { count: 2 })} · ${say('Disagree')}`).waitFor();
      await page.getByText(say('No sessions: nothing to export'), { exact: false }).waitFor();
      const [, , ofMonth] = await page.locator('.export-row .button').all();
      expect(await ofMonth!.isEnabled()).toBe(false);
      await page.getByText(say('Pseudonymised: random IDs replace the patient references.')).waitFor();
      await key(say('CSV for spreadsheets')).first().tap();
      await page.getByText(say('No USB drive was found.')).waitFor();
      await mkdir(stick());
      await key(say('CSV for spreadsheets')).first().tap();
      await page.getByText(new RegExp(`^${say('Saved: {file}', { file: 'sessions-' })}`)).waitFor();
      await expectFits(page);
      const [file] = await readdir(stick());
      expect((await readFile(join(stick(), file!), 'utf8')).trim().split('\n')).toHaveLength(1 + 2);
      await page.close();
    });

    it('filters by the days that are touched in the calendar, first day and then last', async (context) => {
      if (browserMissing !== undefined) context.skip(browserMissing);
      const page = await openLog();
      await page.getByRole('button', { name: say('Filter') }).tap();
      await page.getByRole('button', { name: say('Choose dates') }).tap();
      await page.getByRole('button', { name: say('Previous month') }).tap();
      const days = page.locator('.calendar-day:not(.calendar-other)');
      await days.nth(4).tap();
      await days.nth(9).tap();
      expect(await page.locator('.calendar-day[aria-pressed=true]').count()).toBe(6);
      await expectFits(page);
      await page.getByRole('button', { name: say('Done') }).tap();
      await page.getByRole('button', { name: say('Show {count} sessions', { count: 0 }) }).waitFor();
      await page.close();
    });

    it('are shown as charts and as tables', async (context) => {
      if (browserMissing !== undefined) context.skip(browserMissing);
      const page = await openLog();
      await page.getByRole('button', { name: say('Statistics') }).tap();
      const bars = say('{title}: {bars} bars, highest {most}; all values are in the table.', {
        ...{ title: say('Sessions per day'), bars: 1, most: 23 },
      });
      await page.getByRole('img', { name: bars }).waitFor();
      await expectFits(page);
      const tab = (name: string) => page.getByRole('tab', { name });
      const table = page.getByRole('switch', { name: say('Table') });
      await table.tap();
      expect(await page.locator('tbody td').allInnerTexts()).toEqual(['22', '1']);
      await tab(say('Outcomes')).tap();
      expect(await page.locator('tbody td').allInnerTexts()).toEqual([
        ...['22', '96\u00a0%', '0', '–', '1', '4\u00a0%', '0', '–', '0', '–'],
      ]);
      await expectFits(page);
      await tab(say('Accuracy')).tap();
      expect(await page.locator('tbody td').allInnerTexts()).toEqual(['22', '0', '0', '0', '0', '0']);
      await expectFits(page);
      await table.tap();
      const share = (name: string) => page.getByRole('region', { name });
      expect(await share(say('Sensitivity')).innerText()).toContain('>99\u00a0%');
      expect(await share(say('Agreement')).innerText()).toContain(
        say('{count} of {of}', { count: 20, of: 22 }),
      );
      expect(await share(say('Specificity')).innerText()).toContain(
        say('{of} so far; at least {least} are needed.', { of: 0, least: 20 }),
      );
      await expectFits(page);
      await page.close();
    });
  },
);
