import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, normalize, dirname } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const scripts = spawnSync('git', ['ls-files', '-z', '*.mjs'], { cwd: root, encoding: 'utf8' })
  .stdout.split('\0')
  .filter((file) => file !== '' && existsSync(join(root, file)));

/** Names, as `NAME of FILE`, that a script imports from the compiled program but the source does not export. */
function missingNames(script: string, from: string): string[] {
  return [...script.matchAll(/\{([^}]*)\} = await import\('([^']*\/dist\/[^']*)\.js'\)/g)]
    .concat([...script.matchAll(/import \{([^}]*)\} from '([^']*\/dist\/[^']*)\.js'/g)])
    .flatMap(([, names = '', path = '']) => {
      const file = normalize(join(dirname(from), path)).replace(/^dist\//, 'src/') + '.ts';
      const source = existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '';
      return names
        .split(',')
        .map((name) => name.trim().split(/ as |:/)[0]!)
        .filter((name) => name !== '' && !new RegExp(`^export [a-z* ]*\\b${name}\\b`, 'm').test(source))
        .map((name) => `${name} of ${file}`);
    });
}

// The compiler does not check scripts: a moved function would otherwise be noticed only at the next run of the script.
it.each(scripts)('%s imports from the compiled program only what the sources export', (file) => {
  expect(missingNames(readFileSync(join(root, file), 'utf8'), file)).toEqual([]);
});

it('reports a missing name and a missing file', () => {
  const script =
    "import { bundleDirOf, none as one } from '../dist/app/factories.js';\nconst { App } = await import('../dist/none.js');";
  expect(missingNames(script, 'bench/x.mjs')).toEqual(['App of src/none.ts', 'none of src/app/factories.ts']);
});
