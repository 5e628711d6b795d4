import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SessionDetail } from '../../src/protocol/http.ts';
import { browserMissing, expectFits, launchBrowser } from '../fakes/browser.ts';
import { KioskProcess } from '../fakes/kiosk-process.ts';

const SCREEN = { viewport: { width: 800, height: 480 }, hasTouch: true };

describe('what is found afterwards', () => {
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

  it('is touched, changed and withdrawn, and every edit stays', async (context) => {
    if (browserMissing !== undefined) context.skip(browserMissing);
    kiosk = await KioskProcess.start({ KIOSK_MODEL: 'seed-cnn' });
    await kiosk.untilReady();
    const page = await browser!.newPage(SCREEN);
    await page.goto(kiosk.url);
    await page.getByRole('button', { name: 'Capture' }).tap();
    await page.waitForSelector('body[data-screen=result]', { timeout: 40_000 });
    await page.getByRole('button', { name: 'Accept' }).tap();
    await page.getByRole('button', { name: 'Log' }).tap();
    await page.getByTestId('session-1').tap();
    await page.getByRole('tab', { name: 'Findings' }).tap();
    await expectFits(page);

    const group = (name: string) => page.getByRole('group', { name });
    const pressed = { pressed: true } as const;
    const answer = group('You and the kiosk’s answer');
    const histology = group('Histology');
    await answer.getByRole('button', { name: 'Disagree' }).tap();
    await answer.getByRole('button', { name: 'Disagree', ...pressed }).waitFor();
    await answer.getByRole('button', { name: 'Agree', exact: true }).tap();
    await answer.getByRole('button', { name: 'Agree', exact: true, ...pressed }).waitFor();
    await histology.getByRole('button', { name: 'Melanoma' }).tap();
    await histology.getByRole('button', { name: 'Melanoma', ...pressed }).waitFor();
    await histology.getByRole('button', { name: 'Melanoma' }).tap();
    await histology.getByRole('button', { name: 'Melanoma', pressed: false }).waitFor();
    await expectFits(page);

    const { sessions } = (await kiosk.json<{ sessions: { id: string }[] }>('/api/sessions')).body;
    const detail = (await kiosk.json<SessionDetail>(`/api/sessions/${sessions[0]!.id}`)).body;
    expect(detail).toMatchObject({ clinician: 'agree' });
    expect(detail).not.toHaveProperty('histology');
    expect(detail.assessments.map(({ kind, value }) => [kind, value])).toEqual([
      ['clinician', 'disagree'],
      ['clinician', 'agree'],
      ['histology', 'mel'],
      ['histology', null],
    ]);
    await page.close();
  });
});
