import { afterEach, describe, expect, it, vi } from 'vitest';
import * as answers from '../../kiosk-ui/src/connection/answers.ts';
import { guard, type Shape } from '../../kiosk-ui/src/connection/guard.ts';
import { accepted } from '../../kiosk-ui/src/connection/http.ts';
import type { ErrorBody, SessionPage } from '../../src/protocol/http.ts';
import type { SettingsReply } from '../../src/protocol/settings.ts';

/** The path at which a value differs from a shape; `undefined` if it conforms. */
function pathIn(value: unknown, shape: Shape): string | undefined {
  let path: string | undefined;
  const conforms = guard(shape)(value, (at) => (path = at));
  expect(conforms).toBe(path === undefined);
  return path;
}

const PERSON: Shape = { object: { name: 'string', 'age?': 'number' } };
const EITHER: Shape = {
  anyOf: [
    { object: { done: { oneOf: [true] }, file: 'string' } },
    { object: { done: { oneOf: [false] }, reason: 'string', 'state?': { oneOf: ['a'] } } },
    { oneOf: [null] },
  ],
};

describe('a guard', () => {
  it.each([
    ['an object', { name: 'A' }, PERSON],
    ['an object with an optional field', { name: 'A', age: 4 }, PERSON],
    ['an object with a field that it does not know', { name: 'A', colour: 'red' }, PERSON],
    ['an optional field that is undefined', { name: 'A', age: undefined }, PERSON],
    ['an array', [{ name: 'A' }, { name: 'B' }], { array: PERSON }],
    ['an empty array', [], { array: PERSON }],
    ['a tuple', [1, 'a'], { tuple: ['number', 'string'] }],
    ['a record', { x: 1, y: 2 }, { record: 'number' }],
    ['the first alternative', { done: true, file: 'a' }, EITHER],
    ['the second alternative', { done: false, reason: 'a' }, EITHER],
    ['null as an alternative', null, EITHER],
    ['a listed string', 'b', { oneOf: ['a', 'b'] }],
    ['any value for unknown', null, 'unknown'],
  ] satisfies [string, unknown, Shape][])('accepts %s', (_, value, shape) => {
    expect(pathIn(value, shape)).toBeUndefined();
  });

  it.each([
    ['a missing field', {}, PERSON, '/name'],
    ['a field of another type', { name: 5 }, PERSON, '/name'],
    ['an optional field of another type', { name: 'A', age: '4' }, PERSON, '/age'],
    ['null for an optional field', { name: 'A', age: null }, PERSON, '/age'],
    ['null for an object', null, PERSON, '/'],
    ['an array for an object', [], PERSON, '/'],
    ['an object for an array', { 0: 'a' }, { array: 'string' }, '/'],
    [
      'an item of another type',
      { list: ['a', 'b', 3] },
      { object: { list: { array: 'string' } } },
      '/list/2',
    ],
    ['a tuple that is too short', [1], { tuple: ['number', 'string'] }, '/1'],
    ['a value of another type in a record', { x: 1, y: '2' }, { record: 'number' }, '/y'],
    ['a string that is not listed', 'c', { oneOf: ['a', 'b'] }, '/'],
    ['an alternative that lacks a field', { done: false, file: 'a' }, EITHER, '/reason'],
    ['no alternative', { done: 'yes' }, EITHER, '/'],
    ['a string for an alternative', 'a', EITHER, '/'],
    ['nothing', undefined, EITHER, '/'],
  ] satisfies [string, unknown, Shape, string][])('rejects %s and reports where', (_, value, shape, path) => {
    expect(pathIn(value, shape)).toBe(path);
  });
});

describe('the guards of the responses', () => {
  const error: ErrorBody = { error: { code: 'camera/lost', message: 'No camera.', cure: 'Connect it.' } };

  it('accept an unknown code, but no error without one', () => {
    expect(answers.isErrorBody({ error: { ...error.error, code: 'model/of-tomorrow' } })).toBe(true);
    expect(answers.isErrorBody({ error: { message: 'No camera.', cure: 'Connect it.' } })).toBe(false);
  });

  it('accept an unknown setting', () => {
    const entry = { value: 1, default: 1, by: 'default', variable: 'KIOSK_TOMORROW', choices: [1, 2] };
    const unlocked = { entries: [{ ...entry, setting: 'tomorrow' }], operatingPoints: [], dims: 'picture' };
    const snapshot = { pin: 'set', localScreen: true, waitMs: 0, unlocked };
    expect(answers.isSettingsReply({ ok: true, snapshot })).toBe(true);
    expect(answers.isSettingsReply({ ok: true })).toBe(false);
    const locked: SettingsReply = { ok: true, snapshot: { pin: 'set', localScreen: true, waitMs: 0 } };
    expect(answers.isSettingsReply(locked)).toBe(true);
  });

  it('all reject an empty object', () => {
    for (const [name, isAnswer] of Object.entries(answers)) {
      expect(isAnswer({}), name).toBe(false);
    }
  });
});

describe('a response that does not conform to docs/api', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const row: SessionPage['sessions'][number] = {
    ...{ id: 'a', number: 1, source: 'camera', openedAt: '2026-05-12T09:18:01Z', outcome: 'aborted' },
    disposition: 'unreviewed',
  };

  it('is rejected with a message, and the console names its path but not its value', () => {
    const console_ = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const answer = { sessions: [row, { ...row, number: 'Mrs Smith' }] };
    expect(accepted('/api/sessions', answers.isSessionPage, answer)).toEqual({
      ok: false,
      words: {
        message: 'The kiosk sent an answer this screen does not understand.',
        cure: 'Reload the page, or restart the kiosk.',
      },
    });
    expect(console_.mock.calls).toEqual([
      ['/api/sessions: the answer differs from docs/api at /sessions/1/number'],
    ]);
  });

  it('is accepted unchanged if it only has additional fields', () => {
    const answer = { sessions: [{ ...row, tomorrow: true }], total: 1 };
    expect(accepted('/api/sessions', answers.isSessionPage, answer)).toEqual({ ok: true, value: answer });
  });
});
