import { describe, expect, it } from 'vitest';
import { wordsIn } from '../support/words.ts';

describe('the screen texts for browser tests', () => {
  const { say, key } = wordsIn('de');

  it('are looked up in English and returned in the language of the screen', () => {
    expect(say('Log')).toBe('Protokoll');
    expect(say('Ulcerated or bleeding')).toBe('Ulzeriert oder blutend');
    expect(say('This is not a valid patient reference.')).toBe('Dies ist keine gültige Patientenkennung.');
    expect(key('ready.capture')).toBe('Aufnehmen');
    expect(wordsIn('en').say('Log')).toBe('Log');
  });

  it('include counts, with the right plural form', () => {
    expect(say('Show {count} sessions', { count: 2 })).toBe('2 Sitzungen zeigen');
    expect(say('Show {count} sessions', { count: 1 })).toBe('1 Sitzung zeigen');
    expect(() => say('Show {count} sessions')).toThrow('needs a value for {count}');
  });

  it('are rejected if the text is unknown or ambiguous', () => {
    expect(() => say('Lgo')).toThrow('The screen never says “Lgo”.');
    expect(() => say('Next')).toThrow(
      '“Next” may be page.next, patient.next, guide.next, settings.next: name the key.',
    );
    expect(() => key('nav.lgo')).toThrow('nav.lgo');
  });
});
