import type { Browser, Page } from 'playwright-core';
import { describe, expect, it, type TestContext } from 'vitest';
import { visit } from '../../kiosk-ui/dev/visit.mjs';
import { SETTLE_MS } from '../../kiosk-ui/src/input/touch-guard.ts';
import { CODES } from '../../kiosk-ui/src/i18n/codes/codes.ts';
import { DICTIONARIES } from '../../kiosk-ui/src/i18n/translate.ts';
import type { ScreenName } from '../../kiosk-ui/src/state/screen-state.ts';
import { scan, SIZES } from '../support/browser.ts';
import { mockInBrowser } from '../support/mock-in-browser.ts';

/** Screens with a control, if only their help. The other: `privacy`, which any touch leaves. */
const WITH_CONTROLS: Readonly<Partial<Record<ScreenName, true>>> = {
  ...{
    ready: true,
    retake: true,
    fault: true,
    result: true,
    withheld: true,
    patient: true,
    patients: true,
    lesion: true,
  },
  ...{ asking: true, opinion: true, offline: true, capturing: true, checking: true, classifying: true },
  ...{ upload: true, log: true, about: true, 'self-test': true, settings: true },
  ...{ menu: true, language: true, guide: true, practice: true },
};

/** Escape leaves none of these: they are to be decided, under way, or where all others lead back to. */
const STAYING: Readonly<Partial<Record<ScreenName, true>>> = {
  ...{ ready: true, result: true, withheld: true, capturing: true, checking: true, classifying: true },
  ...{ privacy: true, offline: true, asking: true, opinion: true },
};

/** The same screens with other texts, or steps that another page passes through; they take minutes. */
const SEEN_ELSEWHERE = [
  /^(?:board|camera|held|model|storage|privacy|touch|button|ready|log-tab)-/,
  /^(?:about|statistics|log-filter|log-days|self-test|patient-site|lesion-compare)-(?!waiting|front)/,
  ...[/^result-(?!above)/, /^retake-(?!hair)/, /^fault-(?!camera-lost)/, /^detail-(?!picture-delete)/],
  ...[/^withheld-(?!ask|file)/, /^help-(?!ready$|log$|language)/, /^guide-(?!language|summary)/],
  ...[/^practice-(?!retake$|good)/, /^overview-(?!held$)/],
  ...[/^settings-(?!first|screen|pin|operators-secret)/, /^patients-one-(?!back|details)/],
];

/** Timers and the page's clock are rounded separately, ms. */
const ROUNDING_MS = 2;

interface Reached {
  readonly screen: string;
  readonly shown: string;
  readonly afterMs: number;
}

/** Runs in the page: what is shown, and how many controls leave it. */
function shownNow(): string {
  // Its text as well: two steps of one page, or of a dialog over it, may have the same heading.
  const text = Array.from(document.querySelectorAll('main, [role=dialog]'), (part) => part.textContent);
  return `${document.body.dataset.screen ?? ''} ${text.join(' ')} ${document.querySelectorAll('[data-leaves]').length}`;
}

/** Runs in the page: notes how long after each change of screen one of its controls can first be hit. */
function watchControls(): void {
  const reached: Reached[] = [];
  Object.assign(window, { reached });
  let [shown, changedAt, noted] = ['', 0, true];
  const shownNow = (): string => {
    const main = document.querySelector('main');
    return `${document.body.dataset.screen ?? ''} ${main?.className ?? ''} ${main?.querySelector('h1')?.textContent ?? ''}`;
  };
  const look = (): void => {
    const now = shownNow();
    if (now !== shown) [shown, changedAt, noted] = [now, performance.now(), false];
  };
  const canBeHit = (control: Element): boolean => {
    const { left, top, width, height } = control.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    return hit !== null && control.contains(hit);
  };
  const frame = (): void => {
    look();
    if (!noted && Array.from(document.querySelectorAll('#app button:enabled')).some(canBeHit)) {
      noted = true;
      const screen = document.body.dataset.screen ?? '';
      reached.push({ screen, shown, afterMs: performance.now() - changedAt });
    }
    requestAnimationFrame(frame);
  };
  addEventListener('DOMContentLoaded', () => {
    new MutationObserver(look).observe(document.body, {
      ...{ subtree: true, childList: true, characterData: true },
      attributeFilter: ['data-screen', 'class'],
    });
    frame();
  });
}

