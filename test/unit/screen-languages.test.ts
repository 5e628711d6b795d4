import { afterEach, describe, expect, it } from 'vitest';
import { day, when } from '../../kiosk-ui/src/format/dates.ts';
import { comparePercent, figure, fixed, percent } from '../../kiosk-ui/src/format/numbers.ts';
import { fieldName, outcomeLine } from '../../kiosk-ui/src/format/session-text.ts';
import { dispatch } from '../../kiosk-ui/src/state/state.ts';
import { CODES, wordsOf, wordsSent } from '../../kiosk-ui/src/i18n/codes/codes.ts';
import { EN } from '../../kiosk-ui/src/i18n/en.ts';
import { DICTIONARIES, t } from '../../kiosk-ui/src/i18n/translate.ts';
import { LANGUAGES, type Language } from '../../src/protocol/languages.ts';
import * as protocol from '../../src/protocol/percent.ts';
import { FAULTS } from '../../src/protocol/reasons.ts';
import { FakeView } from '../fakes/server-parts.ts';
import { keysUsed, literalsShown } from '../support/screen-source.ts';

const OTHERS = ['de', 'es', 'fr', 'pt'] as const;

/** The same in English and in these languages: foreign words, names, and shapes of what is filled in. */
const SAME: Readonly<Record<(typeof OTHERS)[number], readonly string[]>> = {
  de: [
    ...['statement.spoken', 'log.filter', 'outcome.because', 'detail.journal', 'fact.engine', 'fact.version'],
    ...['about.program', 'settings.enter', 'settings.group.pin'],
    ...['patient', 'site.sided', 'side.right.short', 'side.left.short'],
  ],
  es: [
    ...['statement.spoken', 'outcome.because', 'about.program', 'settings.enter', 'settings.group.pin'],
    ...['patient.no', 'site.sided'],
  ],
  fr: [
    ...['nav.pages', 'step.capturing', 'session', 'session.number', 'page.number', 'filter.count.one'],
    ...['filter.count.other', 'statistics.sessions', 'detail.journal', 'fact.version', 'fact.licence'],
    ...['settings.minutes.one', 'settings.minutes.other', 'patient', 'site.sided'],
    ...['detail.picture', 'settings.group.pictures'],
  ],
  pt: [
    ...['statement.spoken', 'outcome.because', 'about.program', 'settings.enter', 'settings.group.pin'],
    'site.sided',
  ],
};

/** Likewise, of the words by code. */
const SAME_CODES: Readonly<Record<(typeof OTHERS)[number], readonly string[]>> = {
  de: ['checks.engine'],
  es: ['classes.df', 'classes.mel', 'sites.abdomen'],
  fr: ['checks.picture', 'checks.versions', 'kinds.cancer', 'sites.abdomen'],
  pt: ['classes.df', 'classes.mel'],
};

afterEach(() => {
  speak('en');
});

