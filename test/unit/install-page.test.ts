import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

it('has in docs/install.md exactly the rows that test/install/try tries', () => {
  const page = readFileSync(join(root, 'docs', 'install.md'), 'utf8');
  const script = readFileSync(join(root, 'test', 'install', 'try'), 'utf8');
  const told = [...page.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name);
  const tried = /^rows=\((.*)\)$/m.exec(script)?.[1]?.split(' ') ?? [];
  expect(tried.length).toBeGreaterThan(10);
  expect([...told].sort()).toEqual([...tried].sort());
  for (const name of tried) expect(script).toMatch(new RegExp(`^row_${name}\\(\\)`, 'm'));
});
