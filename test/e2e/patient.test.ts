import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { SessionDetail } from '../../src/protocol/http.ts';
import type { View } from '../../src/protocol/view.ts';
import { expectFits, scan, tap } from '../support/browser.ts';
import { kioskInBrowser } from '../support/kiosk-in-browser.ts';
import { SCREENS, wordsIn } from '../support/words.ts';

describe('a patient reference', { timeout: 240_000 }, () => {
  const open = kioskInBrowser();

  const typeOnScreen = async (page: Page, text: string): Promise<void> => {
    for (const key of text) await tap(page, key);
  };

  it.for(SCREENS)(
    'is scanned or typed, gets a site on the body, is recorded and cleared, in $language at $width × $height',
    async (screen, context) => {
      const settings = { KIOSK_IDLE_SECONDS: '0' };
      const { kiosk, page } = await open(context, settings, screen);
      const { say, key } = wordsIn(screen.language);
      const palm = say('{site}, {side}', { site: say('Palm'), side: say('left') });
      const view = async (): Promise<View> => (await kiosk.json<View>('/api/view')).body;
      const tag = page.getByTestId('context');

      // A code with a space: no part of it is a press.
      await scan(page, 'MRN 7');
      await page.getByText(say('This is not a valid patient reference.')).waitFor();
      expect((await view()).session.state).toBe('ready');
      expect(await view()).not.toHaveProperty('context');

      // Somebody new: nothing applies before it is confirmed.
      await scan(page, 'A-9');
      await page.getByTestId('proposed').waitFor();
      expect(await page.getByTestId('proposed').textContent()).toBe('A-9');
      expect(await view()).not.toHaveProperty('context');
      await tap(page, key('patient.no'));

      await typeOnScreen(page, 'A-1048');
      await page.keyboard.press('2');
      await expectFits(page);
      await tap(page, key('patient.next'));
      await expectFits(page);
      expect(await page.getByTestId('proposed').textContent()).toBe('A-10482');
      await tap(page, say('Yes, this patient'));

      await tap(page, say('New lesion'));
      await tap(page, say('Hands'));
      await tap(page, palm);
      expect(await page.getByTestId('site').textContent()).toBe(palm);
      await expectFits(page);
      await tap(page, key('patient.next'));
      await tap(page, key('patient.next'));
      await tap(page, say('Bleeding'));
      await expectFits(page);
      await tap(page, say('Continue'));

      await page.waitForSelector('body[data-screen=ready][data-condition="lesion/contra-indicated"]');
      expect(await tag.textContent()).toContain('A-10482');
      expect(await tag.textContent()).toContain(`1 · ${palm}`);
      await page.reload();
      await tag.waitFor();
      await expectFits(page);
      await tap(page, key('ready.capture'));
      await page.waitForSelector('body[data-screen=result]', { timeout: 60_000 });
      expect(await tag.textContent()).toContain('A-10482');
      await expectFits(page);

      // Another patient's code over the result: the result closes, and nothing of the first patient stays.
      await scan(page, 'B-2');
      await tap(page, say('Yes, this patient'));
      await page.getByText(say('No lesions recorded for this patient.')).waitFor();
      expect((await view()).session.state).toBe('ready');
      expect(await view()).toMatchObject({ context: { reference: 'B-2', lesions: [] } });
      await tap(page, say('Clear patient'));
      await page.waitForSelector('body[data-screen=ready]');
      expect(await tag.count()).toBe(0);
      expect(await view()).not.toHaveProperty('context');

      await tap(page, say('Log'));
      await page.getByTestId('session-1').tap();
      expect(await page.getByTestId('whose').textContent()).toContain(
        `A-10482 · 1 · ${palm} · ${say('Contraindicated')}`,
      );
      await expectFits(page);
      const { sessions } = (
        await kiosk.json<{ sessions: { id: string }[] }>('/api/sessions?reference=A-10482')
      ).body;
      const detail = (await kiosk.json<SessionDetail>(`/api/sessions/${sessions[0]!.id}`)).body;
      expect(detail.context).toMatchObject({
        reference: 'A-10482',
        lesion: { site: 'palm-left', label: '1' },
      });

      // The log of the current patient: one session of the first patient, none of another.
      for (const [reference, count] of [
        ['A-10482', 1],
        ['B-2', 0],
      ] as const) {
        await kiosk.json('/api/context', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ type: 'reference', reference }),
        });
        // On a large display the session is open beside the log, not over it.
        if (count !== 1 || screen.width < 1280) await tap(page, say('Back'));
        await tap(page, say('Filter'));
        await page
          .getByRole('group', { name: say('Patient') })
          .getByText(reference)
          .tap();
        await page
          .getByRole('button', { name: say('Show {count} sessions', { count }), exact: true })
          .waitFor();
        await expectFits(page);
        await tap(page, say('Clear filter'));
      }
    },
  );

  it('keeps a new lesion that is half entered through a reload, and shows it with no other patient', async (context) => {
    const { kiosk, page } = await open(context, { KIOSK_IDLE_SECONDS: '0' });
    const { say, key } = wordsIn('en');
    const view = async (): Promise<View> => (await kiosk.json<View>('/api/view')).body;
    const select = async (reference: string): Promise<void> => {
      await kiosk.json('/api/context', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ type: 'reference', reference }),
      });
      await page.getByTestId('context').filter({ hasText: reference }).waitFor();
    };
    await select('A-10482');
    await page.getByTestId('context').tap();
    await tap(page, say('New lesion'));
    await tap(page, say('Head'));
    await tap(page, say('Nose'));
    await tap(page, key('patient.next'));
    await tap(page, 'b');
    await expect.poll(async () => (await view()).context?.draft?.label, { timeout: 20_000 }).toBe('1b');
    await page.reload();
    await page.getByTestId('context').waitFor();
    await expectFits(page);
    await page.getByTestId('context').tap();
    await page.waitForSelector('body[data-screen=patient]');
    expect(await page.getByTestId('typed').textContent()).toBe('1b');
    await tap(page, say('Back'));
    expect(await page.getByTestId('site').textContent()).toBe(say('Nose'));

    // The step is open for the other patient, with nothing of the first.
    await select('B-2');
    await page.getByText(say('Tap the site.')).waitFor();
    expect(await page.textContent('body')).not.toMatch(/A-10482|1b/);
  });

  it('is cleared when the kiosk is idle; a press on its contraindicated lesion is rejected if that is set', async (context) => {
    const { kiosk, page } = await open(context, {
      KIOSK_IDLE_SECONDS: '8',
      KIOSK_CONTRA_INDICATED: 'refuse',
    });
    const headers = { 'content-type': 'application/json' };
    const post = (path: string, body: object): ReturnType<typeof kiosk.json> =>
      kiosk.json(path, { method: 'POST', headers, body: JSON.stringify(body) });
    await post('/api/context', { type: 'reference', reference: 'A-10482' });
    const lesion = { site: 'nose', label: '1', contraIndications: ['dark-skin'] };
    await post('/api/context', { type: 'new-lesion', reference: 'A-10482', ...lesion });
    expect(await post('/api/press', {})).toMatchObject({
      status: 409,
      body: { error: { code: 'lesion/contra-indicated' } },
    });
    await page.waitForSelector('body[data-screen=privacy]', { timeout: 60_000 });
    expect(await page.textContent('body')).not.toContain('A-10482');
    expect((await kiosk.json<View>('/api/view')).body).not.toHaveProperty('context');
    expect((await kiosk.json<{ sessions: unknown[] }>('/api/sessions')).body.sessions).toEqual([]);
  });
});