describe.each(LANGUAGES)('the words in %s', (language) => {
  const words = flat(DICTIONARIES[language]);

  it('are there for every key of English, and for no other', () => {
    expect(Object.keys(DICTIONARIES[language])).toEqual(Object.keys(EN));
    expect(Object.entries(words).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('have the same things filled in as English', () => {
    const holes = (texts: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, holesOf(text)]));
    expect(holes(words)).toEqual(holes(flat(EN)));
  });

  it('are there for every code of the protocol', () => {
    const english = Object.keys(flat(CODES.en));
    const here = flat(CODES[language]);
    expect(
      Object.keys(here)
        .filter((key) => !key.startsWith('fields.'))
        .sort(),
    ).toEqual(english.sort());
    expect(Object.entries(here).filter(([, text]) => text.trim() === '')).toEqual([]);
  });
});

describe.each(OTHERS)('the translation into %s', (language) => {
  it('is one: only what is allowed to be is as in English', () => {
    const here = flat(DICTIONARIES[language]);
    const same = Object.entries(flat(EN)).filter(([key, text]) => here[key] === text);
    expect(same.map(([key]) => key).sort()).toEqual([...SAME[language]].sort());
    const codesHere = flat(CODES[language]);
    const sameCodes = Object.entries(flat(CODES.en)).filter(([key, text]) => codesHere[key] === text);
    expect(sameCodes.map(([key]) => key).sort()).toEqual([...SAME_CODES[language]].sort());
  });
});

describe('the source of the screen', () => {
  it('uses every key', () => {
    const used = keysUsed();
    expect(Object.keys(EN).filter((key) => !used(key))).toEqual([]);
  });

  it('shows no words that are not in the dictionary', () => {
    expect(literalsShown()).toEqual([]);
  });
});

describe('the language of the screen', () => {
  it('is that of the View, and changes with it', () => {
    expect(t('nav.log')).toBe('Log');
    speak('de');
    expect(t('nav.log')).toBe('Protokoll');
    expect(wordsOf('camera/lost').message).toBe('Keine Kamera.');
    expect(t('session.accepted', { number: 7 })).toBe('Sitzung 7 angenommen.');
    speak('fr');
    expect(t('nav.log')).toBe('Historique');
  });

  it('has a form for one and a form for several', () => {
    const said = LANGUAGES.map((language) => {
      speak(language);
      return [1, 2].map((count) => t('test.warnings', { count }));
    });
    expect(said).toEqual([
      ['1 warning', '2 warnings'],
      ['1 Warnung', '2 Warnungen'],
      ['1 aviso', '2 avisos'],
      ['1 alerte', '2 alertes'],
      ['1 aviso', '2 avisos'],
    ]);
  });

  it('is that of a refusal too, except for what only this refusal says', () => {
    const { message, cure } = FAULTS['picture/too-large'];
    const special = { code: 'picture/too-large', message, cure: 'Use a file of at most 5 MB.' };
    expect(wordsSent(special)).toEqual({ message, cure: special.cure });
    speak('de');
    expect(wordsSent(special)).toEqual({ message: 'Die Datei ist zu groß.', cure: special.cure });
    expect(wordsSent({ ...special, cure })).toEqual(CODES.de.reasons['picture/too-large']);
    expect(wordsSent({ code: 'model/of-tomorrow', message, cure })).toEqual({ message, cure });
  });

  it('names measured values by its own words, and by their English names where it has none', () => {
    speak('de');
    expect(fieldName('darkShare')).toBe('Dunkler Anteil');
    expect(fieldName('assess.burstDecode')).toBe('· Serie dekodieren');
    expect(fieldName('valueOfTomorrow')).toBe('Value of tomorrow');
  });
});

describe('numbers and dates', () => {
  it('are written as the language does', () => {
    const written = LANGUAGES.map((language) => {
      speak(language);
      return [percent(0.3167, 1), fixed(0.214, 2), figure(1280), when('2026-05-12T09:18:01Z', 'UTC')];
    });
    expect(written.map((row) => row.map(plain))).toEqual([
      ['31.7 %', '0.21', '1280', expect.stringMatching(/^12 May,? 09:18:01$/)],
      ['31,7 %', '0,21', '1280', expect.stringMatching(/^12\. Mai,? 09:18:01$/)],
      ['31,7 %', '0,21', '1280', expect.stringMatching(/^12 may,? 0?9:18:01$/)],
      ['31,7 %', '0,21', '1280', expect.stringMatching(/^12 mai,? 09:18:01$/)],
      ['31,7%', '0,21', '1280', expect.stringMatching(/^12 de mai\.,? 09:18:01$/)],
    ]);
  });

  it('have a day without its time', () => {
    expect(day('2026-02-03T04:05:06Z')).toBe('2026-02-03');
    speak('de');
    expect(day('2026-02-03T04:05:06Z')).toBe('03.02.2026');
  });

  it('have the digits of the protocol in every language', () => {
    for (const language of LANGUAGES) {
      speak(language);
      for (const value of [0, 0.0049, 0.316_999_99, 0.4996, 0.623, 0.9951, 1]) {
        const [here, there] = [comparePercent(value, 0.317), protocol.comparePercent(value, 0.317)];
        expect([digits(here.value), digits(here.threshold)]).toEqual([
          digits(there.value),
          digits(there.threshold),
        ]);
      }
    }
  });

  it('are in the line of the log', () => {
    speak('pt');
    const row = { id: 'a', number: 1, source: 'camera', openedAt: '', disposition: 'unreviewed' } as const;
    expect(
      outcomeLine({ ...row, outcome: 'result', malignancy: 0.4996, threshold: 0.5, statement: 'below' }).text,
    ).toBe('49,96% · abaixo do limiar');
    speak('fr');
    expect(outcomeLine({ ...row, outcome: 'retake', reason: 'too-blurred' }).text).toBe(
      'À refaire\u00a0: Trop flou',
    );
  });
});

function speak(language: Language): void {
  dispatch({ type: 'view', view: { ...new FakeView().current(), language } });
}

/** Every text with the path to it. */
function flat(value: object, path = ''): Record<string, string> {
  const entries = Object.entries(value).flatMap(([key, inner]: [string, unknown]): [string, string][] => {
    if (typeof inner === 'string') return [[`${path}${key}`, inner]];
    return typeof inner === 'object' && inner !== null ? Object.entries(flat(inner, `${path}${key}.`)) : [];
  });
  return Object.fromEntries(entries);
}

function holesOf(text: string): readonly string[] {
  return [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();
}

/** Whatever the breadth of a space that does not break. */
function plain(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/g, ' ');
}

function digits(text: string): string {
  return text.replaceAll(/[^\d<>]/g, '');
}
