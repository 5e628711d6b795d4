import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

it('has the same rows in docs/install.md as in test/install/try', () => {
  const page = readFileSync(join(root, 'docs', 'install.md'), 'utf8');
  const script = readFileSync(join(root, 'test', 'install', 'try'), 'utf8');
  const documented = [...page.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name);
  const tested = /^rows=\((.*)\)$/m.exec(script)?.[1]?.split(' ') ?? [];
  expect(tested.length).toBeGreaterThan(10);
  expect([...documented].sort()).toEqual([...tested].sort());
  for (const name of tested) expect(script).toMatch(new RegExp(`^row_${name}\\(\\)`, 'm'));
});
