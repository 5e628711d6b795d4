/** Visits every screen of the mock service and checks it. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { startMock } from './mock-service.mjs';
import { pagesIn } from './pages.mjs';
import { SCENES } from './scenes.mjs';
import { SETTLE_MS } from '../src/input/touch-guard.ts';

/** Longer than the mock service's responses take to be drawn, ms. */
const QUIET_MS = 100;

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What does not fit on the current screen, is too small to be touched or read, or has no style; one line each.
 *
 * @param scrolls whether pages may scroll: where there is little room
 */
export function faultsOfLayoutOn(page, { scrolls = false } = {}) {
  return page.evaluate(faultsOfLayout, scrolls);
}

/** The same, with axe's findings. */
export async function faultsOn(page) {
  return [...(await faultsOfLayoutOn(page)), ...(await axeFaultsOn(page))];
}

/** axe's findings, one line each. */
export function axeFaultsOn(page) {
  return violationsOn(page, {});
}

/** Text of too little contrast in the light theme, which is left on the page as it was. */
export async function lightFaultsOn(page) {
  const turn = (theme) =>
    page.evaluate((wanted) => {
      const { dataset } = document.documentElement;
      const before = dataset.theme;
      dataset.theme = wanted;
      return before;
    }, theme);
  const before = await turn('light');
  const found = await violationsOn(page, { runOnly: ['color-contrast'] });
  await turn(before);
  return found.map((problem) => `light: ${problem}`);
}

async function violationsOn(page, options) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const { violations } = await page.evaluate((wanted) => window.axe.run(wanted), {
    resultTypes: ['violations'],
    ...options,
  });
  return violations.map(
    ({ id, nodes }) =>
      `axe ${id}: ${nodes
        .map(({ html }) => html)
        .join(' | ')
        .slice(0, 200)}`,
  );
}

/** Waits until the page has received a View: before that it shows another screen. */
function watchViews(page) {
  let newest = 0;
  let wake = () => {};
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const revision = /"revision":(\d+)/.exec(payload)?.[1];
      if (revision === undefined) return;
      newest = Number(revision);
      wake();
    });
  });
  return async (revision) => {
    while (newest < revision) await new Promise((resolve) => (wake = resolve));
  };
}

