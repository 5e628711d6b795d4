/**
 * A few screens as a person last approved them, reduced, with which test/e2e/screenshots.test.ts compares the current ones. After an intended
 * change, look at them and draw them again:
 *
 *   npx vite build && node kiosk-ui/dev/reference.mjs      → test/e2e/screens/
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { launchChromium } from './chromium.mjs';
import { settled, visit } from './visit.mjs';

export const REFERENCE = join(import.meta.dirname, '..', '..', 'test', 'e2e', 'screens');

/** None of them shows the current date. */
export const SHOWN = [
  ...['patient-ready', 'camera-lost', 'retake-too-blurred', 'result-explained', 'result-ask'],
  ...['withheld-unsure', 'fault-inference-died', 'privacy', 'patient-confirm', 'patient-lesions'],
  ...['patient-site-front', 'lesion', 'lesion-compare', 'about-points', 'settings-gate', 'self-test'],
];

export const WALKS = ['en', 'de'].flatMap((language) => [
  { language, size: [800, 480] },
  { language, size: [1280, 800] },
]);

/** What is stored of a screenshot: half its side, in sixteen greys. */
const SHARE = 0.5;

/**
 * Opens each of `SHOWN` in a page and calls `keep` with its name, a small grey PNG of it, and the page.
 */
export async function photograph(browser, { language, words, codes, size }, keep) {
  await visit(browser, {
    ...{ language, words, codes, size, reducedMotion: 'reduce' },
    wanted: (name) => SHOWN.includes(name),
    look: async (page, name) => {
      await settled(page);
      await keep(name, await pictureOf(page), page);
    },
    complain: (problem) => {
      throw new Error(problem);
    },
  });
}

/* global document */
/** The current state of a page, small and grey, as a PNG. */
export async function pictureOf(page) {
  // The live preview differs every time.
  await page.evaluate(() => document.querySelector('.preview')?.style.setProperty('visibility', 'hidden'));
  const png = await page.screenshot();
  const { width } = page.viewportSize();
  return sharp(png)
    .resize(width * SHARE)
    .greyscale()
    .png({ palette: true, colours: 16, dither: 0, effort: 10 })
    .toBuffer();
}

/** The file of a screen. */
export function fileOf(name, { language, size }) {
  return join(REFERENCE, `${name}-${language}-${size[0]}.png`);
}

/** The fraction of pixels of two images that differ by at least 32 levels of 256; 1 if their sizes differ. */
export async function differenceOf(one, other) {
  const [a, b] = await Promise.all(
    [one, other].map((png) => sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true })),
  );
  if (a.info.width !== b.info.width || a.info.height !== b.info.height) return 1;
  let apart = 0;
  for (let i = 0; i < a.data.length; i += 1) if (Math.abs(a.data[i] - b.data[i]) >= 32) apart += 1;
  return apart / a.data.length;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { runnerImport } = await import('vite');
  const { DICTIONARIES } = (await runnerImport('./kiosk-ui/src/i18n/translate.ts')).module;
  const { CODES } = (await runnerImport('./kiosk-ui/src/i18n/codes/codes.ts')).module;
  await mkdir(REFERENCE, { recursive: true });
  const browser = await launchChromium();
  for (const walk of WALKS) {
    const { language } = walk;
    await photograph(
      browser,
      { ...walk, words: DICTIONARIES[language], codes: CODES[language] },
      (name, png) => writeFile(fileOf(name, walk), png),
    );
  }
  await browser.close();
}
