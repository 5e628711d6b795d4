import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ALONE } from '../alone.ts';

const root = join(import.meta.dirname, '..', '..');

const testFiles = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => join('test', name));

function parsed(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
}

/** An upper limit on a duration by the clock of this machine. */
const MEASURED = /expect\([^;]*\b(?:systemClock\.monotonic|performance\.now|Date\.now)\(\)[^;]*\.toBeLess/;

/** A fixed port of a server or a kiosk; 0 picks a free one. */
const FIXED_PORT = /\blisten\([1-9]|KioskProcess\.start\w*\([^;]*KIOSK_PORT: '[1-9]/;

describe('a test file', () => {
  it.each(ALONE)('that runs alone exists: %s', (file) => {
    expect(testFiles).toContain(file);
  });

  it('runs alone if it measures durations', () => {
    const measuring = testFiles.filter((file) => MEASURED.test(readFileSync(join(root, file), 'utf8')));
    expect(
      measuring.filter((file) => !/^test\/(?:board|proofs)\//.test(file) && !ALONE.includes(file)),
    ).toEqual([]);
    expect(measuring).not.toEqual([]);
  });

  it('uses no fixed port', () => {
    const sources = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /^(?:unit|contract|integration|e2e|support|fakes)\/.*\.m?ts$/.test(name))
      .map((name) => join('test', name));
    expect(sources.filter((file) => FIXED_PORT.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });
});

/** Every name that is called in a node: functions, methods and their objects. */
function callsIn(node: ts.Node): readonly string[] {
  const names: string[] = [];
  const visit = (child: ts.Node): void => {
    if (ts.isCallExpression(child)) {
      const { expression } = child;
      if (ts.isIdentifier(expression)) names.push(expression.text);
      if (ts.isPropertyAccessExpression(expression))
        names.push(expression.name.text, expression.expression.getText());
    }
    ts.forEachChild(child, visit);
  };
  visit(node);
  return names;
}

/** The functions, methods and constants of a file, each with the names that it calls. */
function declarationsIn(file: ts.SourceFile): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const visit = (node: ts.Node): void => {
    const named =
      ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isVariableDeclaration(node);
    if (named && node.name !== undefined && ts.isIdentifier(node.name))
      found.set(node.name.text, callsIn(node));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** A whole `it(…)`, `it.each(…)(…)`, `it.skipIf(…)(…)` or similar. */
function isTest(call: ts.CallExpression): boolean {
  if (ts.isCallExpression(call.parent) && call.parent.expression === call) return false;
  let callee: ts.Expression = call.expression;
  while (ts.isCallExpression(callee) || ts.isPropertyAccessExpression(callee)) callee = callee.expression;
  return ts.isIdentifier(callee) && callee.text === 'it';
}

/** A test that only reports why there are none. */
function isSkip(call: ts.CallExpression): boolean {
  return /=> \{\s*context\.skip\([^;]*\);\s*\}\)$/.test(call.getText());
}

/** Lines of the tests of a file without an expectation, in themselves or in what they call in their file. */
function testsWithoutExpectation(file: string): readonly string[] {
  const source = parsed(file);
  const declared = declarationsIn(source);
  const expects = (names: readonly string[], done: ReadonlySet<string> = new Set()): boolean =>
    names.some(
      (name) =>
        name.startsWith('expect') ||
        (!done.has(name) && declared.has(name) && expects(declared.get(name)!, new Set([...done, name]))),
    );
  const without: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTest(node)) {
      const names = node.arguments.flatMap((argument) =>
        // A function may be passed by its name.
        ts.isIdentifier(argument) ? [argument.text] : callsIn(argument),
      );
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      if (!expects(names) && !isSkip(node)) without.push(`${file}:${line + 1}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return without;
}

describe('every test', () => {
  it('expects something', () => {
    expect(testFiles.flatMap(testsWithoutExpectation)).toEqual([]);
  });
});
