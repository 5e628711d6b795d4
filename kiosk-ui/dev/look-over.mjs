/**
 * Photographs every screen at each size and looks for what must not be: anything outside the screen or cut off, targets
 * below 48 px, anything axe finds, any error in the console.
 *
 *   npx vite build && node kiosk-ui/dev/look-over.mjs FOLDER [PART-OF-A-NAME [LANGUAGE [WIDTH]]]
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { launchChromium } from './chromium.mjs';
import { runnerImport } from 'vite';
import { startMock } from './mock-service.mjs';
import { ABOUT, SCENES, SELF_TEST } from './scenes.mjs';

const NO_PRESS_CURE = 'Check the button’s wiring and the setting KIOSK_BUTTON.';
const SIZES = [
  [800, 480],
  [1024, 600],
  [1280, 800],
];
const [folder = '.cache/screens', part = '', language = 'en', width = ''] = process.argv.slice(2);

/** The screen's own words, so that a screen is found in any language. */
const { DICTIONARIES } = (await runnerImport('./kiosk-ui/src/words/words.ts')).module;
const { CODES } = (await runnerImport('./kiosk-ui/src/words/codes/codes.ts')).module;
/** Up to the first thing that is filled in. */
const say = (key) => DICTIONARIES[language][key].split('{')[0].trim();
const codes = CODES[language];

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const button = (page, name) => page.getByRole('button', { name, exact: true });

const toSettings = async (page) => {
  await button(page, say('nav.about')).click();
  await button(page, say('settings.title')).click();
};

const type = async (page, digits, enter = true) => {
  for (const digit of digits) await page.locator('.keypad').getByText(digit, { exact: true }).click();
  if (enter) await page.locator('.keypad .typing-enter').click();
};

