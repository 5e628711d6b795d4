import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { variableOf } from '../../src/config/load.ts';
import { ConfigSchema } from '../../src/config/schema.ts';
import { cureOf, KioskError } from '../../src/lib/errors.ts';
import { CURE_IN_MESSAGE, ERRORS, isErrorCode, type ErrorCode } from '../../src/protocol/error-codes.ts';
import { FAULTS } from '../../src/protocol/reasons.ts';
import { find, serviceSource, textsOf } from '../support/service-source.ts';

/** The strings in an expression, also within an assertion, or in the constant of the same file that it names. */
function codesOf(argument: ts.Expression, file: ts.SourceFile): readonly string[] {
  if (ts.isAsExpression(argument)) return codesOf(argument.expression, file);
  if (!ts.isIdentifier(argument)) return textsOf(argument);
  return find(file, ts.isVariableDeclaration)
    .filter(({ name, initializer }) => name.getText() === argument.text && initializer !== undefined)
    .flatMap(({ initializer }) => textsOf(initializer!));
}

/** The literal codes of created errors, and those with which the state machine ends a session. */
function raised(source: readonly ts.SourceFile[]): readonly string[] {
  return source.flatMap((file) => [
    ...find(file, ts.isNewExpression)
      .filter(({ expression }) => ['KioskError', 'HttpError'].includes(expression.getText()))
      .flatMap(({ arguments: [code] = [] }) => (code === undefined ? [] : codesOf(code, file))),
    ...find(file, ts.isCallExpression)
      .filter(
        ({ expression }) => file.fileName === 'src/session/machine.ts' && expression.getText() === 'failed',
      )
      .flatMap(({ arguments: [, , code] }) => (code === undefined ? [] : textsOf(code))),
  ]);
}

const CODES = Object.keys(ERRORS) as ErrorCode[];

describe('the error codes', () => {
  const codes = new Set(raised(serviceSource()));

  it('are each raised somewhere', () => {
    expect(CODES.filter((code) => !codes.has(code))).toEqual([]);
  });

  it('are all in the table', () => {
    expect([...codes].filter((code) => !isErrorCode(code))).toEqual([]);
  });

  it('do not compile if they are not in the table', () => {
    // @ts-expect-error -- no such code
    expect(new KioskError('camera/upside-down', '').code).toBe('camera/upside-down');
  });

  it('include those that the screen shows, with the same texts', () => {
    expect(ERRORS).toMatchObject(FAULTS);
  });

  it.each(CODES)('have a message and a cure, in sentences: %s', (code) => {
    for (const text of [ERRORS[code].message, ERRORS[code].cure]) expect(text).toMatch(/^\p{Lu}.*\.$/u);
  });
});

describe('the cure of an error', () => {
  it('names only settings that exist', () => {
    const settings = Object.keys(ConfigSchema.properties).map(variableOf);
    const named = CODES.flatMap((code) => ERRORS[code].cure.match(/KIOSK_[A-Z_]+/g) ?? []);
    expect(named).toContain('KIOSK_DATA_DIR');
    expect(named.filter((name) => !settings.includes(name))).toEqual([]);
  });

  it('is that of its code', () => {
    expect(cureOf(new KioskError('store/in-use', 'taken'))).toBe(ERRORS['store/in-use'].cure);
  });

  it('is not repeated if the message contains it', () => {
    const cures = [...CURE_IN_MESSAGE].map((code) => cureOf(new KioskError(code, 'do this')));
    expect(cures).toEqual([...CURE_IN_MESSAGE].map(() => undefined));
  });

  it('is unknown for an error that is not ours', () => {
    expect(cureOf(new Error('odd'))).toBeUndefined();
  });
});
