import { afterEach, describe, expect, it } from 'vitest';
import { percentInterval } from '../../kiosk-ui/src/format/interval.ts';
import { HELP } from '../../kiosk-ui/src/i18n/help/help.ts';
import { CODES, tagOf } from '../../kiosk-ui/src/i18n/codes/codes.ts';
import { DICTIONARIES } from '../../kiosk-ui/src/i18n/translate.ts';
import { dispatch } from '../../kiosk-ui/src/state/state.ts';
import { CLASS_IDS, LESION_CLASSES } from '../../src/protocol/classes.ts';
import { LANGUAGES, type Language } from '../../src/protocol/languages.ts';
import { FakeView } from '../fakes/server-parts.ts';

/** Terms that were wrong or misleading on the screen; docs/glossary.md has those to use instead. */
const BANNED: Readonly<Record<Language, readonly RegExp[]>> = {
  en: [/tilt the head/i, /contra-indicat/i, /part the hair/i, /\bclinics?\b/i],
  de: [
    ...[/kiosk/i, /zurückgehalten/i, /ausgang/i, /schwelle zur überweisung/i, /arzturteil|ärzt/i],
    ...[/scheiteln/i, /den kopf/i, /nächsten druck/i, /abmelden/i, /wie heißt/i, /\bklinik(?:en)?\b/i],
    ...[/patient (?:löschen|entfernen)/i, /evidenz/i],
  ],
  es: [
    ...[/kiosco|quiosco/i, /\bno indicad/i, /desenlace/i, /\bcalor\b(?<!mapa de calor)/i, /la clínica\b/i],
    ...[/pulsador/i, /(?:incline|inclinar) la cabeza/i, /(?:quitar|eliminar|borrar) (?:al )?paciente/i],
    ...[
      /punto de trabajo/i,
      /cómo se llama/i,
      /\bel clínico|del clínico|al clínico/i,
      /espinilla/i,
      /evidencia/i,
    ],
  ],
  fr: [
    ...[/kiosque|\bborne\b/i, /non indiqué/i, /\bissue\b/i, /\bchaleur\b(?<!carte de chaleur)/i],
    ...[/la clinique/i, /inclinez la tête/i, /point de travail/i, /comment s’appelle/i, /évidence/i],
    ...[/(?:retirer|supprimer|effacer) le patient/i, /pas de réponse/i, /précancer\b/i, /\blibérer\b/i],
  ],
  pt: [
    ...[/quiosque/i, /não indicado/i, /desfecho/i, /\bcalor\b(?<!mapa de calor)/i, /a clínica\b/i],
    ...[/\bo clínico|do clínico|ao clínico/i, /incline a cabeça/i, /ponto de trabalho/i, /como se chama/i],
    ...[/(?:remover|excluir|apagar) (?:o )?paciente/i, /evidência/i, /pré-câncer/i],
    // European Portuguese: the texts are Brazilian.
    ...[/\becrã/i, /\bficheiro/i, /\bcâmara/i, /a carregar/i],
  ],
};

/** Commands and settings are the same in every language. */
const FIXED = /kiosk (?:doctor|pin reset)|KIOSK_\w+/g;

/** Adjectives that say the same: a class has one of them, in its name or in its tag. */
const BENIGN = /b[eé]n[ií]g|bénin|gutartig/gi;

afterEach(() => {
  speak('en');
});

describe.each(LANGUAGES)('the terms in %s', (language) => {
  const texts = textsIn([DICTIONARIES[language], CODES[language], HELP[language]]);

  it('are those of the glossary', () => {
    const wrong = texts.filter((text) =>
      BANNED[language].some((term) => term.test(text.replaceAll(FIXED, '').replaceAll('\u00ad', ''))),
    );
    expect(wrong).toEqual([]);
  });

  it('call a class benign once, in its name or after it', () => {
    speak(language);
    for (const id of CLASS_IDS) {
      const name = CODES[language].classes[id];
      const line = `${name} ${tagOf(id) ?? ''}`;
      expect([line, line.match(BENIGN)?.length ?? 0]).toEqual([
        line,
        LESION_CLASSES[id].kind === 'benign' ? 1 : 0,
      ]);
      const words = line.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
      expect(words).toEqual([...new Set(words)]);
    }
  });

  it('write a per cent sign as the numbers do', () => {
    speak(language);
    const space = language === 'pt' ? '' : '\u00a0';
    expect(percentInterval({ low: 0.8, high: 0.93 })).toMatch(new RegExp(`^80[.,]?0?–93[.,]?0?${space}%$`));
    const signs = texts.flatMap((text) => text.match(/.%/gu) ?? []);
    expect(signs.length).toBeGreaterThan(0);
    expect(
      signs.filter((sign) => !new RegExp(language === 'pt' ? /^\d%/ : /^[\u00a0-]%/).test(sign)),
    ).toEqual([]);
  });
});

function speak(language: Language): void {
  dispatch({ type: 'view', view: { ...new FakeView().current(), language } });
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
