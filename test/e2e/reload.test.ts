import type { CDPSession, Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SessionPage } from '../../src/protocol/http.ts';
import type { SessionView, View } from '../../src/protocol/view.ts';
import { kioskInBrowser } from '../support/kiosk-in-browser.ts';
import type { KioskProcess } from '../support/kiosk-process.ts';
import { LINE_HOST, LoopbackLine } from '../support/loopback-line.ts';
import { untilPressCounts } from '../support/press.ts';

/** Maximum time until a page that was lost shows the same session again, ms. */
const BACK_MS = 5_000;
/** A session, or a reconnection, on a slow machine, ms. */
const LONG_MS = 30_000;

/** A suspended session waits for its result for as long as a test needs. */
const SETTINGS = {
  KIOSK_INFERENCE_TIMEOUT_MS: '60000',
  KIOSK_ALLOWED_HOSTS: LINE_HOST,
};

const sessionOf = async (kiosk: KioskProcess): Promise<SessionView> =>
  (await kiosk.json<View>('/api/view')).body.session;

const untilShowing = (kiosk: KioskProcess): Promise<void> =>
  expect.poll(() => sessionOf(kiosk), { timeout: LONG_MS }).toMatchObject({ state: 'showing' });

/** What a screen must show of this session: its state, its number, and the score of its result. */
function expected(session: SessionView) {
  if (session.state === 'ready' || session.state === 'fault') throw new Error(JSON.stringify(session));
  const common = { number: String(session.number) };
  if (session.state !== 'showing') return { screen: session.state, ...common };
  const { result } = session;
  if (result.outcome !== 'result') throw new Error(JSON.stringify(result));
  return { screen: 'result', ...common, malignancy: result.malignancy };
}

/** What the screen shows. Read without Playwright, which gives up a page that has crashed once. */
async function shown(tab: CDPSession): Promise<unknown> {
  const { result } = await tab.send('Runtime.evaluate', {
    expression: `(${shownThere.toString()})()`,
    returnByValue: true,
  });
  return result.value;
}

/** Runs in the page. */
function shownThere() {
  const number = document.querySelector('[data-testid=session-number]')?.textContent.match(/\d+/)?.[0];
  const malignancy = document.querySelector('[data-testid=malignancy]')?.getAttribute('data-value');
  return {
    screen: document.body.dataset.screen,
    ...(number !== undefined && { number }),
    ...(typeof malignancy === 'string' && { malignancy: Number(malignancy) }),
  };
}

/** Suspends the analysis: a session then stays open until it is resumed. */
function suspendAnalysis(kiosk: KioskProcess): () => void {
  const [pid] = kiosk.children('classifier/process/main.js');
  if (pid === undefined) throw new Error('the kiosk has no inference process');
  process.kill(pid, 'SIGSTOP');
  return () => {
    process.kill(pid, 'SIGCONT');
  };
}

/** Presses and waits for the analysis, which is suspended. */
async function pressAndSuspend(kiosk: KioskProcess, page: Page): Promise<() => void> {
  await page.waitForSelector('body[data-screen=ready]');
  const letGo = suspendAnalysis(kiosk);
  await page.getByRole('button', { name: 'Capture' }).tap();
  await expect
    .poll(() => sessionOf(kiosk), { timeout: LONG_MS })
    .toMatchObject({ state: expect.stringMatching(/^(?:checking|classifying)$/) as string });
  return letGo;
}

const LOSSES = {
  crashes: async (page: Page, tab: CDPSession) => {
    const crashed = page.waitForEvent('crash');
    // The page crashes before it can reply.
    tab.send('Page.crash').catch(() => {});
    await crashed;
    await tab.send('Page.reload');
  },
  'is reloaded': async (_: Page, tab: CDPSession) => {
    await tab.send('Page.reload');
  },
};

describe('a page that is lost', () => {
  const open = kioskInBrowser();

  it.for(Object.entries(LOSSES))(
    'because it %s shows the same session again in time, during the session and at its result',
    async ([, lose], context) => {
      const { kiosk, page } = await open(context, SETTINGS);
      const letGo = await pressAndSuspend(kiosk, page);
      const tab = await page.context().newCDPSession(page);

      const going = await sessionOf(kiosk);
      await lose(page, tab);
      await expect.poll(() => shown(tab), { timeout: BACK_MS }).toEqual(expected(going));
      expect(await sessionOf(kiosk)).toEqual(going);
      letGo();
      await untilShowing(kiosk);
      const result = expected(await sessionOf(kiosk));
      await expect.poll(() => shown(tab), { timeout: BACK_MS }).toEqual(result);

      // Playwright reports only the first crash of a page.
      const other = await page.context().browser()!.newPage();
      await other.goto(kiosk.url);
      await other.waitForSelector('body[data-screen=result]');
      const otherTab = await other.context().newCDPSession(other);
      await lose(other, otherTab);
      await expect.poll(() => shown(otherTab), { timeout: BACK_MS }).toEqual(result);
      const { sessions } = (await kiosk.json<SessionPage>('/api/sessions')).body;
      expect(sessions).toEqual([expect.objectContaining({ number: 1, outcome: 'result' })]);
    },
  );
});

describe('a page that loses its connection to the kiosk', () => {
  const open = kioskInBrowser();

  it('reports it and shows no image; once reconnected, it shows what it has missed', async (context) => {
    const { kiosk, page } = await open(context, SETTINGS);
    const line = await LoopbackLine.to(kiosk.url);
    onTestFinished(() => line.cut());
    await page.goto(line.url);
    const tab = await page.context().newCDPSession(page);
    const saysItIsCut = async () => {
      await page.waitForSelector('body[data-screen=offline]');
      expect((await page.innerText('main')).split(/\n+/)).toEqual([
        'Connecting to the kiosk…',
        'Reconnecting automatically.',
      ]);
      expect(await page.locator('img, canvas').count()).toBe(0);
    };

    const letGo = await pressAndSuspend(kiosk, page);
    const going = await sessionOf(kiosk);
    await expect.poll(() => shown(tab)).toEqual(expected(going));
    await line.cut();
    await saysItIsCut();
    letGo();
    await untilShowing(kiosk);
    const first = expected(await sessionOf(kiosk));
    await line.mend();
    await expect.poll(() => shown(tab), { timeout: LONG_MS }).toEqual(first);

    // A whole session, from the press to the result, of which this page receives nothing.
    await line.cut();
    await saysItIsCut();
    await untilPressCounts(kiosk.url);
    kiosk.signal('SIGUSR2');
    await expect
      .poll(() => sessionOf(kiosk), { timeout: LONG_MS })
      .toMatchObject({ state: 'showing', number: 2 });
    const second = expected(await sessionOf(kiosk));
    await line.mend();
    await expect.poll(() => shown(tab), { timeout: LONG_MS }).toEqual(second);
  });
});
