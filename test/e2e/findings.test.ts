import { describe, expect, it } from 'vitest';
import type { SessionDetail } from '../../src/protocol/http.ts';
import { expectFits } from '../fakes/browser.ts';
import { kioskInBrowser } from '../fakes/kiosk-in-browser.ts';

describe('what is found afterwards', () => {
  const open = kioskInBrowser();

  it('is touched, changed and withdrawn, and every edit stays', async (context) => {
    const { kiosk, page } = await open(context, { KIOSK_MODEL: 'seed-cnn' });
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
  });
});
