import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { minifySync, parseSync, transformWithOxc } from 'vite';

const CODE = /\.[cm]?[jt]sx?$/;

/** The program's commands; each is imported on demand from `./NAME.ts`. */
const COMMANDS = 'src/cli/main.ts';
const COMMAND = /^\.\/([\w-]+)\.ts$/;

const LITERAL = String.raw`(?:"[^"]*"|'[^']*'|${'`[^`]*`'})`;
/** How code refers to a file relative to itself, in its minified form. */
const URL_BESIDE = new RegExp(String.raw`new URL\((${LITERAL}),import\.meta\.url\)`, 'g');
const PATH_BESIDE = new RegExp(
  String.raw`\b(?:join|resolve)\(import\.meta\.dirname((?:,${LITERAL})+)\)`,
  'g',
);
const REQUIRED = new RegExp(String.raw`createRequire\(import\.meta\.url\)\((${LITERAL})\)`, 'g');
/** A file's own name adds no dependency. */
const ITSELF = /import\.meta\.filename\b/g;

/**
 * @typedef {object} Closure
 * @property {Map<string, string>} code file → its text as it runs: without comments, types and formatting
 * @property {Set<string>} places files other than code, and folders, that the code refers to
 * @property {Set<string>} packages of npm
 * @property {boolean} compiled whether a file of dist, and so the compiler, is in it
 */

/**
 * The files that run when `entries` run: imports, literal dynamic imports, and files named by `new URL(…, import.meta.url)`
 * or `join(import.meta.dirname, …)`. Paths are relative to `root`.
 *
 * @param {string} root
 * @param {readonly string[]} entries
 * @param {{ commands?: readonly string[], followed?: Readonly<Record<string, readonly string[]>> }} options `commands`: those of the program
 *   that are run; all unless given. `followed`: by file, the targets of references that cannot be resolved here
 * @returns {Promise<Closure>}
 * @throws Error for a reference that cannot be followed
 */
export async function closureOf(root, entries, { commands, followed = {} } = {}) {
  const closure = { code: new Map(), places: new Set(), packages: new Set(), compiled: false };
  const waiting = entries.flatMap((entry) => matching(root, entry));
  while (waiting.length > 0) {
    const file = waiting.pop();
    if (closure.code.has(file)) continue;
    const { text, imports, places, unclear } = await readCode(root, file);
    closure.code.set(file, text);
    for (const { name, onDemand } of imports) {
      if (file === COMMANDS && onDemand && isOtherCommand(name, commands)) continue;
      const target = importTarget(root, file, name);
      if (target.package !== undefined) closure.packages.add(target.package);
      else if (target.file !== undefined) reach(target.file);
    }
    for (const place of places) reach(normalize(join(dirname(file), place)));
    if (unclear.length > 0 && followed[file] === undefined)
      throw new Error(
        `${file}: cannot resolve “${unclear[0]}”: name its target in FOLLOWED, proofs/declarations.mjs`,
      );
    waiting.push(...(followed[file] ?? []).flatMap((entry) => matching(root, entry)));
  }
  return closure;

  function reach(path) {
    if (path.startsWith('dist/')) closure.compiled ||= matching(root, path).length > 0;
    const files = matching(root, path);
    waiting.push(...files.filter((file) => CODE.test(file)));
    for (const file of files.filter((file) => !CODE.test(file))) closure.places.add(file);
    if (files.length === 0) closure.places.add(path.replace(/\/$/, ''));
  }
}

function isOtherCommand(name, commands) {
  const command = COMMAND.exec(name)?.[1];
  return command !== undefined && commands !== undefined && !commands.includes(command);
}

const compiled = new Map();

/** Proofs share most files, so each text is compiled once; the file is read each time, since it may change while a proof runs. */
function readCode(root, file) {
  const source = readFileSync(join(root, file), 'utf8');
  const key = `${file}\0${source}`;
  if (!compiled.has(key)) compiled.set(key, compile(file, source));
  return compiled.get(key);
}

async function compile(file, source) {
  const typescript = { onlyRemoveTypeImports: true };
  const plain = /\.[cm]?js$/.test(file)
    ? source
    : (await transformWithOxc(source, file, { sourcemap: false, tsconfig: false, typescript })).code;
  const { code: text, errors } = minifySync('code.mjs', plain, { compress: false, mangle: false });
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const { staticImports, staticExports, dynamicImports } = parseSync('code.mjs', text).module;
  const imports = [
    ...staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...staticExports.flatMap(({ entries }) => entries.map(({ moduleRequest }) => moduleRequest?.value)),
  ]
    .filter(Boolean)
    .map((name) => ({ name, onDemand: false }));
  const unclear = [];
  for (const { moduleRequest } of dynamicImports) {
    const name = text.slice(moduleRequest.start, moduleRequest.end);
    if (new RegExp(`^${LITERAL}$`).test(name) && !name.includes('${'))
      imports.push({ name: unquoted(name), onDemand: true });
    else unclear.push(`import(${name})`);
  }
  for (const [, name] of text.matchAll(REQUIRED)) imports.push({ name: unquoted(name), onDemand: false });
  const places = [
    ...[...text.matchAll(URL_BESIDE)].map(([, url]) => unquoted(url)),
    ...[...text.matchAll(PATH_BESIDE)].map(([, parts]) =>
      join(...[...parts.matchAll(new RegExp(LITERAL, 'g'))].map(([part]) => unquoted(part))),
    ),
  ];
  const rest = [URL_BESIDE, PATH_BESIDE, REQUIRED, ITSELF].reduce(
    (left, known) => left.replaceAll(known, ''),
    text,
  );
  unclear.push(...(rest.match(/.{0,30}\bimport\.meta\b.{0,20}/g) ?? []));
  return { text, imports, places, unclear };
}

function unquoted(literal) {
  return literal.slice(1, -1);
}

/** @returns {{ file?: string, package?: string }} neither for Node's built-in modules */
function importTarget(root, file, name) {
  if (isBuiltin(name)) return {};
  const path = name.startsWith('#')
    ? ownImport(root, name)
    : name.startsWith('.') && normalize(join(dirname(file), name));
  if (!path) return { package: name.split('/', name.startsWith('@') ? 2 : 1).join('/') };
  if (matching(root, path).length === 0) throw new Error(`${file} imports ${name}, which does not exist`);
  return { file: path };
}

/** The `imports` of package.json: a name, or one with a star at its end. */
function ownImport(root, name) {
  const { imports = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const [key, target] of Object.entries(imports)) {
    const start = key.replace(/\*$/, '');
    if (name === key || (key.endsWith('*') && name.startsWith(start)))
      return normalize(target.replace('*', name.slice(start.length)));
  }
  throw new Error(`package.json has no import ${name}`);
}

/**
 * The source files that a path stands for: a compiled file stands for its source; `*`, and `${…}` in a template, for any name.
 */
function matching(root, path) {
  const source = path.replace(/^dist\//, 'src/').replaceAll(/\$\{[^}]*\}/g, '*');
  const [file] = [source, source.replace(/\.js$/, '.ts'), source.replace(/\.js$/, '.tsx')].flatMap((name) => {
    const found = name
      .split('/')
      .reduce((folders, part) => folders.flatMap((at) => inside(root, at, part)), ['']);
    return found.length > 0 ? [found] : [];
  });
  return file ?? [];
}

function inside(root, folder, part) {
  if (!part.includes('*')) return existsSync(join(root, folder, part)) ? [join(folder, part)] : [];
  const name = new RegExp(`^${part.split('*').map(escaped).join('.*')}$`);
  const path = join(root, folder);
  return (existsSync(path) ? readdirSync(path) : [])
    .filter((entry) => name.test(entry))
    .map((entry) => join(folder, entry));
}

function escaped(text) {
  return text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
}
