import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../src/app/app.ts';
import { LinuxBoard } from '../../src/board/linux-board.ts';
import { loadSettings } from '../../src/config/saved-settings.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import type { SelfTestReport } from '../../src/protocol/diagnostics.ts';
import type { SessionDetail } from '../../src/protocol/http.ts';
import type { SessionView, View } from '../../src/protocol/view.ts';
import type { HealthReport } from '../../src/protocol/diagnostics.ts';
import { BoardRoot } from '../fakes/board-root.ts';
import { browserMissing, expectFits, launchBrowser } from '../support/browser.ts';
import { phantomPicture } from '../support/pictures.ts';
import { untilPressCounts } from '../support/press.ts';
import { until as untilTrue } from '../support/until.ts';

type Showing = Extract<SessionView, { state: 'showing' }>;

/** A whole kiosk in this process, with one image that never changes, on a board whose power supply the test controls. */
describe('a kiosk whose board runs out of power and gets hot (fault 24)', () => {
  const board = new BoardRoot();
  let folder: string;
  let app: App;
  /** The result of a press under normal conditions. */
  let normal: Showing;

  beforeAll(async () => {
    board.write('proc/device-tree/model', 'A board of paper\0').voltageAlarm(false).throttled(0).celsius(50);
    folder = await mkdtemp(join(tmpdir(), 'kiosk-weak-board-'));
    const imageDir = join(folder, 'pictures');
    await mkdir(imageDir);
    await writeFile(join(imageDir, 'lesion.jpg'), phantomPicture());
    const settings = loadSettings({
      KIOSK_PORT: '0',
      KIOSK_DATA_DIR: join(folder, 'data'),
      KIOSK_CAMERA: 'replay',
      KIOSK_REPLAY_DIR: imageDir,
      ...{ KIOSK_MODEL: 'seed-cnn', KIOSK_ENGINE: 'onnxruntime' },
    });
    const { dataDir } = settings.config;
    const paper = new LinuxBoard({ root: board.path, dataDir });
    app = new App({ settings, clock: systemClock, log: silentLogger, board: paper });
    await app.start();
    await until(({ model, camera }) => model.state === 'ready' && camera.state === 'live');
  });

  afterAll(async () => {
    await app.stop();
    board.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  async function json<T>(path: string, init?: RequestInit): Promise<T> {
    return (await (await fetch(new URL(path, app.url()), init)).json()) as T;
  }

  /** Waits for the kiosk, not for a time. */
  async function until(condition: (view: View) => boolean): Promise<View> {
    let view: View | undefined;
    await untilTrue(
      () => JSON.stringify(view),
      async () => condition((view = await json<View>('/api/view'))),
    );
    return view!;
  }

  async function press(): Promise<Showing> {
    await untilPressCounts(app.url());
    const { id } = await json<{ id: string }>('/api/press', { method: 'POST' });
    const { session } = await until(({ session: { state } }) =>
      ['showing', 'retake', 'fault'].includes(state),
    );
    expect(session).toMatchObject({ state: 'showing', id });
    return session as Showing;
  }

  it('shows a result without warnings under normal conditions', async () => {
    normal = await press();
    expect((await json<View>('/api/view')).board).toEqual({ warnings: [] });
    expect((await json<HealthReport>('/health/ready')).warnings).toEqual([]);
    const { journal } = await json<SessionDetail>(`/api/sessions/${normal.id}`);
    expect(journal.map(({ kind }) => kind)).not.toContain('board-warning');
  });

  it('warns after the next reading of the board, stays ready, and computes the same scores', async () => {
    board.voltageAlarm(true).throttled(0x50005).celsius(91.2);
    const { board: view } = await until(({ board: { warnings } }) => warnings.length > 0);
    expect(view.warnings).toEqual(['under-voltage', 'hot', 'throttled']);
    const ready = await fetch(new URL('/health/ready', app.url()));
    expect(ready.status).toBe(200);
    expect(((await ready.json()) as HealthReport).warnings.map(({ name }) => name)).toEqual(view.warnings);
    const warned = await press();
    expect(warned.id).not.toBe(normal.id);
    expect(warned.result).toEqual(normal.result);
    const { journal } = await json<SessionDetail>(`/api/sessions/${warned.id}`);
    expect(journal.at(-1)).toMatchObject({ kind: 'board-warning', body: { warnings: view.warnings } });
  });

  it.skipIf(browserMissing)('shows the warning beside the result without covering it', async () => {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 800, height: 480 } });
      await page.goto(app.url());
      const line = page.getByTestId('board-line');
      await line.waitFor();
      expect(await line.innerText()).toBe('LOW VOLTAGE');
      expect(await page.getByRole('button', { name: 'Save · I agree' }).isVisible()).toBe(true);
      await expectFits(page);
    } finally {
      await browser.close();
    }
  });

  it('reports it in the self-test, with the other checks', async () => {
    const { checks } = await json<SelfTestReport>('/api/self-test');
    const found = Object.fromEntries(checks.map(({ id, state, found: text }) => [id, `${state}: ${text}`]));
    expect(found).toMatchObject({
      power: 'warning: under-voltage: now; throttled: now',
      heat: 'warning: 91 °C; firmware temperature limit reached: no',
      board: 'ok: A board of paper',
      camera: expect.stringMatching(/: replay \(simulated\): /) as string,
      picture: expect.stringMatching(/^ok: 960 × 720; /) as string,
      model: expect.stringMatching(/^ok: seed-cnn /) as string,
      disk: expect.stringMatching(/^ok: .*database writable$/) as string,
    });
  });

  it('counts a press during the button test as part of the test, not as a capture', async () => {
    const before = (await json<View>('/api/view')).session;
    const request = json('/api/self-test/button', { method: 'POST' });
    // Long after the request has arrived, and well before it times out.
    const pressing = setInterval(() => {
      app.press();
    }, 2_000);
    expect(await request).toEqual({ pressed: true, driver: 'virtual', location: 'software' });
    clearInterval(pressing);
    expect((await json<View>('/api/view')).session).toEqual(before);
  });
});
