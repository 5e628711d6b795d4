import { mkdtemp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { SqliteStore } from '../../src/store/sqlite-store.ts';
import type { SessionPage } from '../../src/protocol/http.ts';
import { RECORDS } from '../contract/store-contract.ts';
import { scan } from '../support/browser.ts';
import { Finger } from '../support/finger.ts';
import { kioskInBrowser } from '../support/kiosk-in-browser.ts';
import { until } from '../support/until.ts';

/** Each job starts at the live screen; an operator's unlock is one scan more. */
describe('the number of touches', () => {
  const open = kioskInBrowser();
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kiosk-touches-'));
  });

  afterEach(() => rm(dir, { recursive: true, force: true }));

  /** Two patients with a result above the threshold each, in the middle of last month, and a result of now. */
  const fill = async (): Promise<void> => {
    const now = new Date(systemClock.wall());
    let wall = new Date(now.getFullYear(), now.getMonth() - 1, 15, 12).getTime();
    const clock = { ...systemClock, wall: () => wall };
    const store = new SqliteStore({ dir, clock, log: silentLogger, bootId: 'before' });
    await store.start();
    const add = (id: string, subject: object): void => {
      store.openSession({ id, source: 'camera', ...subject });
      store.closeSession(RECORDS.result(id));
    };
    for (const reference of ['A-10482', 'B-7'])
      add(`of ${reference}`, { patient: store.context.patient(reference).id });
    wall = now.getTime();
    add('of now', {});
    await store.stop();
  };

  it('for a histology a month later is at most three, and a scan', async (context) => {
    await fill();
    const { page, kiosk } = await open(context, { KIOSK_DATA_DIR: dir });
    const finger = new Finger(page);
    await finger.touch(page.getByRole('button', { name: 'Log', exact: true }));
    await page.getByTestId('session-1').waitFor();
    await scan(page, 'A-10482');
    await page.getByTestId('whose').getByText('A-10482').waitFor();
    await finger.touch(page.locator('[data-value=mel]'));
    // Nobody is selected: whose it is must be confirmed.
    await finger.touch(page.getByRole('button', { name: 'Yes, record', exact: true }));
    await until('the histology is recorded', async () => {
      const { sessions } = (await (
        await fetch(`${kiosk.url}/api/sessions?histology=mel`)
      ).json()) as SessionPage;
      return sessions.some(({ id }) => id === 'of A-10482');
    });
    expect(finger.touches).toBeLessThanOrEqual(3);
  });

  it('for the export of last month is three', async (context) => {
    await fill();
    const drive = join(dir, 'drive');
    await mkdir(drive);
    const { page } = await open(context, { KIOSK_DATA_DIR: dir, KIOSK_EXPORT_DIR: drive });
    const finger = new Finger(page);
    await finger.touch(page.getByRole('button', { name: 'Log', exact: true }));
    await finger.touch(page.getByRole('button', { name: 'Export', exact: true }));
    const ofMonth = page.getByRole('region', { name: 'Last month' });
    await finger.touch(ofMonth.getByRole('button', { name: 'CSV for spreadsheets' }));
    await page.getByText(/^Saved: sessions-/).waitFor();
    const [file] = await readdir(drive);
    const [, ...rows] = (await readFile(join(drive, file!), 'utf8')).trim().split('\n');
    expect(rows).toHaveLength(2);
    expect(finger.touches).toBe(3);
  });
});
