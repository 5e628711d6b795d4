import Database from 'better-sqlite3';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadBundle } from '../../src/classifier/model/bundle.ts';
import { ENGINE_NAMES } from '../../src/classifier/engines/port.ts';
import { observedOf } from '../../src/classifier/decision/reliability.ts';
import type { ClassifyLine } from '../../src/cli/classify.ts';
import { CLASS_IDS } from '../../src/protocol/classes.ts';
import type { SessionDetail } from '../../src/protocol/http.ts';
import { browserMissing, expectFits, launchBrowser, SIZES } from '../support/browser.ts';
import { driverOf } from '../support/engines.ts';
import { kiosk as command, KioskProcess } from '../support/kiosk-process.ts';
import { phantomPicture } from '../support/pictures.ts';
import { untilPressCounts } from '../support/press.ts';
import { Screen } from '../support/screen.ts';

/** The default bundle. */
const BUNDLE = join(import.meta.dirname, '../../model/bundles/lesion-pair');

describe.each(ENGINE_NAMES)('one press, one result, on %s', (engine) => {
  /** Why this machine cannot run the test. */
  let missing: string | undefined;
  let browser: Browser | undefined;
  /** Shared by all tests: each has a session of its own, and leaves the screen at ready. */
  let kiosk: KioskProcess | undefined;
  let folder: string;
  const foreign: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kiosk-e2e-'));
    const driver = await driverOf(engine);
    missing = browserMissing ?? ('missing' in driver ? driver.missing : undefined);
    if (missing !== undefined) return;
    browser = await launchBrowser();
    kiosk = await KioskProcess.startAsShipped({ KIOSK_ENGINE: engine });
  });

  afterEach(async () => {
    await Promise.all(browser?.contexts().map((context) => context.close()) ?? []);
    if (kiosk !== undefined) await leaveResult(kiosk);
  });

  afterAll(async () => {
    await kiosk?.dispose();
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(viewport: (typeof SIZES)[number]): Promise<{ page: Page; running: KioskProcess }> {
    const running = kiosk!;
    const page = await browser!.newPage({ viewport });
    page.on('request', (request) => {
      if (!request.url().startsWith(running.url) && !request.url().startsWith('blob:'))
        foreign.push(request.url());
    });
    await page.goto(running.url);
    await page.waitForSelector('body[data-screen="ready"]');
    return { page, running };
  }

  it.for(SIZES)(
    'shows a moving preview, shows a result after a press, and has stored what it shows, at $width × $height',
    async (size, context) => {
      if (missing !== undefined) context.skip(missing);
      const { page, running } = await open(size);
      await page.waitForFunction(
        () => Number(document.querySelector('[data-testid=preview]')?.getAttribute('data-frames')) > 5,
      );
      await previewMoves(page);
      await running.untilReady();
      await untilPressCounts(running.url);
      await page.keyboard.press('Space');
      await untilResult(page);
      const first = await shown(page);
      expect(first).toEqual(stored(running, first.number));
      expect(Object.values(first.probabilities).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
      expect(await page.getAttribute('body', 'data-signal')).toBe('ok');
      await expectFits(page);

      await untilPressCounts(running.url);
      running.signal('SIGUSR2');
      await page.waitForFunction(
        (number) =>
          document.body.dataset.screen === 'result' &&
          document.querySelector('[data-testid=session-number]')?.textContent.includes(String(number)),
        first.number + 1,
      );
      const second = await shown(page);
      expect(second).toEqual(stored(running, second.number));
      expect(foreign).toEqual([]);
    },
  );

  it('shows the same result for an uploaded file as the command line does, on the same page', async (context) => {
    if (missing !== undefined) context.skip(missing);
    const { page, running } = await open(SIZES[1]);
    await running.untilReady();
    const file = join(folder, `lesion-${engine}.jpg`);
    await writeFile(file, phantomPicture('melanoma-like'));
    await page
      .getByRole('link', { name: 'Upload' })
      .or(page.getByRole('button', { name: 'Upload' }))
      .first()
      .click();
    await page.setInputFiles('input[type=file]', file);
    await untilResult(page);
    const result = await shown(page);
    expect(result).toEqual(stored(running, result.number));
    expect(await dots(page)).toEqual(await dotsByCard(result.malignancy));
    const { body } = await running.json<SessionDetail>(`/api/sessions/${await sessionId(running)}`);
    expect(body).toMatchObject({ source: 'upload', model: { engine } });
    const { stdout } = await command(['classify', '--json', '--engine', engine, file]);
    const line = JSON.parse(stdout) as ClassifyLine;
    expect(line.malignancy).toBeCloseTo(result.malignancy, 6);
    for (const id of CLASS_IDS) expect(line.probabilities?.[id]).toBeCloseTo(result.probabilities[id]!, 6);
  });

  it('shows the fault’s message for a file that is not an image, and the next press works', async (context) => {
    if (missing !== undefined) context.skip(missing);
    const { page, running } = await open(SIZES[0]);
    await running.untilReady();
    const file = join(folder, 'notes.jpg');
    await writeFile(file, 'not an image');
    await page
      .getByRole('link', { name: 'Upload' })
      .or(page.getByRole('button', { name: 'Upload' }))
      .first()
      .click();
    await page.setInputFiles('input[type=file]', file);
    await page.getByText('This is not a PNG or JPEG image.').first().waitFor();
    running.signal('SIGUSR2');
    await untilResult(page);
    const result = await shown(page);
    expect(result).toEqual(stored(running, result.number));
  });
});

/** Discards what the screen shows, as before the next patient. */
async function leaveResult({ url }: KioskProcess): Promise<void> {
  const screen = new Screen(url);
  try {
    const { session } = await screen.until(({ session: { state } }) =>
      ['ready', 'showing', 'retake', 'fault'].includes(state),
    );
    if (session.state === 'ready') return;
    screen.socket.emit(session.state === 'showing' ? 'discard' : 'dismiss', () => undefined);
    await screen.untilSession('ready');
  } finally {
    screen.close();
  }
}

/** The test lesions with such a number, as dots: all of them, and the malignant ones. */
async function dots(page: Page): Promise<[lesions: number, malignant: number]> {
  const observed = page.getByTestId('observed');
  return [await observed.locator('circle').count(), await observed.locator('.dot-malignant').count()];
}

async function dotsByCard(malignancy: number): Promise<[lesions: number, malignant: number]> {
  const { card } = await loadBundle(BUNDLE);
  const { lesions, malignant } = observedOf(malignancy, card)!;
  return [lesions, malignant];
}

/** Waits until the pixels of the canvas change: a count of frames would not notice a frozen preview. */
async function previewMoves(page: Page): Promise<void> {
  const pixels = () =>
    page.getByTestId('preview').evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  const before = await pixels();
  await expect.poll(pixels, { timeout: 20_000 }).not.toBe(before);
}

interface Numbers {
  readonly number: number;
  readonly malignancy: number;
  readonly probabilities: Record<string, number>;
}

/** Waits for the session's end; anything but a result fails with what the screen shows instead. */
async function untilResult(page: Page): Promise<void> {
  await page.waitForSelector('body:is([data-screen=result], [data-screen=retake], [data-screen=fault])', {
    timeout: 40_000,
  });
  const screen = await page.getAttribute('body', 'data-screen');
  if (screen !== 'result') throw new Error(`${String(screen)}: ${await page.innerText('body')}`);
}

/** The numbers behind what the screen shows, in full precision. */
async function shown(page: Page): Promise<Numbers> {
  const value = async (id: string): Promise<number> =>
    Number(await page.getAttribute(`[data-testid=${id}]`, 'data-value'));
  const entries: [string, number][] = [];
  for (const id of CLASS_IDS) entries.push([id, await value(`class-${id}`)]);
  const number = /\d+/.exec((await page.textContent('[data-testid=session-number]')) ?? '')?.[0];
  return {
    number: Number(number),
    malignancy: await value('malignancy'),
    probabilities: Object.fromEntries(entries),
  };
}

/** The same numbers read from the database file, without the service. */
function stored({ dataDir }: KioskProcess, number: number): Numbers {
  const database = new Database(join(dataDir, 'kiosk.sqlite'), { readonly: true });
  try {
    const row = database
      .prepare(
        'SELECT r.malignancy, r.probabilities FROM sessions s JOIN results r ON r.session_id = s.id WHERE s.number = ?',
      )
      .get(number) as { malignancy: number; probabilities: string };
    return {
      number,
      malignancy: row.malignancy,
      probabilities: JSON.parse(row.probabilities) as Record<string, number>,
    };
  } finally {
    database.close();
  }
}

async function sessionId(kiosk: KioskProcess): Promise<string> {
  const { body } = await kiosk.json<{ sessions: { id: string }[] }>('/api/sessions?limit=1');
  return body.sessions[0]!.id;
}
