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

/** Texts that are the same in English and in these languages: loanwords, names and mere placeholders. */
const SAME: Readonly<Record<(typeof OTHERS)[number], readonly string[]>> = {
  de: [
    ...['statement.spoken', 'log.filter', 'outcome.because', 'detail.journal', 'fact.engine', 'fact.version'],
    ...['about.program', 'settings.enter', 'settings.group.pin'],
    ...['patient', 'site.sided', 'side.right.short', 'side.left.short', 'drive.size', 'driver.v4l2'],
    ...['settings.text.normal', 'test.details'],
  ],
  es: [
    ...['statement.spoken', 'outcome.because', 'about.program', 'settings.enter', 'settings.group.pin'],
    ...['patient.no', 'site.sided', 'drive.size', 'driver.v4l2', 'settings.text.normal'],
  ],
  fr: [
    ...[
      'nav.pages',
      'page.number',
      'step.capturing',
      'session',
      'session.number',
      'filter.count.one',
      'filter.source',
    ],
    ...['filter.count.other', 'statistics.sessions', 'detail.journal', 'fact.version', 'fact.licence'],
    ...['settings.minutes.one', 'settings.minutes.other', 'patient', 'site.sided'],
    ...['detail.picture', 'settings.group.pictures', 'operators.badge'],
    ...['patients', 'patients.sessions.one', 'patients.sessions.other', 'nav.menu', 'driver.v4l2'],
    'test.plain.power',
  ],
  pt: [
    ...['statement.spoken', 'outcome.because', 'about.program', 'settings.enter', 'settings.group.pin'],
    ...['site.sided', 'drive.size', 'log.searched', 'nav.menu', 'driver.v4l2', 'settings.text.normal'],
  ],
};

/** Likewise for the texts by code. */
const SAME_CODES: Readonly<Record<(typeof OTHERS)[number], readonly string[]>> = {
  de: ['checks.engine'],
  es: ['classes.df', 'classes.mel', 'sites.abdomen'],
  fr: ['checks.picture', 'checks.versions', 'sites.abdomen', 'tags.bcc', 'tags.mel'],
  pt: ['classes.df', 'classes.mel'],
};

afterEach(() => {
  setLanguage('en');
});

describe.each(LANGUAGES)('the texts in %s', (language) => {
  const words = flat(DICTIONARIES[language]);

  it('have the same keys as in English', () => {
    expect(Object.keys(DICTIONARIES[language])).toEqual(Object.keys(EN));
    expect(Object.entries(words).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('have the same placeholders as in English', () => {
    const placeholders = (texts: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, placeholdersOf(text)]));
    expect(placeholders(words)).toEqual(placeholders(flat(EN)));
  });

  it('exist for every code of the protocol', () => {
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
  it('differs from English except where allowed', () => {
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

  it('shows no text that is not in the dictionary', () => {
    expect(literalsShown()).toEqual([]);
  });
});

describe('the language of the screen', () => {
  it('follows the view', () => {
    expect(t('nav.log')).toBe('Log');
    setLanguage('de');
    expect(t('nav.log')).toBe('Protokoll');
    expect(wordsOf('camera/lost').message).toBe('Keine Kamera.');
    expect(t('session.accepted', { number: 7 })).toBe('Sitzung 7 angenommen.');
    setLanguage('fr');
    expect(t('nav.log')).toBe('Historique');
  });

  it('has a singular and a plural form', () => {
    const texts = LANGUAGES.map((language) => {
      setLanguage(language);
      return [1, 2].map((count) => t('test.warnings', { count }));
    });
    expect(texts).toEqual([
      ['1 warning', '2 warnings'],
      ['1 Warnung', '2 Warnungen'],
      ['1 aviso', '2 avisos'],
      ['1 alerte', '2 alertes'],
      ['1 aviso', '2 avisos'],
    ]);
  });

  it('applies to errors too, except for a cure specific to one error', () => {
    const { message, cure } = FAULTS['picture/too-large'];
    const special = { code: 'picture/too-large', message, cure: 'Use a file of at most 5 MB.' };
    expect(wordsSent(special)).toEqual({ message, cure: special.cure });
    setLanguage('de');
    expect(wordsSent(special)).toEqual({ message: 'Die Datei ist zu groß.', cure: special.cure });
    expect(wordsSent({ ...special, cure })).toEqual(CODES.de.reasons['picture/too-large']);
    expect(wordsSent({ code: 'model/of-tomorrow', message, cure })).toEqual({ message, cure });
  });

  it('translates the names of measured values, or derives English names from unknown fields', () => {
    setLanguage('de');
    expect(fieldName('darkShare')).toBe('Dunkler Anteil');
    expect(fieldName('assess.burstDecode')).toBe('· Serie dekodieren');
    expect(fieldName('valueOfTomorrow')).toBe('Value of tomorrow');
  });
});

describe('numbers and dates', () => {
  it('are formatted for the language', () => {
    const written = LANGUAGES.map((language) => {
      setLanguage(language);
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

  it('can be a day without a time', () => {
    expect(day('2026-02-03T04:05:06Z')).toBe('2026-02-03');
    setLanguage('de');
    expect(day('2026-02-03T04:05:06Z')).toBe('03.02.2026');
  });

  it('have the same digits as the protocol in every language', () => {
    for (const language of LANGUAGES) {
      setLanguage(language);
      for (const value of [0, 0.0049, 0.316_999_99, 0.4996, 0.623, 0.9951, 1]) {
        const [here, there] = [comparePercent(value, 0.317), protocol.comparePercent(value, 0.317)];
        expect([digits(here.value), digits(here.threshold)]).toEqual([
          digits(there.value),
          digits(there.threshold),
        ]);
      }
    }
  });

  it('are formatted in a line of the log', () => {
    setLanguage('pt');
    const row = { id: 'a', number: 1, source: 'camera', openedAt: '', disposition: 'unreviewed' } as const;
    expect(
      outcomeLine({ ...row, outcome: 'result', malignancy: 0.4996, threshold: 0.5, statement: 'below' }).text,
    ).toBe('49,96% · abaixo do limiar');
    setLanguage('fr');
    expect(outcomeLine({ ...row, outcome: 'retake', reason: 'too-blurred' }).text).toBe(
      'À refaire\u00a0: Trop flou',
    );
  });
});

function setLanguage(language: Language): void {
  dispatch({ type: 'view', view: { ...new FakeView().current(), language } });
}

/** Every text by its path. */
function flat(value: object, path = ''): Record<string, string> {
  const entries = Object.entries(value).flatMap(([key, inner]: [string, unknown]): [string, string][] => {
    if (typeof inner === 'string') return [[`${path}${key}`, inner]];
    return typeof inner === 'object' && inner !== null ? Object.entries(flat(inner, `${path}${key}.`)) : [];
  });
  return Object.fromEntries(entries);
}

function placeholdersOf(text: string): readonly string[] {
  return [...text.matchAll(/\{\w+\}/g)].map(([placeholder]) => placeholder).sort();
}

/** With ordinary spaces for non-breaking ones. */
function plain(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/g, ' ');
}

function digits(text: string): string {
  return text.replaceAll(/[^\d<>]/g, '');
}
