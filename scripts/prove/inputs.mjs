import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { closureOf } from './closure.mjs';
import { lockedLines } from './lock.mjs';

/** Folders that tools create among the sources. */
const NOT_SOURCES = new Set(['node_modules', '__pycache__', '.venv']);

/** What compiles src into dist. */
const COMPILER = { packages: ['typescript'], files: ['tsconfig.json', 'tsconfig.build.json'] };

/**
 * Everything that a proof depends on, by name (a file, a package, “command”), with its digest.
 *
 * @param {string} root
 * @param {import('../../proofs/declarations.mjs').Proof} proof
 * @param {{ FOLLOWED?: object, UNUSED?: object }} declarations
 * @returns {Promise<Record<string, string>>} `undefined` for outside data that this machine does not have
 * @throws Error when a declared file is missing, or the code refers to a folder that is not declared
 */
export async function inputsOf(root, proof, { FOLLOWED = {}, UNUSED = {} } = {}) {
  const { entries, commands, files = [], outside = [], unused = {}, portable = [] } = proof;
  const closure = await closureOf(root, entries, { commands, followed: FOLLOWED });
  const places = [...closure.places].filter((place) => (unused[place] ?? UNUSED[place]) === undefined);
  const taken = places.filter((place) => isFile(join(root, place)));
  const folders = places.filter((place) => !taken.includes(place));
  const uncovered = folders.find((folder) => ![...files, ...outside].some((path) => overlap(path, folder)));
  if (uncovered !== undefined)
    throw new Error(
      `the code of ${proof.name} refers to ${uncovered}, which the proof neither declares nor lists as unused`,
    );
  const compiler = closure.compiled ? COMPILER : { packages: [], files: [] };

  const inputs = { command: digest(commandOf(root, proof)) };
  for (const name of [...closure.packages, ...compiler.packages])
    inputs[`package ${name}`] = digest(lockedLines(root, name).join('\n'));
  for (const [file, text] of closure.code)
    if (!portable.some((path) => file === path || file.startsWith(`${path}/`))) inputs[file] = digest(text);
  for (const path of [...files, ...taken, ...compiler.files])
    for (const file of filesOf(root, path)) inputs[file] ??= digestOfFile(join(root, file));
  for (const folder of outside) inputs[folder] = digestOfFolder(root, folder);
  return Object.fromEntries(Object.entries(inputs).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The hash of all inputs together. */
export function hashOf(inputs) {
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex');
}

/** The commands with npm's scripts spelled out, so that a change in package.json counts. */
function commandOf(root, { steps, env = {} }) {
  const { scripts = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const spelled = (text) =>
    text.replaceAll(/npm run (?:-s )?([\w:-]+)/g, (_, name) => `(${spelled(scripts[name] ?? name)})`);
  return JSON.stringify({ steps: steps.map(spelled), env });
}

/** Short, to keep records small: it has to detect changes, not forgery. */
function digest(...contents) {
  const hash = createHash('sha256');
  for (const content of contents) hash.update(content);
  return hash.digest('hex').slice(0, 12);
}

/** With the executable bit: a script without it fails. */
function digestOfFile(path) {
  return digest(readFileSync(path), (statSync(path).mode & 0o100) === 0 ? '' : 'runs');
}

function digestOfFolder(root, folder) {
  if (!existsSync(join(root, folder))) return undefined;
  const files = filesOf(root, folder);
  return digest(...files.flatMap((file) => [file, readFileSync(join(root, file))]));
}

function isFile(path) {
  return existsSync(path) && statSync(path).isFile();
}

function overlap(one, other) {
  return `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
}

/** A file itself, a folder's files, or those of `folder/*.py`, which are directly in the folder. @throws Error if there is none */
function filesOf(root, path) {
  const [folder, ending] = path.split('/*');
  const found = ending === undefined ? below(root, path) : beside(root, folder, ending);
  if (found.length === 0) throw new Error(`a proof declares ${path}, which does not exist`);
  return found.sort();
}

function beside(root, folder, ending) {
  const full = join(root, folder);
  const names = existsSync(full) ? readdirSync(full) : [];
  return names.filter((name) => name.endsWith(ending)).map((name) => join(folder, name));
}

function below(root, path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (isFile(full)) return [path];
  return readdirSync(full)
    .filter((name) => !NOT_SOURCES.has(name))
    .flatMap((name) => below(root, join(path, name)));
}
