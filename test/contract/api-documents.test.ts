import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

function read(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(root, 'docs', 'api', name), 'utf8')) as Record<string, unknown>;
}

describe('the documents of docs/api', () => {
  it('match the code', async () => {
    const check = promisify(execFile)(process.execPath, ['scripts/api.mjs', '--check'], { cwd: root });
    await expect(check, 'npm run build && npm run api').resolves.toMatchObject({ stderr: '' });
  });

  it('describe HTTP in valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate(read('openapi.json'));
    expect(result).toMatchObject({ valid: true });
  });

  it('describe the socket in valid AsyncAPI 3.0', () => {
    const schema = createRequire(import.meta.url)('@asyncapi/specs/schemas/3.0.0.json') as object;
    const ajv = new Ajv({ strict: false, meta: false, validateSchema: false, validateFormats: false });
    const valid = ajv.validate(schema, read('asyncapi.json'));
    expect(ajv.errors?.slice(0, 3) ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  it('have no dangling references', () => {
    for (const name of ['openapi.json', 'asyncapi.json']) {
      const document = read(name);
      const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
        ([, path]) => path ?? '',
      );
      expect(references.length).toBeGreaterThan(30);
      expect(references.filter((path) => follow(document, path) === undefined)).toEqual([]);
    }
  });
});

function follow(document: unknown, path: string): unknown {
  return path
    .split('/')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
}
