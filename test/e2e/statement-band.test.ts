import { describe, expect, it } from 'vitest';
import { startMock } from '../../kiosk-ui/dev/mock-service.mjs';
import { LANGUAGES } from '../../src/protocol/languages.ts';
import { sharedBrowser } from '../support/browser.ts';

/** A 7-inch panel of 800 × 480, read from where a patient's couch stands. */
const PANEL = { width: 800, height: 480 } as const;
const PANEL_MM = 154;
const DISTANCE_MM = 1500;

/** Of the capital letters, whose height standards for displays state (ISO 9241-303). */
const MINUTES_OF_ARC = 16;

const NEEDED_PX = (Math.tan((MINUTES_OF_ARC / 60 / 180) * Math.PI) * DISTANCE_MM * PANEL.width) / PANEL_MM;

const SCENES = ['result-above', 'result-at', 'result-below', 'withheld-unsure'];

describe('the statement on a 7-inch panel', () => {
  const browserOf = sharedBrowser();

  it.for(LANGUAGES)(
    'is legible from 1.5 m, in one line of the full width, in %s',
    async (language, context) => {
      const browser = browserOf(context);
      const mock = await startMock(0, language);
      const page = await browser.newPage({ viewport: PANEL });
      await page.goto(mock.url);
      const seen = new Set<string>();
      for (const scene of SCENES) {
        await fetch(`${mock.url}/mock/scene/${scene}`);
        const band = page.locator('.band');
        await band
          .and(
            page.locator(`.band-${scene.split('-')[0] === 'withheld' ? 'no-answer' : scene.split('-')[1]!}`),
          )
          .waitFor();
        const found = await band.evaluate((element) => {
          const { font, lineHeight } = getComputedStyle(element);
          const brush = document.createElement('canvas').getContext('2d')!;
          brush.font = font;
          const { width } = element.getBoundingClientRect();
          return {
            capital: brush.measureText('H').actualBoundingBoxAscent,
            lines: Math.round(
              element.querySelector('span')!.getBoundingClientRect().height / parseFloat(lineHeight),
            ),
            isCut: element.scrollWidth > element.clientWidth,
            width,
          };
        });
        expect(found.capital, scene).toBeGreaterThanOrEqual(NEEDED_PX);
        expect(found, scene).toMatchObject({ lines: 1, isCut: false, width: PANEL.width });
        seen.add(await band.innerText());
      }
      expect(seen.size).toBe(SCENES.length);
      await page.close();
      await mock.close();
    },
  );
});
