import { afterEach, describe, expect, it } from 'vitest';
import { cureSent } from '../../kiosk-ui/src/i18n/codes/codes.ts';
import { dispatch } from '../../kiosk-ui/src/state/state.ts';
import { checkOf } from '../../src/diagnostics/check.ts';
import { BOARD_WARNINGS } from '../../src/protocol/board.ts';
import { CHECK_CURES, type CureCode } from '../../src/protocol/diagnostics.ts';
import { LANGUAGES, type Language } from '../../src/protocol/languages.ts';
import { FAULTS, GATE_REASONS } from '../../src/protocol/reasons.ts';
import { FakeView } from '../fakes/server-parts.ts';

const CODES = Object.keys({ ...CHECK_CURES, ...BOARD_WARNINGS, ...FAULTS, ...GATE_REASONS }) as CureCode[];

const cured = (code: CureCode) => checkOf('camera', 'failed', 'nothing', code);

describe('the cure of a failed check', () => {
  afterEach(() => {
    setLanguage('en');
  });

  it('is sent in English, with its code', () => {
    expect(cured('clock-unset')).toMatchObject({ cureCode: 'clock-unset', cure: CHECK_CURES['clock-unset'] });
    expect(cured('camera/lost').cure).toBe(FAULTS['camera/lost'].cure);
    expect(cured('too-dark').cure).toBe(GATE_REASONS['too-dark'].cure);
    expect(cured('hot').cure).toBe(BOARD_WARNINGS.hot.cure);
    expect(checkOf('camera', 'ok', 'well')).not.toHaveProperty('cure');
  });

  it.each(LANGUAGES.filter((one) => one !== 'en'))(
    'is translated into the language of the screen (%s), for every code',
    (one) => {
      setLanguage(one);
      const english = CODES.filter((code) => cureSent(cured(code)) === cured(code).cure);
      expect(english).toEqual([]);
    },
  );

  it('is shown as sent if the code is unknown to the screen or missing', () => {
    setLanguage('de');
    expect(cureSent({ cure: 'Turn it round.', cureCode: 'of-tomorrow' as CureCode })).toBe('Turn it round.');
    expect(cureSent({ cure: 'Set KIOSK_BUTTON.' })).toBe('Set KIOSK_BUTTON.');
    setLanguage('en');
    expect(cureSent(cured('lamp-failed'))).toBe(CHECK_CURES['lamp-failed']);
  });
});

function setLanguage(language: Language): void {
  dispatch({ type: 'view', view: { ...new FakeView().current(), language } });
}
