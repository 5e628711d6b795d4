import { describe, expect, it } from 'vitest';
import { conditionsOf } from '../../kiosk-ui/src/format/conditions.ts';
import { changeInterval, shapeInterval, signedPercent, sizeWords } from '../../kiosk-ui/src/format/change.ts';
import { when } from '../../kiosk-ui/src/format/dates.ts';
import { figure } from '../../kiosk-ui/src/format/numbers.ts';
import { differential } from '../../src/protocol/differential.ts';
import { fieldName, outcomeLine, shortHash } from '../../kiosk-ui/src/format/session-text.ts';
import { wordsOf } from '../../kiosk-ui/src/i18n/codes/codes.ts';
import type { SessionSummary } from '../../src/protocol/http.ts';
import { FAULTS, RETAKE_REASONS, WITHHELD_REASONS } from '../../src/protocol/reasons.ts';
import type { View } from '../../src/protocol/view.ts';

describe('the conditions on the screen', () => {
  it('are none if every part works', () => {
    expect(conditionsOf(calm())).toEqual([]);
  });

  it.each([
    [{ camera: { state: 'lost', driver: 'v4l2', simulated: false } }, 'NO CAMERA'],
    [{ camera: { state: 'stalled', driver: 'v4l2', simulated: false } }, 'CAMERA STALLED'],
    [{ camera: { state: 'starting', driver: 'v4l2', simulated: false } }, 'CAMERA STARTING'],
    [{ camera: { state: 'stopped', driver: 'v4l2', simulated: false } }, 'CAMERA PAUSED'],
    [{ model: { state: 'none', reason: 'wrong hash' } }, 'NO MODEL'],
    [{ model: { state: 'loading' } }, 'MODEL LOADING'],
    [{ storage: { state: 'failed', code: 'store/full' } }, 'STORAGE FULL'],
    [{ storage: { state: 'failed', code: 'store/read-only' } }, 'STORAGE READ-ONLY'],
    [{ storage: { state: 'failed', code: 'store/failed' } }, 'STORAGE FAILED'],
    [{ button: { driver: 'onoff', state: 'touch-only' } }, 'TOUCH ONLY'],
    [{ button: { driver: 'onoff', state: 'stuck' } }, 'BUTTON STUCK'],
    [{ board: { warnings: ['under-voltage', 'throttled'] } }, 'LOW VOLTAGE'],
    [{ board: { warnings: ['hot'] } }, 'OVERHEATING'],
    [{ board: { warnings: ['throttled'] } }, 'THROTTLED'],
  ] satisfies [Partial<View>, string][])('show %j as %s', (parts, title) => {
    expect(conditionsOf({ ...calm(), ...parts }).map((condition) => condition.title)).toEqual([title]);
  });

  it('are sorted by severity', () => {
    const conditions = conditionsOf({
      ...calm(),
      button: { driver: 'onoff', state: 'touch-only', reason: 'no permission' },
      model: { state: 'loading' },
      storage: { state: 'failed', code: 'store/full' },
    });
    expect(conditions.map(({ weight }) => weight)).toEqual(['blocked', 'waiting', 'warning']);
    // What a driver reports is in its own words, in English: About shows it.
    expect(JSON.stringify(conditions)).not.toContain('no permission');
  });
});

describe('the text of a reason', () => {
  it('exists for every reason and fault of the protocol', () => {
    for (const [code, words] of Object.entries({ ...RETAKE_REASONS, ...WITHHELD_REASONS, ...FAULTS })) {
      expect(wordsOf(code)).toBe(words);
    }
  });

  it('is that of an internal error for an unknown code', () => {
    expect(wordsOf('model/of-tomorrow')).toBe(FAULTS['internal/error']);
    expect(wordsOf(undefined)).toBe(FAULTS['internal/error']);
  });
});

