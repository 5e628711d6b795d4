/**
 * Takes a screenshot of every screen at each size and reports content outside the screen or cut off, touch targets below
 * 48 px, axe's findings, and console errors.
 *
 *   npx vite build && node kiosk-ui/dev/look-over.mjs FOLDER [PART-OF-A-NAME [LANGUAGE [WIDTH [THEME]]]]
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { launchChromium } from './chromium.mjs';
import { faultsOn, visit } from './visit.mjs';

const SIZES = [
  [800, 480],
  [1024, 600],
  [1280, 800],
];
const [folder = '.cache/screens', part = '', language = 'en', width = '', theme = 'dark'] =
  process.argv.slice(2);

const { DICTIONARIES } = (await runnerImport('./kiosk-ui/src/i18n/translate.ts')).module;
const { CODES } = (await runnerImport('./kiosk-ui/src/i18n/codes/codes.ts')).module;

await mkdir(folder, { recursive: true });
const browser = await launchChromium();
let problems = 0;
const complain = (problem) => {
  problems += 1;
  console.log(problem);
};
for (const size of SIZES.filter(([wide]) => width === '' || wide === Number(width))) {
  const look = async (page, name) => {
    await page.waitForTimeout(250);
    await writeFile(join(folder, `${name}-${size[0]}.png`), await page.screenshot());
    for (const problem of await faultsOn(page)) complain(`${name} ${size.join('×')}: ${problem}`);
  };
  const [words, codes] = [DICTIONARIES[language], CODES[language]];
  const wanted = (name) => name.includes(part);
  await visit(browser, { language, words, codes, size, theme, wanted, look, complain });
}
await browser.close();
console.log(problems === 0 ? 'no problems' : `${problems} problems`);
process.exitCode = problems === 0 ? 0 : 1;