describe('a touch after a change of screen', () => {
  const openMock = mockInBrowser();

  /** A page on the mock service, and the commands that it has sent. */
  const open = async (context: TestContext) => {
    const sent: string[] = [];
    const {
      page,
      url,
      show: send,
    } = await openMock(context, {
      hasTouch: true,
      prepare: (empty) =>
        empty.on('websocket', (socket) => {
          socket.on('framesent', ({ payload }) => {
            const name = /\["(press|accept|discard|dismiss)"/.exec(String(payload))?.[1];
            if (name !== undefined) sent.push(name);
          });
        }),
    });
    await untilSettled(page, 'ready');
    const show = async (scene: string, screen: ScreenName): Promise<void> => {
      const before = await page.evaluate(shownNow);
      await send(scene);
      await page.waitForSelector(`body[data-screen=${screen}]`);
      await page.waitForFunction(
        ([source, old]) =>
          (window as unknown as { eval(text: string): () => string }).eval(`(${source!})`)() !== old,
        [String(shownNow), before],
      );
    };
    return { page, url, sent, send, show };
  };

  const untilSettled = (page: Page, screen: ScreenName): Promise<unknown> =>
    page.waitForSelector(`body[data-screen=${screen}]:not([data-settling])`);

  it(
    `reaches no control of any screen for ${SETTLE_MS} ms; Escape leaves each that can be left`,
    {
      timeout: 900_000,
    },
    async (context) => {
      const { page: first } = await openMock(context);
      const browser = first.context().browser()!;
      const seen: Reached[] = [];
      const notLeft: string[] = [];
      const left: string[] = [];
      const watching = {
        newPage: async (options: object) => {
          const page = await browser.newPage(options);
          await page.addInitScript(watchControls);
          return page;
        },
      };
      await visit(watching as Browser, {
        ...{ language: 'en', words: DICTIONARIES.en, codes: CODES.en, size: [800, 480] },
        reducedMotion: 'reduce',
        guarded: true,
        wanted: (name) => !SEEN_ELSEWHERE.some((pattern) => pattern.test(name)),
        look: async (page, name) => {
          await page.waitForSelector('body:not([data-settling])');
          const screen = (await page.getAttribute('body', 'data-screen')) as ScreenName;
          const before = await page.evaluate(shownNow);
          // A dialog over it is left, whatever is below.
          const covered = (await page.locator('#app [role=dialog]').count()) > 0;
          await page.keyboard.press('Escape');
          const after = expect.poll(() => page.evaluate(shownNow));
          if (screen in STAYING && !covered) await after.toBe(before).catch(() => left.push(name));
          else await after.not.toBe(before).catch(() => notLeft.push(name));
          seen.push(
            ...(await page.evaluate(() => (window as unknown as { reached: Reached[] }).reached.splice(0))),
          );
        },
        complain: () => undefined,
      });
      expect(seen.filter(({ afterMs }) => afterMs < SETTLE_MS - ROUNDING_MS)).toEqual([]);
      const screens = new Set(seen.map(({ screen }) => screen));
      expect([...screens].toSorted()).toEqual(Object.keys(WITH_CONTROLS).toSorted());
      expect({ notLeft, left }).toEqual({ notLeft: [], left: [] });
    },
  );

  it('does nothing; the same touch counts once the screen has been there for a moment', async (context) => {
    const { page, sent, show } = await open(context);
    await show('retake-moved', 'retake');
    const again = page.getByRole('button', { name: DICTIONARIES.en['again.press'], exact: true });
    const { x, y, width, height } = (await again.boundingBox())!;
    const [left, top] = [x + width / 2, y + height / 2];
    await page.evaluate(() => {
      addEventListener('pointerdown', () => {
        Object.assign(window, { early: 'settling' in document.body.dataset });
      });
    });
    // A slow machine may deliver the touch too late to prove anything: then the screen changes once more.
    for (let early = false, scene = 'hair'; !early; scene = scene === 'hair' ? 'ink' : 'hair') {
      sent.length = 0;
      await show(`retake-${scene}`, 'retake');
      await page.touchscreen.tap(left, top);
      early = await page.evaluate(() => (window as unknown as { early: boolean }).early);
    }
    expect(sent).toEqual([]);
    await untilSettled(page, 'retake');
    await page.touchscreen.tap(left, top);
    await expect.poll(() => sent).toEqual(['press']);
  });

  it('does nothing if the finger went down on the screen before', async (context) => {
    const { page, sent, show } = await open(context);
    await show('retake-moved', 'retake');
    await untilSettled(page, 'retake');
    const again = page.getByRole('button', { name: DICTIONARIES.en['again.press'], exact: true });
    const { x, y, width, height } = (await again.boundingBox())!;
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    // The screen changes around a control that stays.
    await show('retake-hair', 'retake');
    await untilSettled(page, 'retake');
    await page.mouse.up();
    await page.mouse.down();
    await page.mouse.up();
    await expect.poll(() => sent).toEqual(['press']);
  });

  it('is not a press: Space captures at once, but only once while it is held', async (context) => {
    const { page, sent, show } = await open(context);
    await show('retake-moved', 'retake');
    await page.keyboard.down('Space');
    await page.keyboard.down('Space');
    await page.keyboard.up('Space');
    await page.waitForSelector('body[data-screen=result]');
    expect(sent).toEqual(['press']);
  });

  it('is not a scan: a code counts at once', async (context) => {
    const { page, show } = await open(context);
    await show('retake-moved', 'retake');
    await scan(page, 'A-10');
    await page.getByTestId('proposed').waitFor();
    expect(await page.getByTestId('proposed').textContent()).toBe('A-10');
  });

  it.for([
    ['the enlarged image', 'result-explained', 'result', DICTIONARIES.en['picture.enlarge'], 'dialog'],
    ['the unlock', 'ready-real', 'ready', DICTIONARIES.en['nav.log'], '[role=dialog]'],
  ] as const)(
    'counts opening %s as a change of screen, which Escape leaves',
    async ([, scene, screen, opener, dialog], context) => {
      const { page, url, send } = await open(context);
      await fetch(`${url}/mock/pin/lock`);
      await send(scene);
      await untilSettled(page, screen);
      await page.evaluate(() => {
        new MutationObserver(() => {
          const { settling } = document.body.dataset;
          if (settling !== undefined && document.querySelector('dialog, [role=dialog]') !== null)
            Object.assign(window, { settled: true });
        }).observe(document.body, { attributes: true });
      });
      await page.getByRole('button', { name: opener, exact: true }).tap();
      await page.locator(dialog).waitFor();
      await page.waitForFunction(() => 'settled' in window);
      await page.waitForSelector('body:not([data-settling])');
      await page.keyboard.press('Escape');
      await page.locator(dialog).waitFor({ state: 'detached' });
      expect(await page.locator(dialog).count()).toBe(0);
    },
  );

  it('confirms nothing by an Enter that is held', async (context) => {
    const { page } = await open(context);
    await page.getByTestId('patient').tap();
    await page.getByTestId('typed').waitFor();
    for (const key of 'A-1') await page.keyboard.press(key, { delay: 60 });
    await untilSettled(page, 'patient');
    await page.keyboard.down('Enter');
    await page.getByTestId('proposed').waitFor();
    await untilSettled(page, 'patient');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    expect(await page.getByTestId('proposed').count()).toBe(1);
  });

  it.for([...SIZES, { width: 480, height: 800 }])(
    'finds *None of these* where the step before had no key, at $width × $height',
    async (size, context) => {
      const { page, send } = await open(context);
      await page.setViewportSize(size);
      const say = (name: keyof typeof DICTIONARIES.en): string => DICTIONARIES.en[name] as string;
      const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).tap();
      await send('patient-ready-anonymous-lesion');
      await page.getByTestId('patient').tap();
      await press(say('patient.new-lesion'));
      await page.locator('.body-site').first().click();
      await press(say('patient.next'));
      await page.getByTestId('typed').waitFor();
      const keys = await Promise.all((await page.getByRole('button').all()).map((key) => key.boundingBox()));
      expect(keys.length).toBeGreaterThan(20);
      await press(say('patient.next'));
      const none = page.getByRole('button', { name: say('contra.none'), exact: true });
      const { x, y, width, height } = (await none.boundingBox())!;
      const under = keys.filter(
        (key) =>
          key !== null &&
          Math.min(x + width, key.x + key.width) > Math.max(x, key.x) &&
          Math.min(y + height, key.y + key.height) > Math.max(y, key.y),
      );
      expect(under).toEqual([]);
      // One answered alone takes the place of *None of these*, never both.
      await page.locator('[data-value=bleeding]').tap();
      expect(await none.isDisabled()).toBe(true);
      expect(await page.locator('[aria-pressed=true]').count()).toBe(1);
    },
  );
});
