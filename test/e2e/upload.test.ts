import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SelfTestReport } from '../../src/protocol/diagnostics.ts';
import { expectFits, tap } from '../support/browser.ts';
import { kioskInBrowser } from '../support/kiosk-in-browser.ts';
import { phantomPicture } from '../support/pictures.ts';
import { SCREENS, wordsIn } from '../support/words.ts';

/** Longer than the screen asks for (`HOLD_MS`). */
const HELD_MS = 1_500;

describe('an uploaded image, and the self-test', { timeout: 240_000 }, () => {
  const open = kioskInBrowser();

  it.for(SCREENS)(
    'are operated by touch, with rejected files, results and checks, in $language at $width × $height',
    async (screen, context) => {
      const { say, key } = wordsIn(screen.language);
      const { kiosk, page } = await open(context, {}, screen);
      const folder = await mkdtemp(join(tmpdir(), 'kiosk-upload-'));
      onTestFinished(() => rm(folder, { recursive: true }));
      const [image, notes] = [join(folder, 'lesion.jpg'), join(folder, 'notes.jpg')];
      await writeFile(image, phantomPicture('melanoma-like'));
      await writeFile(notes, 'no image at all');
      const choose = async (file: string): Promise<void> => {
        const chooser = page.waitForEvent('filechooser');
        await page.getByText(say('Choose a file')).tap();
        await (await chooser).setFiles(file);
      };

      await tap(page, key('nav.upload'));
      await expectFits(page);
      await choose(notes);
      await page.getByText(say('This is not a PNG or JPEG image.')).first().waitFor();
      await expectFits(page);
      await choose(image);
      await page.waitForSelector('body[data-screen=result]', { timeout: 60_000 });
      // A tap discards nothing.
      const discard = page.getByRole('button', { name: say('Discard') });
      await discard.tap();
      expect(await page.getAttribute('body', 'data-screen')).toBe('result');
      await discard.click({ delay: HELD_MS });
      await page.waitForSelector('body[data-screen=ready]');
      const { sessions } = (await kiosk.json<{ sessions: object[] }>('/api/sessions')).body;
      expect(sessions[0]).toMatchObject({ source: 'upload', disposition: 'discarded' });

      await tap(page, key('nav.menu'));
      await tap(page, say('Self-test'));
      await page.locator('.check').first().waitFor();
      await expectFits(page);
      // The page shows its text before the kiosk waits: a signal in between would start a session.
      const sent = page.waitForRequest((request) => request.url().endsWith('/api/self-test/button'));
      await tap(page, say('Test the button'));
      await page.getByText(say('Press the button now')).waitFor();
      await sent;
      // The reply comes after a second of frames, long after the previous request was received.
      const { checks } = (await kiosk.json<SelfTestReport>('/api/self-test')).body;
      expect(checks.map(({ id }) => id)).toContain('camera');
      // The simulated button: the press that the test waits for starts no session.
      kiosk.signal('SIGUSR2');
      await page.getByText(say('The press was detected.')).waitFor();
      expect((await kiosk.json<{ sessions: object[] }>('/api/sessions')).body.sessions).toHaveLength(1);
    },
  );
});
