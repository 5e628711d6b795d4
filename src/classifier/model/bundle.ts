import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Static, TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { describe, KioskError } from '../../lib/errors.ts';
import { CardSchema, SelfTestSchema, type Card, type SelfTest } from './card.ts';
import { readOodModel, type OodModel } from './ood.ts';

const CARD = 'card.json';
const SELF_TEST = 'self-test.json';

/** A model bundle in which every byte matches its card. */
export interface Bundle {
  readonly dir: string;
  readonly card: Card;
  /** Hex SHA-256 of `card.json`, which contains the hash of every other file: it identifies the whole bundle. */
  readonly sha256: string;
  readonly selfTest: SelfTest;
  /** Present exactly if the card has a limit for it. */
  readonly ood?: OodModel;
}

/**
 * Reads and verifies a bundle: the format of the card, the hash of every file, no unlisted files, the format of the
 * self-test and of the out-of-distribution model.
 *
 * @throws KioskError `model/none` whose message lists every problem found
 */
export async function loadBundle(dir: string): Promise<Bundle> {
  const bytes = await readFile(join(dir, CARD)).catch((error: unknown) => {
    throw noModel([`${CARD} cannot be read in ${dir}`], error);
  });
  const card = parse(CardSchema, bytes, CARD);
  refuse(contradictions(card));
  refuse(await fileProblems(dir, card.files));
  const selfTest = parse(SelfTestSchema, await readFile(join(dir, SELF_TEST)), SELF_TEST);
  refuse(selfTestProblems(selfTest, card));
  const bundle: Bundle = { dir, card, sha256: createHash('sha256').update(bytes).digest('hex'), selfTest };
  return card.likeness === undefined ? bundle : { ...bundle, ood: await loadOodModel(dir, card.likeness) };
}

async function loadOodModel(dir: string, card: NonNullable<Card['likeness']>): Promise<OodModel> {
  const ood = readOodModel(await readFile(join(dir, card.file)), card);
  if (typeof ood === 'string') throw noModel([`${card.file}: ${ood}`]);
  return ood;
}

function parse<T extends TSchema>(schema: T, bytes: Buffer, name: string): Static<T> {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw noModel([`${name} is not JSON`], error);
  }
  if (Value.Check(schema, value)) return value;
  const problems = [...Value.Errors(schema, value)].map(({ path, message, schema: expected }) => {
    const constant: unknown = expected.const;
    const wanted = constant === undefined ? message : `expected ${JSON.stringify(constant)}`;
    return `${name}: ${path.slice(1) || 'the document'}: ${wanted}`;
  });
  throw noModel([...new Set(problems)]);
}

/** Checks that a schema cannot express. */
function contradictions(card: Card): string[] {
  const { operatingPoints, files } = card;
  const defaults = operatingPoints.filter((point) => point.default).length;
  return [
    ...(defaults === 1
      ? []
      : [`${CARD}: operatingPoints: ${defaults} are the default, expected exactly one`]),
    ...[SELF_TEST, ...(card.likeness === undefined ? [] : [card.likeness.file])]
      .filter((file) => !Object.hasOwn(files, file))
      .map((file) => `${CARD}: files: ${file} is not listed`),
    ...operatingPoints
      .filter(({ threshold, atThreshold }) => {
        return atThreshold !== undefined && (atThreshold.low > threshold || atThreshold.high < threshold);
      })
      .map(({ name }) => `${CARD}: operatingPoints: atThreshold of “${name}” does not contain its threshold`),
    ...missingTensors(card),
    ...Object.keys(files)
      .filter((path) => !isPlainPath(path))
      .map((path) => `${CARD}: files: “${path}” is not a path inside the bundle`),
  ];
}

/** A limit is useless without the output it applies to. */
function missingTensors({ presence, likeness, tensors }: Card): string[] {
  return [
    ...(presence !== undefined && tensors.mask === undefined ? ['presence needs a mask'] : []),
    ...(likeness !== undefined && tensors.features === undefined ? ['likeness needs features'] : []),
  ].map((problem) => `${CARD}: tensors: ${problem}`);
}

/** Relative, with forward slashes, no empty, `.` or `..` part; and not the card, which cannot contain its own hash. */
function isPlainPath(path: string): boolean {
  const parts = path.split('/');
  return (
    path !== CARD &&
    !/[\\\0]/.test(path) &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..')
  );
}

async function fileProblems(dir: string, files: Card['files']): Promise<string[]> {
  const problems: string[] = [];
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    const path = relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/');
    if (entry.isDirectory() || path === CARD) continue;
    // A link could point to other bytes later than those that were hashed.
    if (!entry.isFile()) problems.push(`${path}: is not a regular file`);
    else if (!Object.hasOwn(files, path)) problems.push(`${path}: is not listed in ${CARD}`);
  }
  for (const [path, expected] of Object.entries(files)) {
    const actual = await sha256Of(join(dir, path)).catch(() => undefined);
    if (actual === undefined) problems.push(`${path}: is missing or cannot be read`);
    else if (actual !== expected) problems.push(`${path}: its SHA-256 is not the one in ${CARD}`);
  }
  return problems;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function selfTestProblems({ vectors }: SelfTest, { input, tensors }: Card): string[] {
  const expected = input.size * input.size * 3;
  return vectors
    .flatMap(({ name, image, lesionShare, featureNorm }) => {
      const { length } = Buffer.from(image, 'base64');
      return [
        ...(length === expected ? [] : [`“${name}” has ${length} bytes, expected ${expected}`]),
        ...(lesionShare === undefined || tensors.mask !== undefined ? [] : [`“${name}” tests a mask`]),
        ...(featureNorm === undefined || tensors.features !== undefined ? [] : [`“${name}” tests features`]),
      ];
    })
    .map((problem) => `${SELF_TEST}: vector ${problem}`);
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw noModel(problems);
}

function noModel(problems: readonly string[], cause?: unknown): KioskError {
  const message = `the model bundle is not valid: ${problems.join('; ')}`;
  return new KioskError('model/none', cause === undefined ? message : `${message} (${describe(cause)})`);
}
