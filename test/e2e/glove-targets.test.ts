import { describe, expect, it } from 'vitest';
import { settled, visit } from '../../kiosk-ui/dev/visit.mjs';
import { CODES } from '../../kiosk-ui/src/i18n/codes/codes.ts';
import { DICTIONARIES } from '../../kiosk-ui/src/i18n/translate.ts';
import { LANGUAGES } from '../../src/protocol/languages.ts';
import { sharedBrowser } from '../support/browser.ts';

/** A 7-inch panel of 800 × 480: its width in millimetres. */
const PANEL = [800, 480] as const;
const PX_PER_MM = PANEL[0] / 154;

/** For a gloved finger: the height of a target, and the distance between two. */
const NEEDED_PX = { target: 12 * PX_PER_MM, gap: 2 * PX_PER_MM } as const;

/** The capture flow and the pages around it, which are used with gloves. */
const WITH_GLOVES =
  /^(?:ready|camera-lost|board-hot-touch-only|patient-ready|patient-contra-flag|retake-hair|retake-file|fault-inference-died|result-above|result-ask|withheld-unsure|questions|questions-lesion|patient-next|patient-lesions|patient-assign-lesion|patient-contra-step|unlock|unlock-pin|log|detail|detail-findings|patients|patients-one|patients-one-lesions|patients-one-visits|opinion|patient-entry|patient-confirm|patient-label|patient-site-front|patient-correct|patient-merge|patient-assign|patient-assign-confirm|patients-search|log-search|lesion|lesion-compare|lesion-slider|lesion-blink|lesion-compare-same|lesion-compare-pick|lesion-compare-full|ghost)$/;

/** Runs in the page: targets that are too low or too narrow, and pairs that are too close. */
function tooSmall({ target, gap }: { readonly target: number; readonly gap: number }): string[] {
  const half = 0.5;
  const isShown = (button: Element, { width, bottom }: DOMRect): boolean =>
    width > 0 &&
    bottom <=
      (button.closest('.rows, .patients-rows, .visit-rows, .trend-rows')?.getBoundingClientRect().bottom ??
        innerHeight);
  // A dialog covers the page that opened it, and rows further down are not drawn.
  const within = document.querySelector('[role=dialog], dialog[open]') ?? document.body;
  const buttons = Array.from(within.querySelectorAll('button:not(.choice-buttons *)'), (button) => ({
    name: button.textContent || (button.getAttribute('aria-label') ?? ''),
    box: button.getBoundingClientRect(),
    button,
  })).filter(({ button, box }) => isShown(button, box));
  const small = buttons
    .filter(({ box }) => Math.min(box.width, box.height) < target - half)
    .map(({ name, box }) => `${name}: ${Math.round(box.width)} × ${Math.round(box.height)}`);
  const close = buttons.flatMap(({ name, box }, i) =>
    buttons.slice(i + 1).flatMap((other) => {
      const across = Math.max(other.box.left - box.right, box.left - other.box.right);
      const down = Math.max(other.box.top - box.bottom, box.top - other.box.bottom);
      const apart = Math.max(across, down);
      return apart < gap - half ? [`${name} and ${other.name}: ${apart.toFixed(1)} apart`] : [];
    }),
  );
  return [...small, ...close];
}

describe('the buttons used with gloves on a 7-inch panel', () => {
  const browserOf = sharedBrowser();

  it.for(LANGUAGES)(
    'are 12 mm high and 2 mm apart, in %s',
    { timeout: 300_000 },
    async (language, context) => {
      const browser = browserOf(context);
      const found: Record<string, string[]> = {};
      let screens = 0;
      await visit(browser, {
        ...{ language, words: DICTIONARIES[language], codes: CODES[language], size: PANEL },
        reducedMotion: 'reduce',
        wanted: (name) => WITH_GLOVES.test(name),
        look: async (page, name) => {
          await settled(page);
          screens += 1;
          const problems = await page.evaluate(tooSmall, NEEDED_PX);
          if (problems.length > 0) found[name] = problems;
        },
        complain: () => undefined,
      });
      expect(found).toEqual({});
      expect(screens).toBeGreaterThanOrEqual(45);
    },
  );
});