/** Screens one goes to by hand. */
const PAGES = {
  upload: async (page) => button(page, say('nav.upload')).click(),
  'upload-refused': async (page) => {
    await button(page, say('nav.upload')).click();
    const buffer = Buffer.from('no picture at all');
    await page.setInputFiles('input[type=file]', { name: 'notes.jpg', mimeType: 'image/jpeg', buffer });
    await page.getByText(codes.reasons['picture/unsupported'].message).waitFor();
  },
  log: async (page) => {
    await button(page, say('nav.log')).click();
    await page.locator('.row').first().waitFor();
  },
  'log-2': async (page) => {
    await PAGES.log(page);
    await button(page, say('page.older')).click();
    await page.getByText(`${say('page.number')} 2`).waitFor();
    await page.locator('.row').first().waitFor();
  },
  'log-filter': async (page) => {
    await PAGES.log(page);
    await button(page, say('log.filter')).click();
    await button(page, say('filter.today')).click();
    for (const value of ['result', 'below', 'disagree']) await page.locator(`[data-value=${value}]`).click();
  },
  'log-filter-empty': async (page) => {
    await PAGES.log(page);
    await button(page, say('log.filter')).click();
  },
  'log-days': async (page) => {
    await PAGES['log-filter-empty'](page);
    await button(page, say('filter.choose')).click();
    await button(page, say('days.month.before')).click();
    for (const day of [9, 24]) await page.locator('.calendar-day:not(.calendar-other)').nth(day).click();
  },
  'log-filter-days': async (page) => {
    await PAGES['log-days'](page);
    await button(page, say('days.done')).click();
  },
  'log-filter-withheld': async (page) => {
    await PAGES['log-filter-days'](page);
    for (const value of ['withheld', 'disagree']) await page.locator(`[data-value=${value}]`).click();
  },
  'log-filtered': async (page) => {
    await PAGES['log-filter-withheld'](page);
    await page.locator('.filter-keys .key-main').click();
    await page.locator('.row').first().waitFor();
  },
  statistics: async (page) => {
    await PAGES.log(page);
    await button(page, say('log.statistics')).click();
    await page.getByRole('tab').first().waitFor();
  },
  'statistics-table': async (page) => {
    await PAGES.statistics(page);
    await page.getByRole('switch').click();
  },
  'statistics-outcomes': async (page) => {
    await PAGES.statistics(page);
    await page.getByRole('tab', { name: say('statistics.outcomes') }).click();
  },
  'statistics-outcomes-table': async (page) => {
    await PAGES['statistics-outcomes'](page);
    await page.getByRole('switch').click();
  },
  'statistics-accuracy': async (page) => {
    await PAGES.statistics(page);
    await page.getByRole('tab', { name: say('statistics.accuracy') }).click();
  },
  'statistics-accuracy-table': async (page) => {
    await PAGES['statistics-accuracy'](page);
    await page.getByRole('switch').click();
  },
  'statistics-of-days': async (page) => {
    await PAGES['log-filter-days'](page);
    await page.locator('.filter-keys .key-main').click();
    await button(page, say('log.statistics')).click();
    await page.getByRole('tab').first().waitFor();
  },
  ...Object.fromEntries(
    [
      ['detail', 23, 'detail.outcome'],
      ['detail-retake', 22, 'detail.outcome'],
      ['detail-withheld', 20, 'detail.outcome'],
      ['detail-picture', 23, 'detail.picture'],
      ['detail-measurements', 23, 'detail.measurements'],
      ['detail-measurements-retake', 22, 'detail.measurements'],
      ['detail-time', 23, 'detail.time'],
      ['detail-journal', 23, 'detail.journal'],
    ].map(([name, number, tab]) => [
      name,
      async (page) => {
        await PAGES.log(page);
        await page.getByTestId(`session-${number}`).click();
        await page.getByRole('tab', { name: say(tab) }).click();
      },
    ]),
  ),
  'detail-picture-delete': async (page) => {
    await PAGES['detail-picture'](page);
    await button(page, say('kept.withdraw')).click();
    await button(page, say('kept.delete')).waitFor();
  },
  'detail-findings': async (page) => {
    await PAGES.log(page);
    await page.getByTestId('session-23').click();
    await page.getByRole('tab', { name: say('detail.findings') }).click();
    for (const value of ['agree', 'akiec']) {
      await page.locator(`[data-value=${value}]`).click();
      await page.locator(`[data-value=${value}][aria-pressed=true]`).waitFor();
    }
  },
  ...Object.fromEntries(
    [
      ['about', 'about.use'],
      ['about-limits', 'about.limits'],
      ['about-points', 'about.thresholds'],
      ['about-figures', 'about.figures'],
      ['about-rules', 'about.rules'],
      ['about-origin', 'about.origin'],
      ['about-program', 'about.program'],
    ].map(([name, tab]) => [
      name,
      async (page) => {
        await button(page, say('nav.about')).click();
        await page.getByRole('tab', { name: say(tab) }).click();
      },
    ]),
  ),
  ...Object.fromEntries(
    [
      ['about-limits', 2],
      ['about-limits', 3],
      ['about-points', 2],
    ].map(([name, leaf]) => [
      `${name}-${leaf}`,
      async (page) => {
        await PAGES[name](page);
        for (let turned = 1; turned < leaf; turned += 1) await button(page, say('page.next')).click();
      },
    ]),
  ),
  'settings-first': async (page, mock) => {
    await fetch(`${mock.url}/mock/pin/none`);
    await toSettings(page);
    await page.locator('.keypad').waitFor();
  },
  'settings-wait': async (page, mock) => {
    await fetch(`${mock.url}/mock/pin/wait`);
    await toSettings(page);
    await page.locator('.pin-time').waitFor();
  },
  'settings-wrong': async (page, mock) => {
    await fetch(`${mock.url}/mock/pin/set`);
    await toSettings(page);
    await type(page, '111222');
    await page.getByText(codes.reasons['pin/wrong'].message).waitFor();
    await type(page, '1', false);
  },
  ...Object.fromEntries(
    ['screen', 'point', 'gate', 'pictures', 'devices', 'pin'].map((group) => [
      `settings-${group}`,
      async (page, mock) => {
        await fetch(`${mock.url}/mock/pin/set`);
        await toSettings(page);
        await type(page, '274916');
        await page.getByRole('tab', { name: say(`settings.group.${group}`), exact: true }).click();
      },
    ]),
  ),
  'patient-entry': async (page) => {
    await page.getByTestId('patient').click();
    for (const key of 'A-10482') await button(page, key).click();
  },
  'patient-confirm': async (page) => {
    await PAGES['patient-entry'](page);
    await button(page, say('patient.next')).click();
    await page.getByTestId('proposed').waitFor();
  },
  'patient-no-lesion': async (page) => {
    await PAGES['patient-confirm'](page);
    await button(page, say('patient.yes')).click();
    await page.getByText(say('patient.no-lesion')).waitFor();
  },
  ...Object.fromEntries(
    ['front', 'back', 'head', 'hands', 'feet'].map((view) => [
      `patient-site-${view}`,
      async (page) => {
        await PAGES['patient-no-lesion'](page);
        await button(page, say('patient.new-lesion')).click();
        await button(page, say(`body.${view}`)).click();
        await page.locator('.body-site').nth(3).click();
      },
    ]),
  ),
  'patient-label': async (page) => {
    await PAGES['patient-site-front'](page);
    await button(page, say('patient.next')).click();
    await page.getByTestId('typed').waitFor();
  },
  'patient-contra-step': async (page) => {
    await PAGES['patient-label'](page);
    await button(page, say('patient.next')).click();
    await page.locator('[data-value=ulcerated]').click();
  },
  'patient-lesions': async (page, mock) => {
    await fetch(`${mock.url}/mock/scene/patient-ready`);
    await page.locator('[data-testid=patient] [data-testid=context]').waitFor();
    await page.getByTestId('patient').click();
  },
  lesion: async (page, mock) => {
    await fetch(`${mock.url}/mock/scene/patient-ready`);
    await button(page, say('lesion.over-time')).click();
    await page.locator('.course-row').first().waitFor();
  },
  'lesion-compare': async (page, mock) => {
    await PAGES.lesion(page, mock);
    await page.getByRole('tab', { name: say('lesion.compare') }).click();
    await page.locator('.compare-words').waitFor();
  },
  'lesion-slider': async (page, mock) => {
    await PAGES['lesion-compare'](page, mock);
    await page.getByRole('switch', { name: say('compare.slider') }).click();
  },
  ...Object.fromEntries(
    ['cut', 'unregistered'].map((name, i) => [
      `lesion-compare-${name}`,
      async (page, mock) => {
        await PAGES['lesion-compare'](page, mock);
        for (let turned = 0; turned <= i; turned += 1) {
          await page.locator('.chooser .key').first().click();
          await page.locator('.compare-words').waitFor();
        }
      },
    ]),
  ),
  'lesion-nothing': async (page, mock) => {
    await fetch(`${mock.url}/mock/scene/patient-contra-flag`);
    await button(page, say('lesion.over-time')).click();
    await page.getByText(say('lesion.none')).waitFor();
  },
  ghost: async (page, mock) => {
    await fetch(`${mock.url}/mock/scene/patient-ready`);
    await page.getByRole('switch').click();
    await page.locator('.ghost').waitFor();
  },
  'patient-log-filter': async (page, mock) => {
    await PAGES['patient-log'](page, mock);
    await button(page, say('log.filter')).click();
    await page.locator('.filter .choice').nth(4).waitFor();
    await page.getByText('A-10482', { exact: true }).last().click();
  },
  'patient-log': async (page, mock) => {
    await fetch(`${mock.url}/mock/scene/patient-ready`);
    await page.locator('[data-testid=context]').waitFor();
    await PAGES.log(page);
  },
  'self-test': async (page) => {
    await button(page, say('nav.about')).click();
    await button(page, say('test.title')).click();
    await page.locator('.check').first().waitFor();
  },
  ...Object.fromEntries(
    [2, 3, 4].map((leaf) => [
      `self-test-${leaf}`,
      async (page) => {
        await PAGES['self-test'](page);
        for (let turned = 1; turned < leaf; turned += 1) await button(page, say('page.next')).click();
      },
    ]),
  ),
  'self-test-waiting': async (page) => {
    await PAGES['self-test'](page);
    await button(page, say('test.button')).click();
    await page.getByText(say('test.button.now')).waitFor();
  },
  'self-test-pressed': async (page) => {
    await PAGES['self-test'](page);
    await button(page, say('test.button')).click();
    await button(page, say('test.lamp')).click();
    await page.getByText(say('test.button.pressed')).waitFor();
    await page.getByText(say('test.lamp.blinking')).waitFor();
  },
  'self-test-no-press': async (page) => {
    const json = { pressed: false, message: 'No press came.', cure: NO_PRESS_CURE };
    await page.route('**/api/self-test/button', (route) => route.fulfill({ json }), { times: 1 });
    const none = { blinking: false, found: 'none: the screen and its sounds answer alone' };
    await page.route('**/api/self-test/lamp', (route) => route.fulfill({ json: none }), { times: 1 });
    await PAGES['self-test'](page);
    await button(page, say('test.button')).click();
    await button(page, say('test.lamp')).click();
    await page.getByText(codes.noPress.message).waitFor();
  },
  'self-test-well': async (page) => {
    const checks = SELF_TEST.checks.map((check) => ({ ...check, state: 'ok', cure: undefined }));
    const json = { ...SELF_TEST, checks };
    await page.route('**/api/self-test?*', (route) => route.fulfill({ json }), { times: 1 });
    await PAGES['self-test'](page);
  },
  'self-test-failed': async (page) => {
    await page.route('**/api/self-test?*', (route) => route.abort(), { times: 1 });
    await button(page, say('nav.about')).click();
    await button(page, say('test.title')).click();
    await page.getByText(say('unreachable.message')).waitFor();
  },
  'log-empty': async (page) => {
    await page.route('**/api/sessions?*', (route) => route.fulfill({ json: { sessions: [] } }), { times: 1 });
    await button(page, say('nav.log')).click();
    await page.getByText(say('log.empty')).waitFor();
  },
  'about-failed': async (page) => {
    await page.route('**/api/about', (route) => route.abort(), { times: 1 });
    await button(page, say('nav.about')).click();
    await page.getByText(say('unreachable.message')).waitFor();
  },
  'about-no-model': async (page) => {
    const json = { ...ABOUT, model: null };
    await page.route('**/api/about', (route) => route.fulfill({ json }), { times: 1 });
    await button(page, say('nav.about')).click();
    await page.getByRole('tab', { name: say('about.figures') }).click();
  },
  'result-heat': async (page, mock) => {
    await fetch(`${mock.url}/mock/scene/result-explained`);
    await page.getByRole('switch', { name: say('picture.heat') }).click();
    await page.getByText(say('picture.heat.caption')).waitFor();
  },
  'result-bare': async (page, mock) => {
    await fetch(`${mock.url}/mock/scene/result-explained`);
    await page.getByRole('switch', { name: say('picture.outline') }).click();
  },
  'notice-accepted': async (page, mock) => {
    await fetch(`${mock.url}/mock/scene/result-above`);
    await button(page, say('result.accept')).click();
    await page.getByText(say('session.stays')).waitFor();
  },
};

