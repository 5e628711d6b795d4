import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { SessionDetail, SessionPage } from '../../src/protocol/http.ts';
import type { View } from '../../src/protocol/view.ts';
import { expectFits, tap } from '../support/browser.ts';
import { kioskInBrowser } from '../support/kiosk-in-browser.ts';
import { SCREENS, wordsIn } from '../support/words.ts';

/** How long Discard is held, ms: twice what is needed. */
const HELD_MS = 1_800;

describe('whose a capture is', { timeout: 300_000 }, () => {
  const open = kioskInBrowser();

  const select = (
    kiosk: { json: (path: string, init: RequestInit) => unknown },
    reference: string,
  ): unknown =>
    kiosk.json('/api/context', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'reference', reference }),
    });
  const onScreen = (page: Page, name: string): Promise<unknown> =>
    page.waitForSelector(`body[data-screen=${name}]:not([data-settling])`, { timeout: 60_000 });

  it.for(SCREENS)(
    'is asked after a result; without an answer it is nobody’s until it is assigned, in $language at $width × $height',
    async (screen, context) => {
      const { kiosk, page } = await open(context, { KIOSK_IDLE_SECONDS: '0' }, screen);
      const { key } = wordsIn(screen.language);
      const view = async (): Promise<View> => (await kiosk.json<View>('/api/view')).body;
      const newest = async (): Promise<SessionDetail> => {
        const { sessions } = (await kiosk.json<SessionPage>('/api/sessions')).body;
        return (await kiosk.json<SessionDetail>(`/api/sessions/${sessions[0]!.id}`)).body;
      };
      await select(kiosk, 'A-10482');
      await page.getByTestId('context').waitFor();
      await tap(page, key('ready.capture'));
      await onScreen(page, 'result');
      await tap(page, key('result.save.agree'));
      await page.getByTestId('last-patient').waitFor();
      await expectFits(page);
      expect(await page.getByTestId('last-patient').textContent()).toContain('A-10482');

      // Silence.
      await tap(page, key('ready.capture'));
      await onScreen(page, 'result');
      expect(await newest()).not.toHaveProperty('context');
      await page.getByTestId('assign').tap();
      await page.locator('.assign .keyboard').waitFor();
      await expectFits(page);
      await tap(page, 'A-10482');
      await page.locator('.assign').waitFor({ state: 'detached' });
      expect(await page.getByTestId('context').textContent()).toContain('A-10482');
      expect((await newest()).context).toMatchObject({ reference: 'A-10482' });

      // Retaken for the same patient; then the next patient, who is somebody else.
      await tap(page, key('result.retake'));
      await page.waitForSelector('body:not([data-screen=result])');
      await onScreen(page, 'result');
      expect((await newest()).context).toMatchObject({ reference: 'A-10482' });
      await tap(page, key('result.save.agree'));
      await tap(page, key('next.same'));
      await page.getByTestId('patient').getByText('A-10482').waitFor();
      await tap(page, key('ready.capture'));
      await onScreen(page, 'result');
      await tap(page, key('result.save.agree'));
      await tap(page, key('next.next'));
      await page.getByTestId('last-patient').waitFor({ state: 'detached' });
      expect(await view()).not.toHaveProperty('context');
      expect(await view()).toMatchObject({ unassigned: 0 });
    },
  );

  it('is seen on other screens, which keep what is being entered there, and learn of a discarded result', async (context) => {
    const screen = SCREENS[0];
    const { kiosk, page } = await open(context, { KIOSK_IDLE_SECONDS: '0' }, screen);
    const { key, say } = wordsIn(screen.language);
    const { width, height } = screen;
    const other = await page.context().browser()!.newPage({ viewport: { width, height }, hasTouch: true });
    await other.goto(kiosk.url);
    await onScreen(other, 'ready');
    await other.getByTestId('patient').tap();
    await tap(other, 'B');
    await tap(page, key('ready.capture'));
    await onScreen(page, 'result');
    expect(await other.getAttribute('body', 'data-screen')).toBe('patient');
    expect(await other.getByTestId('typed').textContent()).toBe('B');
    await other.getByText(key('elsewhere.result')).waitFor();
    await expectFits(other);
    await tap(other, key('elsewhere.show'));
    await onScreen(other, 'result');
    await page.locator('.button-hold').click({ delay: HELD_MS });
    await other.getByText(say('Session {number} was discarded on another screen.', { number: 1 })).waitFor();
    await other.close();
  });

  it('is named before a finding is recorded for somebody other than the selected patient', async (context) => {
    const screen = SCREENS[0];
    const { kiosk, page } = await open(context, { KIOSK_IDLE_SECONDS: '0' }, screen);
    const { key } = wordsIn(screen.language);
    await select(kiosk, 'A-10482');
    await page.getByTestId('context').waitFor();
    await tap(page, key('ready.capture'));
    await onScreen(page, 'result');
    await select(kiosk, 'B-20711');
    await tap(page, key('nav.log'));
    await page.getByTestId('session-1').tap();
    await page.getByRole('tab', { name: key('detail.findings') }).tap();
    await page.locator('[data-value=nv]').tap();
    await page.locator('.whose-finding').getByText('A-10482', { exact: true }).waitFor();
    await expectFits(page);
    const histology = async (): Promise<unknown> => {
      const { sessions } = (await kiosk.json<SessionPage>('/api/sessions')).body;
      return sessions[0]!.histology;
    };
    expect(await histology()).toBeUndefined();
    await tap(page, key('findings.whose.yes'));
    await page.locator('[data-value=nv][aria-pressed=true]').waitFor();
    expect(await histology()).toBe('nv');
    // Asked once.
    await page.locator('[data-value=mel]').tap();
    await page.locator('[data-value=mel][aria-pressed=true]').waitFor();
  });
});
