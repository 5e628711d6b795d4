import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const files = sourceFiles('src');

/** Each package with native code, a server, a log or a parser in it, and the one file of src that may import it. */
const ONE_FILE = {
  '@tensorflow/tfjs-node': 'src/classifier/engines/tfjs-node.ts',
  'better-sqlite3': 'src/store/sqlite-store.ts',
  'cli-progress': 'src/cli/progress.ts',
  'csv-parse/sync': 'src/reports/evaluation/labels.ts',
  fastify: 'src/server/http.ts',
  'node-libcamera': 'src/camera/programs/still/main.ts',
  'onnxruntime-node': 'src/classifier/engines/onnxruntime.ts',
  onoff: 'src/gpio/drivers/onoff.ts',
  pino: 'src/lib/logger.ts',
  sharp: 'src/vision/jpeg.ts',
  'socket.io': 'src/server/socket.ts',
};

describe('the structure of src', () => {
  it.each(Object.entries(ONE_FILE))('imports %s in one file only', (name, home) => {
    const importers = files.filter((file) => importsOf(file).includes(name));
    expect(importers).toEqual([home]);
  });

  it('imports no package that package.json does not depend on', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, object>;
    const known = new Set(Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }));
    const packages = files
      .flatMap(importsOf)
      .filter((name) => !name.startsWith('.') && !name.startsWith('node:'));
    const names = packages.map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });

  it('loads a driver from the wiring or from the inference process only', () => {
    const importers = files.filter((file) =>
      importsOf(file)
        .filter((name) => name.startsWith('.'))
        .map((name) => relative(root, normalize(join(root, dirname(file), name))))
        .some((target) => target.includes('/drivers/') && dirname(target) !== dirname(file)),
    );
    const wiring = /^src\/(app|buttons|drivers)\.ts$|^src\/classifier\/process\//;
    expect(importers.filter((file) => !wiring.test(file))).toEqual([]);
  });

  it('reads process.env in main.ts alone', () => {
    const readers = files.filter((file) => readFileSync(join(root, file), 'utf8').includes('process.env'));
    expect(readers).toEqual(['src/main.ts']);
  });

  it('has no cycle', () => {
    const targets = new Map(
      files.map((file) => [
        file,
        importsOf(file)
          .filter(isRelative)
          .map((name) => resolved(file, name)),
      ]),
    );
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): string[] | undefined => {
      if (path.includes(file)) return [...path, file];
      if (done.has(file)) return undefined;
      for (const target of targets.get(file) ?? []) {
        const cycle = visit(target, [...path, file]);
        if (cycle !== undefined) return cycle;
      }
      done.add(file);
      return undefined;
    };
    expect(files.map((file) => visit(file, [])).find((cycle) => cycle !== undefined)).toBeUndefined();
  });

  it('lets the protocol import nothing', () => {
    const imported = sourceFiles('src/protocol').flatMap((file) => importsOf(file));
    expect(imported.filter((name) => !name.startsWith('./'))).toEqual([]);
  });
});

function isRelative(name: string): boolean {
  return name.startsWith('.');
}

/** The file of src that a relative import names, as `sourceFiles` spells it. */
function resolved(file: string, name: string): string {
  return relative(root, normalize(join(root, dirname(file), name)));
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(folder, path))
    .sort();
}

/** Static and dynamic imports, types included: a type binds a file to a package as well. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
}
