import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished, type TestContext } from 'vitest';
import { browserMissing, expectFitsNow, tap } from '../support/browser.ts';
import { governedChromium, shippedPolicy } from '../support/governed-chromium.ts';
import { KioskProcess } from '../support/kiosk-process.ts';
import { phantomPicture } from '../support/pictures.ts';
import { until } from '../support/until.ts';
import { SCREENS, wordsIn } from '../support/words.ts';
import { displayMissing, startDisplay, type XDisplay } from '../support/x-display.ts';

/** As systemd/kiosk-browser starts it, with what a test machine needs; the compositor is the display of the test. */
const ARGUMENTS = ['--kiosk', '--no-sandbox', '--disable-gpu', '--no-first-run', '--noerrdialogs'];

interface Rig {
  readonly kiosk: KioskProcess;
  /** Where the USB drive is mounted. */
  readonly drive: string;
  readonly display: XDisplay;
  /** Starts Chromium under the policies. */
  readonly program: string;
  readonly profile: string;
}

async function rig(
  context: TestContext,
  policies: object,
  { language, width, height }: (typeof SCREENS)[number],
  settings: Record<string, string> = {},
): Promise<Rig> {
  const missing = browserMissing ?? displayMissing;
  if (missing !== undefined) context.skip(missing);
  const folder = await mkdtemp(join(tmpdir(), 'kiosk-drive-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const drive = join(folder, 'drive');
  const display = await startDisplay(folder, width, height);
  onTestFinished(() => display.stop());
  const kiosk = await KioskProcess.start({
    ...{ KIOSK_LANGUAGE: language, KIOSK_UPLOAD_DIR: drive },
    ...settings,
  });
  onTestFinished(() => kiosk.dispose());
  await kiosk.untilReady();
  const program = await governedChromium(folder, policies);
  return { kiosk, drive, display, program, profile: join(folder, 'profile') };
}

/** Each alone keeps a test from attaching to a page. */
const UNDRIVABLE = ['RemoteDebuggingAllowed', 'DeveloperToolsAvailability'];

/** The shipped policy without those keys. */
async function drivable(): Promise<object> {
  return Object.fromEntries(
    Object.entries(await shippedPolicy()).filter(([key]) => !UNDRIVABLE.includes(key)),
  );
}

/** Opens the kiosk in a window on its display, as a person sees it. */
async function openWindow({ kiosk, display, program, profile }: Rig): Promise<Page> {
  const context = await chromium.launchPersistentContext(profile, {
    ...{ executablePath: program, headless: false, viewport: null, hasTouch: true },
    args: [...ARGUMENTS, '--touch-events=enabled'],
    env: { ...process.env, DISPLAY: display.name },
  });
  onTestFinished(() => context.close());
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(kiosk.url);
  return page;
}

describe('under the browser policy of the kiosk', { timeout: 240_000 }, () => {
  it.for(SCREENS)(
    'an image on a USB drive is found, chosen and analysed by touch, in $language at $width × $height',
    async (screen, context) => {
      const { say, key } = wordsIn(screen.language);
      const all = await rig(context, await drivable(), screen);
      const page = await openWindow(all);
      await tap(page, key('nav.upload'));
      await page.getByText(say('No USB drive was found.')).waitFor();

      await mkdir(join(all.drive, 'DCIM'), { recursive: true });
      await writeFile(join(all.drive, 'notes.jpg'), 'no image at all');
      await tap(page, key('drive.search'));
      await page.getByText(key('codes.reasons.drive/no-pictures.message')).waitFor();

      const picture = phantomPicture('melanoma-like');
      await writeFile(join(all.drive, 'DCIM', 'lesion.jpg'), picture);
      await writeFile(join(all.drive, 'broken.jpg'), picture.subarray(0, picture.length / 2));
      await tap(page, key('drive.search'));
      await page.getByText(key('drive.no-preview')).waitFor();
      await page.waitForFunction(
        () => document.querySelector<HTMLImageElement>('.drive-image img')?.naturalWidth === 320,
      );
      await expectFitsNow(page);
      expect(await page.getByRole('button', { name: key('drive.analyse') }).isEnabled()).toBe(false);
      await page.getByRole('button', { name: 'lesion.jpg' }).tap();
      await tap(page, key('drive.analyse'));
      await page.waitForSelector('body[data-screen=result]', { timeout: 60_000 });
      const { sessions } = (await all.kiosk.json<{ sessions: object[] }>('/api/sessions')).body;
      expect(sessions).toMatchObject([{ source: 'upload', outcome: 'result' }]);
    },
  );

  it('a USB drive that is removed is reported, and the kiosk goes on', async (context) => {
    const { key } = wordsIn('en');
    const all = await rig(context, await drivable(), SCREENS[0]);
    await mkdir(all.drive);
    await writeFile(join(all.drive, 'lesion.jpg'), phantomPicture('melanoma-like'));
    const page = await openWindow(all);
    await tap(page, key('nav.upload'));
    await page.getByRole('button', { name: 'lesion.jpg' }).tap();
    await rm(all.drive, { recursive: true });
    await tap(page, key('drive.analyse'));
    await page.getByText(key('codes.reasons.drive/no-medium.message')).waitFor();
    await tap(page, key('back'));
    await page.waitForSelector('body[data-screen=ready]');
    expect((await all.kiosk.json<{ sessions: object[] }>('/api/sessions')).body.sessions).toEqual([]);
  });

  it('the file dialog is cancelled, and a kiosk without a folder says what to configure', async (context) => {
    const { say, key } = wordsIn('en');
    const page = await openWindow(await rig(context, await drivable(), SCREENS[0], { KIOSK_UPLOAD_DIR: '' }));
    await tap(page, key('nav.upload'));
    await page.getByText(say('Choose a file')).tap();
    await page.getByText(key('codes.reasons.drive/none.message')).waitFor();
    expect(
      await page.locator('input[type=file]').evaluate((input: HTMLInputElement) => input.files!.length),
    ).toBe(0);
  });

  it('the screen appears on the display, undriven, under the policy as it is shipped', async (context) => {
    const all = await rig(context, await shippedPolicy(), SCREENS[0]);
    const args = [...ARGUMENTS, `--user-data-dir=${all.profile}`, all.kiosk.url];
    const child = spawn(all.program, args, {
      stdio: 'ignore',
      env: { ...process.env, DISPLAY: all.display.name },
    });
    const ended = once(child, 'exit');
    try {
      await until(
        'a screen that renders',
        async () => (await all.kiosk.json('/health/screen')).status === 200,
      );
      // Below the header, the preview fills the screen with skin: red above blue.
      let red = 0;
      await until(
        () => `the preview: red is ${red} above blue`,
        async () => {
          const middle = { left: 350, top: 200, width: 100, height: 80 };
          const { channels } = await sharp(
            await sharp(await all.display.picture())
              .extract(middle)
              .toBuffer(),
          ).stats();
          red = channels[0]!.mean - channels[2]!.mean;
          return red > 20;
        },
      );
      expect(child.exitCode).toBeNull();
      if (process.env.KIOSK_TEST_PICTURES !== undefined)
        await writeFile(join(process.env.KIOSK_TEST_PICTURES, 'undriven.png'), await all.display.picture());
    } finally {
      child.kill();
      await ended;
    }
  });
});
