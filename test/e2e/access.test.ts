import { describe, expect, it } from 'vitest';
import { faultsOfLayoutOn, faultsOn, lightFaultsOn, settled, visit } from '../../kiosk-ui/dev/visit.mjs';
import type { ScreenName } from '../../kiosk-ui/src/state/screen-state.ts';
import { CODES } from '../../kiosk-ui/src/i18n/codes/codes.ts';
import { DICTIONARIES } from '../../kiosk-ui/src/i18n/translate.ts';
import { LANGUAGES } from '../../src/protocol/languages.ts';
import { sharedBrowser } from '../support/browser.ts';

/** Visits some two hundred screens. */
const WALK_MS = 900_000;

/** Every full screen there is: the test must have visited each one. */
const SCREENS: Readonly<Record<ScreenName, true>> = {
  ...{ offline: true, privacy: true, ready: true, capturing: true, checking: true, classifying: true },
  ...{
    asking: true,
    opinion: true,
    retake: true,
    fault: true,
    result: true,
    withheld: true,
    patient: true,
    patients: true,
    lesion: true,
  },
  ...{ upload: true, log: true, about: true, 'self-test': true, settings: true },
  ...{ menu: true, language: true, guide: true, practice: true },
};

/** Names of drivers and engines. */
const ENGINEERS_WORDS = /tfjs|onnxruntime|gpiod|onoff|gpio\b|v4l2|libcamera|gstreamer|\bvirtual\b/i;
/** The technician's: what the service found is in its own words on About, and behind *Details* of the self-test. */
const OF_TECHNICIAN = /^(?:help-)?about|^self-test-details$/;

const SIZE = [800, 480] as const;
const LARGER = { width: 1280, height: 800 } as const;

describe.concurrent('every screen', () => {
  const browserOf = sharedBrowser();

  it.for(LANGUAGES)(
    'fits, has touch targets of sufficient size at both display sizes, and passes axe, in %s',
    { timeout: WALK_MS },
    async (language, context) => {
      const browser = browserOf(context);
      const problems: string[] = [];
      const seen = new Set<string | null>();
      await visit(browser, {
        ...{ language, words: DICTIONARIES[language], codes: CODES[language], size: SIZE },
        reducedMotion: 'reduce',
        look: async (page, name) => {
          await settled(page);
          const screen = await page.getAttribute('body', 'data-screen');
          seen.add(screen);
          const word = ENGINEERS_WORDS.exec(await page.innerText('#app'))?.[0];
          if (word !== undefined && !OF_TECHNICIAN.test(name)) problems.push(`${name}: says “${word}”`);
          // axe takes longest; what it finds is the same in every language.
          const found =
            language === 'en'
              ? [...(await faultsOn(page)), ...(await lightFaultsOn(page))]
              : await faultsOfLayoutOn(page);
          await page.setViewportSize(LARGER);
          const larger = (await faultsOfLayoutOn(page)).map((problem) => `larger: ${problem}`);
          await page.setViewportSize({ width: SIZE[0], height: SIZE[1] });
          problems.push(...[...found, ...larger].map((problem) => `${name}: ${problem}`));
        },
        complain: (problem) => {
          problems.push(problem);
        },
      });
      expect(problems).toEqual([]);
      expect([...seen].toSorted()).toEqual(Object.keys(SCREENS).toSorted());
    },
  );
});