/** Waits until the page's elements have not changed for a moment. */
export async function settled(page) {
  await page.evaluate(
    (quietMs) =>
      new Promise((resolve) => {
        const over = () => {
          observer.disconnect();
          resolve();
        };
        let timer = setTimeout(over, quietMs);
        const observer = new window.MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(over, quietMs);
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
    QUIET_MS,
  );
}

/**
 * Opens every screen whose name is `wanted` in a page of `browser`, in the time zone UTC.
 *
 * @param words, codes the screen's own, in this language
 * @param languages in which each screen is shown in turn; `language` alone unless given
 * @param theme of the screen; dark unless given
 * @param reducedMotion as Playwright's: `reduce` avoids waiting for animations
 * @param guarded whether a touch after a change of screen does nothing, as it ships; waiting for it takes most of the time
 * @param look is called with the page and the name of each screen, and the language
 * @param complain is called with each error of the page
 */
export async function visit(
  browser,
  {
    language,
    languages = [language],
    words,
    codes,
    size,
    theme,
    wanted = () => true,
    reducedMotion,
    guarded = false,
    look,
    complain,
  },
) {
  const mock = await startMock(0, language, theme);
  const page = await browser.newPage({
    viewport: { width: size[0], height: size[1] },
    reducedMotion,
    timezoneId: 'UTC',
  });
  if (!guarded) await page.addInitScript(shortenGuard, SETTLE_MS);
  const arrived = watchViews(page);
  page.on('console', (message) => {
    if (
      message.type() !== 'error' ||
      /Failed to load resource|ERR_CONNECTION_REFUSED|already in CLOSING or CLOSED/.test(message.text())
    )
      return;
    complain(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => {
    complain(`page error: ${error.message}`);
  });
  /** The screen that is there, in each language. */
  const lookAtEach = async (name) => {
    for (const next of [...new Set([language, ...languages])]) {
      if (next !== language) await speak(next);
      await look(page, name, next);
    }
    if (languages.length > 1) await speak(language);
  };
  const speak = async (next) => {
    await fetch(`${mock.url}/mock/language/${next}`);
    await page.waitForSelector(`html[lang=${next}]`);
  };
  await page.goto(mock.url);
  for (const name of Object.keys(SCENES).filter(wanted)) {
    await fetch(`${mock.url}/mock/scene/ready`);
    await page.waitForFunction(() => Number(document.querySelector('.preview')?.dataset.frames) > 0);
    const { revision } = await (await fetch(`${mock.url}/mock/scene/${name}`)).json();
    await arrived(revision);
    await lookAtEach(name);
  }
  for (const [name, go] of Object.entries(pagesIn(words, codes)).filter(([key]) => wanted(key))) {
    // The idle screen closes whatever was open, in a fraction of the time of a reload.
    await fetch(`${mock.url}/mock/pin/set`);
    await fetch(`${mock.url}/mock/guide/none`);
    await fetch(`${mock.url}/mock/drive/elsewhere`);
    await fetch(`${mock.url}/mock/scene/privacy`);
    await page.waitForSelector('body[data-screen=privacy]');
    await fetch(`${mock.url}/mock/scene/ready`);
    await page.waitForSelector('body[data-screen=ready]');
    await go(page, mock);
    await lookAtEach(name);
  }
  await mock.close();
  await page.waitForSelector('body[data-screen=offline]');
  if (wanted('offline')) await look(page, 'offline', language);
  await page.close();
}

/** Runs in the page: the guard's time is over at once. */
function shortenGuard(settleMs) {
  const { setTimeout: after } = window;
  window.setTimeout = (run, ms, ...rest) => after(run, ms === settleMs ? 0 : ms, ...rest);
}

/** Runs in the page. */
/* global window, document, getComputedStyle */
function faultsOfLayout(pagesScroll) {
  const found = [];
  const scrollsItself = (element) =>
    element.matches('.rows, .filter-rows, .export-rows, .patients-rows, .visit-rows, .trend-rows') ||
    (pagesScroll && ['auto', 'scroll'].includes(getComputedStyle(element).overflowY));
  const canScroll = (element) => {
    for (let at = element; at !== null; at = at.parentElement) if (scrollsItself(at)) return true;
    return false;
  };
  const { innerWidth: width, innerHeight: height } = window;
  const { scrollWidth, scrollHeight } = document.documentElement;
  if (scrollWidth > width || scrollHeight > height) found.push(`page is ${scrollWidth} × ${scrollHeight}`);
  for (const element of document.querySelectorAll('#app *')) {
    // An overlaid image is rotated beyond its frame, which clips it.
    if (
      element.closest('.visually-hidden, svg, .overlay-square') ||
      getComputedStyle(element).visibility === 'hidden'
    )
      continue;
    const name = `${element.tagName.toLowerCase()}.${element.className}`;
    const box = element.getBoundingClientRect();
    if (box.width === 0) continue;
    const scrolls = canScroll(element);
    const below = !scrolls && (box.top < -1 || box.bottom > height + 1);
    if (box.left < -1 || box.right > width + 1 || below) {
      found.push(`outside: ${name} ${[box.left, box.top, box.right, box.bottom].map(Math.round).join(' ')}`);
    }
    // Text with a line limit is meant to be cut; the rest is on the About screen. Text too long for a subpage is not cut off there: it runs
    // into the buttons below.
    const { overflowY, webkitLineClamp } = getComputedStyle(element);
    const mustHold =
      webkitLineClamp === 'none' &&
      (overflowY !== 'visible' || element.matches('.tab-panel > *, .result > *'));
    const clips = pagesScroll ? !scrollsItself(element) && overflowY !== 'visible' : !scrolls;
    if (element.scrollHeight > element.clientHeight + 2 && mustHold && clips) {
      found.push(`cut off: ${name} ${element.scrollHeight} in ${element.clientHeight}`);
    }
    const { display, textOverflow } = getComputedStyle(element);
    const mayBeWide =
      display === 'inline' || textOverflow === 'ellipsis' || element.matches('.scale, .finding');
    if (element.scrollWidth > element.clientWidth + 2 && !mayBeWide) {
      found.push(`too wide: ${name} ${element.scrollWidth} in ${element.clientWidth}`);
    }
    if (element.matches('button, label.drop, a, .body-site') && (box.width < 47.5 || box.height < 47.5)) {
      found.push(`small target: ${name} ${Math.round(box.width)} × ${Math.round(box.height)}`);
    }
  }
  for (const element of document.querySelectorAll('#app *:not(.visually-hidden)')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
    if (!own || element.closest('.visually-hidden') || element.getClientRects().length === 0) continue;
    const scale = 'ownerSVGElement' in element ? element.getScreenCTM().a : 1;
    const size = scale * parseFloat(getComputedStyle(element).fontSize);
    if (size < 15.9)
      found.push(`small type: ${element.tagName}.${element.getAttribute('class')} ${size.toFixed(1)}`);
  }
  // Black is SVG's default, and invisible on this screen: a shape whose class no style knows.
  for (const shape of document.querySelectorAll('#app svg :is(rect, path, circle, ellipse, polygon, text)')) {
    const { fill, visibility } = getComputedStyle(shape);
    if (fill === 'rgb(0, 0, 0)' && visibility !== 'hidden' && shape.closest('defs, clipPath, mask') === null)
      found.push(`without a style: ${shape.tagName}.${shape.getAttribute('class')}`);
  }
  const boxes = [...document.querySelectorAll('main > *, .panel > *')];
  for (const [i, a] of boxes.entries()) {
    for (const b of boxes.slice(i + 1)) {
      if (a.contains(b) || b.contains(a)) continue;
      const [p, q] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
      if (getComputedStyle(a).position === 'sticky' || getComputedStyle(b).position === 'sticky') continue;
      const over = Math.min(p.right, q.right) - Math.max(p.left, q.left) > 1.5;
      if (over && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 1.5)
        found.push(`overlap: ${a.className} and ${b.className}`);
    }
  }
  return found;
}
