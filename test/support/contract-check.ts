import { FormatRegistry, type TSchema } from '@sinclair/typebox';
import { TypeCompiler, type TypeCheck } from '@sinclair/typebox/compiler';
import { afterEach, expect } from 'vitest';
import type { HttpApp } from '../../src/server/http.ts';
import { ErrorBodySchema } from '../../src/server/schemas/responses.ts';

FormatRegistry.Set('date-time', (text) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text));

type Declared = Readonly<
  Record<string, { readonly content?: Readonly<Record<string, { readonly schema: TSchema }>> }>
>;

/** An error in one row usually repeats in every row. */
const MOST_LISTED = 3;

const compiled = new Map<TSchema, TypeCheck<TSchema>>();
const problems: string[] = [];

/** The errors of a value; empty if it conforms. */
export function violations(schema: TSchema, value: unknown): readonly string[] {
  let check = compiled.get(schema);
  if (check === undefined) compiled.set(schema, (check = TypeCompiler.Compile(schema)));
  return check.Check(value)
    ? []
    : [...check.Errors(value)].slice(0, MOST_LISTED).map(({ path, message }) => `${path}: ${message}`);
}

/** Compares every response of an HTTP app with the schema of its route, and fails the current test if they differ. */
export function checkAnswers(app: HttpApp): void {
  app.addHook('onSend', (request, answer, payload, done) => {
    const { url, schema } = request.routeOptions;
    const declared = schema?.response as Declared | undefined;
    const problem = problemOf(answer.statusCode, String(answer.getHeader('content-type')), payload);
    if (problem !== undefined) problems.push(`${request.method} ${url ?? request.url}: ${problem}`);
    done();

    function problemOf(status: number, contentType: string, body: unknown): string | undefined {
      // Files of the screen, and unknown addresses.
      if (declared === undefined) return status < 400 ? undefined : differs(ErrorBodySchema, body);
      const response = declared[status];
      // Every route can fail internally, which is described once for all of them.
      if (response === undefined)
        return status === 500 ? differs(ErrorBodySchema, body) : `undeclared ${status}`;
      if (response.content === undefined) return body === undefined || body === '' ? undefined : 'a body';
      const [type = ''] = contentType.split(';');
      const content = response.content[type];
      if (content === undefined) return `undeclared ${type} of ${status}`;
      return type === 'application/json' ? differs(content.schema, body) : undefined;
    }
  });
}

function differs(schema: TSchema, body: unknown): string | undefined {
  if (typeof body !== 'string') return undefined;
  const wrong = violations(schema, JSON.parse(body));
  return wrong.length === 0 ? undefined : wrong.join('; ');
}

afterEach(() => {
  expect(problems.splice(0), 'responses that do not conform to docs/api').toEqual([]);
});