/** Runs in the page. */
/* global window, document, getComputedStyle */
function faultsOfLayout() {
  const found = [];
  const { innerWidth: width, innerHeight: height } = window;
  const { scrollWidth, scrollHeight } = document.documentElement;
  if (scrollWidth > width || scrollHeight > height) found.push(`page is ${scrollWidth} × ${scrollHeight}`);
  for (const element of document.querySelectorAll('#app *')) {
    // A picture that is laid on another is turned beyond its frame, which cuts it.
    if (element.closest('.unseen, svg, .laid-square') || getComputedStyle(element).visibility === 'hidden')
      continue;
    const name = `${element.tagName.toLowerCase()}.${element.className}`;
    const box = element.getBoundingClientRect();
    if (box.width === 0) continue;
    if (box.left < -1 || box.top < -1 || box.right > width + 1 || box.bottom > height + 1) {
      found.push(`outside: ${name} ${[box.left, box.top, box.right, box.bottom].map(Math.round).join(' ')}`);
    }
    // What has a number of lines is meant to be cut there; the rest is on the About screen. What is too long for a leaf is not cut off
    // there: it runs into the keys below.
    const { overflowY, webkitLineClamp } = getComputedStyle(element);
    const mustHold =
      webkitLineClamp === 'none' && (overflowY !== 'visible' || element.matches('.tab-panel > *'));
    if (element.scrollHeight > element.clientHeight + 2 && mustHold) {
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
  const boxes = [...document.querySelectorAll('main > *, .panel > *')];
  for (const [i, a] of boxes.entries()) {
    for (const b of boxes.slice(i + 1)) {
      if (a.contains(b) || b.contains(a)) continue;
      const [p, q] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
      const over = Math.min(p.right, q.right) - Math.max(p.left, q.left) > 1.5;
      if (over && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 1.5)
        found.push(`overlap: ${a.className} and ${b.className}`);
    }
  }
  return found;
}

async function lookAt(page, name, size) {
  await page.waitForTimeout(450);
  await writeFile(join(folder, `${name}-${size[0]}.png`), await page.screenshot());
  const problems = await page.evaluate(faultsOfLayout);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  problems.push(
    ...violations.map(
      ({ id, nodes }) =>
        `axe ${id}: ${nodes
          .map(({ html }) => html)
          .join(' | ')
          .slice(0, 200)}`,
    ),
  );
  for (const problem of problems) console.log(`${name} ${size.join('×')}: ${problem}`);
  return problems.length;
}

await mkdir(folder, { recursive: true });
const browser = await launchChromium();
let problems = 0;
for (const size of SIZES.filter(([wide]) => width === '' || wide === Number(width))) {
  const mock = await startMock(0, language);
  const page = await browser.newPage({ viewport: { width: size[0], height: size[1] } });
  page.on('console', (message) => {
    if (message.type() !== 'error' || /Failed to load resource|ERR_CONNECTION_REFUSED/.test(message.text()))
      return;
    problems += 1;
    console.log(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => {
    problems += 1;
    console.log(`page error: ${error.message}`);
  });
  await page.goto(mock.url);
  for (const name of Object.keys(SCENES).filter((scene) => scene.includes(part))) {
    await fetch(`${mock.url}/mock/scene/ready`);
    await page.waitForFunction(() => Number(document.querySelector('.preview')?.dataset.frames) > 2);
    await fetch(`${mock.url}/mock/scene/${name}`);
    problems += await lookAt(page, name, size);
  }
  for (const [name, go] of Object.entries(PAGES).filter(([key]) => key.includes(part))) {
    await page.reload();
    await fetch(`${mock.url}/mock/scene/ready`);
    await go(page, mock);
    problems += await lookAt(page, name, size);
  }
  await mock.close();
  await page.waitForSelector('body[data-screen=offline]');
  if ('offline'.includes(part)) problems += await lookAt(page, 'offline', size);
  await page.close();
}
await browser.close();
console.log(problems === 0 ? 'nothing found' : `${problems} problems`);
process.exitCode = problems === 0 ? 0 : 1;
