import { describe, expect, it } from 'vitest';
import type { SessionDetail } from '../../src/protocol/http.ts';
import { expectFits } from '../support/browser.ts';
import { kioskInBrowser } from '../support/kiosk-in-browser.ts';
import { SCREENS, wordsIn } from '../support/words.ts';

describe('a review after the result', { timeout: 240_000 }, () => {
  const open = kioskInBrowser();

  it.for(SCREENS)(
    'is entered, changed and withdrawn, and every edit is kept, in $language at $width × $height',
    async (screen, context) => {
      const { kiosk, page } = await open(context, {}, screen);
      const { say, key } = wordsIn(screen.language);
      await page.getByRole('button', { name: key('ready.capture') }).tap();
      await page.waitForSelector('body[data-screen=result]', { timeout: 40_000 });
      await page.getByRole('button', { name: say('Save · I agree') }).tap();
      await page.getByRole('button', { name: say('Log') }).tap();
      await page.getByTestId('session-1').tap();
      await page.getByRole('tab', { name: say('Findings') }).tap();
      await expectFits(page);

      const group = (name: string) => page.getByRole('group', { name });
      const pressed = { pressed: true } as const;
      const answer = group(say('Do you agree with the result?'));
      const histology = group(say('Histology'));
      await answer.getByRole('button', { name: say('Disagree') }).tap();
      await answer.getByRole('button', { name: say('Disagree'), ...pressed }).waitFor();
      await answer.getByRole('button', { name: say('Agree'), exact: true }).tap();
      await answer.getByRole('button', { name: say('Agree'), exact: true, ...pressed }).waitFor();
      await histology.getByRole('button', { name: say('Melanoma') }).tap();
      await histology.getByRole('button', { name: say('Melanoma'), ...pressed }).waitFor();
      await histology.getByRole('button', { name: say('Melanoma') }).tap();
      await histology.getByRole('button', { name: say('Melanoma'), pressed: false }).waitFor();
      await expectFits(page);

      const { sessions } = (await kiosk.json<{ sessions: { id: string }[] }>('/api/sessions')).body;
      const detail = (await kiosk.json<SessionDetail>(`/api/sessions/${sessions[0]!.id}`)).body;
      expect(detail).toMatchObject({ clinician: 'agree' });
      expect(detail).not.toHaveProperty('histology');
      expect(detail.assessments.map(({ kind, value }) => [kind, value])).toEqual([
        // Saved with the result.
        ['clinician', 'agree'],
        ['clinician', 'disagree'],
        ['clinician', 'agree'],
        ['histology', 'mel'],
        ['histology', null],
      ]);
    },
  );
});
