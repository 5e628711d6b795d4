import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HELP } from '../../kiosk-ui/src/i18n/help/help.ts';
import { HELP_OF } from '../../kiosk-ui/src/i18n/help/of-screen.ts';
import { HELP_KEYS, type HelpTopic } from '../../kiosk-ui/src/i18n/help/topics.ts';
import { LANGUAGES } from '../../src/protocol/languages.ts';

const SCREENS = join(import.meta.dirname, '..', '..', 'kiosk-ui', 'src', 'screens');
const SOURCES = readdirSync(SCREENS).map(
  (file) => [file, readFileSync(join(SCREENS, file), 'utf8')] as const,
);

/** Any touch leaves it. */
const WITHOUT = ['privacy.tsx'];

/** Characters that fit the smallest screen with every other part of the page. */
const MOST = 135;

describe('the help', () => {
  it('is one touch away on every screen', () => {
    const screens = SOURCES.filter(([, source]) => /<main\b/.test(source));
    const missing = screens.filter(
      ([file, source]) => !/<(?:PageHead|HelpButton|FrozenImage)\b/.test(source) && !WITHOUT.includes(file),
    );
    // The live screen has the key on its image, a result beside its caption, the others in their head.
    expect(missing.map(([file]) => file)).toEqual([]);
    expect(screens.length).toBeGreaterThan(20);
  });

  it('has no page that nothing opens', () => {
    const opened = new Set<string>(Object.values(HELP_OF));
    const folders = [SCREENS, join(SCREENS, '..', 'components')];
    for (const folder of folders)
      for (const file of readdirSync(folder))
        for (const [, topic = ''] of readFileSync(join(folder, file), 'utf8').matchAll(/\bhelp="([\w-]+)"/g))
          opened.add(topic);
    expect(Object.keys(HELP_KEYS).filter((topic) => !opened.has(topic))).toEqual([]);
  });

  it.for(LANGUAGES)('says what each screen shows, what its keys do and what to do, in %s', (language) => {
    for (const topic of Object.keys(HELP_KEYS) as HelpTopic[]) {
      const { shows, keys, cases } = HELP[language][topic];
      const texts = [shows, ...Object.values<string>(keys), ...cases.flat()];
      expect(cases.length, topic).toBeGreaterThan(0);
      expect(
        texts.filter((text) => text.trim() === '' || text.length > MOST),
        topic,
      ).toEqual([]);
    }
  });

  it.for(LANGUAGES.filter((language) => language !== 'en'))('is translated into %s', (language) => {
    for (const topic of Object.keys(HELP_KEYS) as HelpTopic[])
      expect(HELP[language][topic].shows, topic).not.toBe(HELP.en[topic].shows);
  });
});
