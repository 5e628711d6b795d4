import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axeFaultsOn, faultsOfLayoutOn, lightFaultsOn, settled, visit } from '../../kiosk-ui/dev/visit.mjs';
import type { ScreenName } from '../../kiosk-ui/src/state/screen-state.ts';
import { CODES } from '../../kiosk-ui/src/i18n/codes/codes.ts';
import { DICTIONARIES } from '../../kiosk-ui/src/i18n/translate.ts';
import { LANGUAGES } from '../../src/protocol/languages.ts';
import { sharedBrowser } from '../support/browser.ts';

/** Visits some three hundred screens. */
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
const OF_TECHNICIAN = /^(?:help-)?about|^self-test-details$|^detail-journal$/;

const SIZE = [800, 480] as const;
const LARGER = { width: 1280, height: 800 } as const;

describe('every screen', () => {
  const browserOf = sharedBrowser();

  it(
    'fits, has touch targets of sufficient size and passes axe at both display sizes, in every language',
    { timeout: WALK_MS },
    async (context) => {
      const browser = browserOf(context);
      const problems: string[] = [];
      const seen = new Set<string | null>();
      // What fits depends on the language, and is measured in each; what axe finds is the same in all.
      const look = async (page: Page, name: string, language: string, first: string): Promise<void> => {
        await settled(page);
        const screen = await page.getAttribute('body', 'data-screen');
        seen.add(screen);
        const found = [...(await faultsOfLayoutOn(page))];
        const word = ENGINEERS_WORDS.exec(await page.innerText('#app'))?.[0];
        if (word !== undefined && !OF_TECHNICIAN.test(name)) found.push(`says “${word}”`);
        if (language === first) found.push(...(await axeFaultsOn(page)), ...(await lightFaultsOn(page)));
        await page.setViewportSize(LARGER);
        found.push(...(await faultsOfLayoutOn(page)).map((problem) => `larger: ${problem}`));
        await page.setViewportSize({ width: SIZE[0], height: SIZE[1] });
        problems.push(...found.map((problem) => `${name} in ${language}: ${problem}`));
      };
      // A part of the screens each, opened in another language.
      await Promise.all(
        LANGUAGES.map((first, part) =>
          visit(browser, {
            ...{ language: first, languages: LANGUAGES, words: DICTIONARIES[first], codes: CODES[first] },
            ...{ size: SIZE, reducedMotion: 'reduce' },
            wanted: (name) => name === 'offline' || partOf(name) === part,
            look: (page, name, language) => look(page, name, language, first),
            complain: (problem) => {
              problems.push(problem);
            },
          }),
        ),
      );
      expect(problems).toEqual([]);
      expect([...seen].toSorted()).toEqual(Object.keys(SCREENS).toSorted());
    },
  );
});

/** Neighbours, which show nearly the same, in different parts. */
function partOf(name: string): number {
  const codes = Array.from(name, (letter) => letter.codePointAt(0) ?? 0);
  return codes.reduce((sum, code) => sum + code, 0) % LANGUAGES.length;
}
