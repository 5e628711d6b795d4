import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it.each([
  ['docs/settings.md', 'settings-table.mjs'],
  ['balena.yml', 'balena-variables.mjs'],
  ['docs/errors.md', 'errors-table.mjs'],
])('lists in %s exactly what the sources define', (_, name) => {
  const script = join(import.meta.dirname, '..', '..', 'scripts', name);
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
