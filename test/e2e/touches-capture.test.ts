import { io } from 'socket.io-client';
import { describe, expect, it } from 'vitest';
import type { View } from '../../src/protocol/view.ts';
import type { SessionDetail, SessionPage } from '../../src/protocol/http.ts';
import { scan } from '../support/browser.ts';
import { Finger } from '../support/finger.ts';
import { kioskInBrowser } from '../support/kiosk-in-browser.ts';
import { KioskProcess } from '../support/kiosk-process.ts';
import { untilPressCounts } from '../support/press.ts';
import { until } from '../support/until.ts';

async function newest(kiosk: KioskProcess): Promise<SessionDetail> {
  const { sessions } = (await kiosk.json<SessionPage>('/api/sessions?limit=1')).body;
  return (await kiosk.json<SessionDetail>(`/api/sessions/${sessions[0]!.id}`)).body;
}

async function select(kiosk: KioskProcess, change: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await kiosk.json('/api/context', { method: 'POST', headers, body: JSON.stringify(change) });
  expect(answer.status).toBe(200);
}

describe('the touches of a capture', { timeout: 240_000 }, () => {
  const open = kioskInBrowser();
  const on = { KIOSK_ASK_CONTRAINDICATIONS: 'on', KIOSK_IDLE_SECONDS: '0' };

  it('are the press and two for an anonymous one: *None of these*, *Save*', async (context) => {
    const { kiosk, page } = await open(context, on);
    const finger = new Finger(page);
    await page.waitForSelector('body[data-screen=ready]');
    await page.keyboard.press('Space');
    await page.waitForSelector('body[data-screen=asking]');
    expect(await page.locator('.contraindication-buttons button').count()).toBe(6);
    expect(await page.getByTestId('malignancy').count()).toBe(0);
    expect((await kiosk.json<SessionPage>('/api/sessions')).body.sessions).toEqual([]);
    await finger.touchButton('contra.none');
    await page.waitForSelector('body[data-screen=result]');
    await finger.touchButton('result.save.agree');
    await page.waitForSelector('body[data-screen=ready]');
    expect(finger.touches).toBe(2);
    expect(await newest(kiosk)).toMatchObject({ disposition: 'accepted', contra: { found: [] } });
  });

  it('are the press and one where the questions are switched off', async (context) => {
    const { kiosk, page } = await open(context, { ...on, KIOSK_ASK_CONTRAINDICATIONS: 'off' });
    const finger = new Finger(page);
    await page.waitForSelector('body[data-screen=ready]');
    await page.keyboard.press('Space');
    await page.waitForSelector('body[data-screen=result]');
    await finger.touchButton('result.save.agree');
    await page.waitForSelector('body[data-screen=ready]');
    expect(finger.touches).toBe(1);
    const stored = await newest(kiosk);
    expect(stored.disposition).toBe('accepted');
    expect(stored).not.toHaveProperty('contra');
  });

  it('are the scan, the press and two for a known lesion, of which only what can change is asked', async (context) => {
    const { kiosk, page } = await open(context, on);
    await select(kiosk, { type: 'reference', reference: 'A-10482' });
    const known = { site: 'chest-left', label: '1', contraIndications: [] };
    await select(kiosk, { type: 'new-lesion', reference: 'A-10482', ...known });
    await select(kiosk, { type: 'clear' });
    await page.waitForSelector('body[data-screen=ready]');
    const finger = new Finger(page);
    await scan(page, 'A-10482');
    await page.getByTestId('context').getByText('1 · Chest, left').waitFor();
    await page.keyboard.press('Space');
    await page.waitForSelector('body[data-screen=asking]');
    const asked = await page
      .locator('.contraindication-buttons button')
      .evaluateAll((keys) => keys.map((key) => (key as HTMLElement).dataset.value));
    expect(asked).toEqual(['ulceration', 'bleeding', 'hidden', 'too-large']);
    await finger.touchButton('contra.none');
    await page.waitForSelector('body[data-screen=result]');
    await finger.touchButton('result.save.agree');
    await page.waitForSelector('body[data-screen=ready]');
    expect(finger.touches).toBe(2);
    expect(await newest(kiosk)).toMatchObject({ context: { reference: 'A-10482' }, contra: { found: [] } });
  });

  it('are asked of nobody while no screen draws: a program gets its result', async () => {
    const kiosk = await KioskProcess.start(on);
    const screen = io(kiosk.url, { transports: ['websocket'] });
    try {
      await kiosk.untilReady();
      const pressed = async (): Promise<string> => {
        await untilPressCounts(kiosk.url);
        const { body } = await kiosk.json<{ id: string }>('/api/press', { method: 'POST' });
        let state = '';
        await until(
          () => `the end of the session, not ${state}`,
          async () => {
            const { session } = (await kiosk.json<View>('/api/view')).body;
            state = session.state;
            return 'id' in session && session.id === body.id && ['asking', 'showing'].includes(state);
          },
        );
        return state;
      };
      expect(await pressed()).toBe('showing');
      expect(await newest(kiosk)).not.toHaveProperty('contra');
      screen.emit('beat');
      expect(await pressed()).toBe('asking');
    } finally {
      screen.close();
      await kiosk.dispose();
    }
  });

  it('stores a capture that another press follows as not answered, and shows what applies', async (context) => {
    const { kiosk, page } = await open(context, on);
    const finger = new Finger(page);
    await page.waitForSelector('body[data-screen=ready]');
    await page.keyboard.press('Space');
    await page.waitForSelector('body[data-screen=asking]');
    await page.waitForSelector('body:not([data-settling])');
    await page.keyboard.press('Space');
    await page.waitForSelector('body:not([data-screen=asking])');
    await page.waitForSelector('body[data-screen=asking]');
    expect(await newest(kiosk)).toMatchObject({ number: 1, contra: { found: null } });
    await page.locator('[data-value=bleeding]').tap();
    await finger.touchButton('contra.done');
    await page.waitForSelector('body[data-screen=result]');
    expect(await page.getByTestId('contra-line').textContent()).toContain('Bleeding');
    expect(await newest(kiosk)).toMatchObject({ number: 2, contra: { found: ['bleeding'] } });
  });
});