describe('a line of the log', () => {
  const row = {
    id: 'a',
    number: 1,
    source: 'camera',
    openedAt: '2026-05-12T09:18:01Z',
    disposition: 'unreviewed',
  } as const;

  it.each([
    [
      { ...row, outcome: 'result', malignancy: 0.4996, threshold: 0.5, statement: 'below' },
      'below',
      '49.96\u00a0% · below threshold',
    ],
    [{ ...row, outcome: 'retake', reason: 'too-blurred' }, 'retake', 'Retake: Too blurred'],
    [{ ...row, outcome: 'withheld', reason: 'unsure' }, 'withheld', 'Withheld: The model is unsure'],
    [
      { ...row, outcome: 'fault', reason: 'inference/died' },
      'fault',
      'Fault: The analysis stopped unexpectedly',
    ],
    [{ ...row, outcome: 'aborted' }, 'fault', 'Aborted before a result'],
  ] satisfies [SessionSummary, string, string][])('shows %j as %s, %s', (session, mark, text) => {
    expect(outcomeLine(session)).toEqual({ mark, text });
  });

  it('has the local time, to the second', () => {
    expect(when('2026-05-12T09:18:01Z', 'UTC')).toMatch(/^12 May,? 09:18:01$/);
  });

  it('shows an invalid time unchanged', () => {
    expect(when('yesterday')).toBe('yesterday');
  });
});

describe('the change of a lesion', () => {
  it.each([
    [{ percent: 21, low: 6, high: 37 }, 'Larger', '+21\u00a0%', '+6\u00a0% to +37\u00a0%'],
    [{ percent: -12.4, low: -20, high: -3 }, 'Smaller', '−12\u00a0%', '−20\u00a0% to −3\u00a0%'],
    [{ percent: 0.3, low: -9, high: 11 }, 'No measurable change', '0\u00a0%', '−9\u00a0% to +11\u00a0%'],
    // If an end rounds to zero, the word still follows the exact value.
    [{ percent: 9, low: 0.2, high: 19 }, 'Larger', '+9\u00a0%', '0\u00a0% to +19\u00a0%'],
  ])('is described by its interval: %j', (change, word, value, between) => {
    expect(sizeWords(change)).toBe(word);
    expect(signedPercent(change.percent)).toBe(value);
    expect(changeInterval(change)).toBe(between);
  });

  it('has no sign if it cannot be negative', () => {
    expect(shapeInterval({ percent: 4, low: 0, high: 9.6 })).toBe('0\u00a0% to 10\u00a0%');
  });
});

describe('a differential from probabilities', () => {
  it('is sorted, the more severe class first on a tie', () => {
    const shares = differential({ akiec: 0.1, bcc: 0.1, bkl: 0.1, df: 0.1, mel: 0.1, nv: 0.4, vasc: 0.1 });
    expect(shares.map(({ id }) => id)).toEqual(['nv', 'mel', 'bcc', 'akiec', 'vasc', 'bkl', 'df']);
    expect(shares[1]).toMatchObject({ name: 'Melanoma', kind: 'cancer', mark: 'cancer', probability: 0.1 });
  });
});

describe('the formatting of details', () => {
  it('shortens a hash for comparison by eye', () => {
    expect(shortHash('0123456789abcdef'.repeat(4))).toBe('01234567…cdef');
    expect(shortHash('short')).toBe('short');
  });

  it('derives a name from a field', () => {
    expect(fieldName('darkShare')).toBe('Dark share');
    expect(fieldName('captureMs')).toBe('Capture');
    expect(fieldName('assess.burstDecode')).toBe('· burst decode');
  });

  it('keeps three significant digits', () => {
    expect(figure(0.06123)).toBe('0.0612');
    expect(figure(141.26)).toBe('141');
    expect(figure(1280)).toBe('1280');
  });
});

function calm(): View {
  return {
    revision: 1,
    bootId: 'boot',
    camera: { state: 'live', driver: 'phantom', simulated: true },
    button: { driver: 'virtual', state: 'ready' },
    model: {
      state: 'ready',
      name: 'seed-cnn',
      version: '1.0.0',
      sha256: 'ab',
      engine: 'onnxruntime',
      threshold: 0.3,
    },
    storage: { state: 'ok' },
    board: { warnings: [] },
    session: { state: 'ready' },
    sound: true,
    idle: false,
    language: 'en',
    brightness: 100,
    theme: { mode: 'dark', lightFrom: 7, lightUntil: 19 },
    textSize: 'normal',
  };
}
