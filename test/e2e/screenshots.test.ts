import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import {
  differenceOf,
  fileOf,
  photograph,
  pictureOf,
  REFERENCE,
  SHOWN,
  WALKS,
} from '../../kiosk-ui/dev/reference.mjs';
import { CODES } from '../../kiosk-ui/src/i18n/codes/codes.ts';
import { DICTIONARIES } from '../../kiosk-ui/src/i18n/translate.ts';
import { sharedBrowser } from '../support/browser.ts';

/** Share of the pixels that may differ: browsers smooth the edges of letters differently. A missing button exceeds it. */
const TOLERANCE = 0.0004;

describe('the screens compared with the reference images', { timeout: 300_000 }, () => {
  const browserOf = sharedBrowser();

  it.for(WALKS)('look the same in $language at $size.0 × $size.1', async (walk, context) => {
    const browser = browserOf(context);
    const { language } = walk;
    const differences: Record<string, number> = {};
    await photograph(
      browser,
      { ...walk, words: DICTIONARIES[language], codes: CODES[language] },
      async (name, png, page) => {
        const reference = await readFile(fileOf(name, walk));
        const difference = await differenceOf(png, reference);
        if (difference > TOLERANCE) differences[name] = difference;
        // What would be seen if its largest button were missing.
        const hidden = await page.evaluateHandle(hideLargestButton);
        if (!(await hidden.evaluate((key) => key !== undefined))) return;
        const without = await differenceOf(await pictureOf(page), reference);
        await hidden.evaluate((key) => key?.style.removeProperty('visibility'));
        expect(without, `${name} without a key`).toBeGreaterThan(TOLERANCE);
      },
    );
    expect(differences).toEqual({});
  });

  it('all have a reference image, and there are no others', async () => {
    const names = WALKS.flatMap((walk) =>
      SHOWN.map((name) => fileOf(name, walk).slice(REFERENCE.length + 1)),
    );
    expect((await readdir(REFERENCE)).toSorted()).toEqual(names.toSorted());
  });
});

interface Element {
  readonly offsetWidth: number;
  readonly offsetHeight: number;
  readonly style: { visibility: string; removeProperty(name: string): void };
}

/** Runs in the page. */
function hideLargestButton(): Element | undefined {
  const { document } = globalThis as unknown as {
    document: { querySelectorAll(selector: string): Iterable<Element> };
  };
  const area = ({ offsetWidth, offsetHeight }: Element): number => offsetWidth * offsetHeight;
  const [largest] = [...document.querySelectorAll('button')].sort((a, b) => area(b) - area(a));
  if (largest !== undefined) largest.style.visibility = 'hidden';
  return largest;
}
