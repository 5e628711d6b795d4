import { parse, type CsvError } from 'csv-parse/sync';
import { KioskError } from '../../lib/errors.ts';
import { CLASS_IDS, MALIGNANT_CLASSES, type ClassId } from '../../protocol/classes.ts';

/** One row of the label list. */
export interface GroundTruthLabel {
  /** As written, without the file extension. */
  readonly image: string;
  readonly malignant: boolean;
  readonly dx?: ClassId;
  /** The lesion; if the list names none, the image itself. */
  readonly lesion: string;
}

/** Column names; the first that exists is used, ignoring case. */
const COLUMNS = {
  image: ['image', 'image_id', 'file'],
  /** HAM10000’s `group` is the lesion with duplicates merged. */
  lesion: ['group', 'lesion_id'],
  dx: ['dx'],
  label: ['label'],
} as const;

const LABELS: Readonly<Record<string, boolean>> = { malignant: true, '1': true, benign: false, '0': false };

const PICTURE_ENDING = /\.(jpe?g|png)$/i;

/** At most this many problems are listed; of the rest only the number. */
const MOST_PROBLEMS = 50;

/**
 * A label list as comma, semicolon or tab separated text with a header (RFC 4180; a byte order mark is allowed): a
 * column with the image’s name, one with its diagnosis or whether it is malignant, and optionally one with the lesion.
 *
 * @throws KioskError `labels/invalid` with every invalid row by line number
 */
export function labelsOf(csv: Uint8Array): readonly GroundTruthLabel[] {
  const { rows, problems } = readRows(csv);
  const [header, ...records] = rows;
  if (header === undefined) throw new KioskError('labels/invalid', 'the list is empty');
  const read = rowReader(header.cells.map((name) => name.toLowerCase()));
  const lines = new Map<string, number>();
  const labels: GroundTruthLabel[] = [];
  for (const { line, cells } of records) {
    const label = read(cells);
    const before = typeof label === 'string' ? undefined : lines.get(label.image);
    if (typeof label === 'string') problems.push({ line, problem: label });
    else if (before !== undefined)
      problems.push({ line, problem: `“${label.image}” is already listed in line ${before}` });
    else {
      lines.set(label.image, line);
      labels.push(label);
    }
  }
  refuse(problems);
  if (labels.length === 0) throw new KioskError('labels/invalid', 'the list has a header but no rows');
  return labels;
}

interface Problem {
  readonly line: number;
  readonly problem: string;
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

function readRows(csv: Uint8Array): { readonly rows: readonly Row[]; readonly problems: Problem[] } {
  const problems: Problem[] = [];
  const records = parse(csv, {
    bom: true,
    delimiter: delimiterOf(csv),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error?: CsvError) => {
      problems.push({ line: Number(error?.lines ?? 0), problem: error?.message ?? 'cannot be read' });
    },
    trim: true,
  }) as unknown as { readonly info: { readonly lines: number }; readonly record: readonly string[] }[];
  return { rows: records.map(({ info, record }) => ({ line: info.lines, cells: record })), problems };
}

/** The most frequent of the three separators in the header. */
function delimiterOf(csv: Uint8Array): string {
  const [header = ''] = Buffer.from(csv).toString('utf8').split('\n', 1);
  const count = (delimiter: string): number => header.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best));
}

/** @returns the label of a row, or its problem */
function rowReader(header: readonly string[]): (cells: readonly string[]) => GroundTruthLabel | string {
  const column = (names: readonly string[]): number =>
    names.map((name) => header.indexOf(name)).find((index) => index >= 0) ?? -1;
  const [image, lesion, dx, label] = [COLUMNS.image, COLUMNS.lesion, COLUMNS.dx, COLUMNS.label].map(column);
  if (image === undefined || image < 0)
    throw new KioskError('labels/invalid', `line 1: there is no column ${COLUMNS.image.join(', ')}`);
  if (dx === -1 && label === -1)
    throw new KioskError(
      'labels/invalid',
      'line 1: there is no column dx (a class) or label (benign or malignant)',
    );
  return (cells) => {
    if (cells.length !== header.length) return `${cells.length} fields where the header has ${header.length}`;
    const cell = (index = -1): string => cells[index] ?? '';
    const name = cell(image).replace(PICTURE_ENDING, '').replaceAll('\\', '/');
    if (name === '') return 'names no image';
    const truth = dx === -1 ? labelledTruth(cell(label)) : diagnosedTruth(cell(dx));
    return typeof truth === 'string' ? truth : { image: name, lesion: cell(lesion) || name, ...truth };
  };
}

type TruthColumns = Pick<GroundTruthLabel, 'malignant' | 'dx'>;

function diagnosedTruth(text: string): TruthColumns | string {
  const dx = CLASS_IDS.find((id) => id === text.toLowerCase());
  if (dx === undefined) return `dx “${text}” is none of ${CLASS_IDS.join(', ')}`;
  return { dx, malignant: MALIGNANT_CLASSES.includes(dx) };
}

function labelledTruth(text: string): TruthColumns | string {
  const key = text.toLowerCase();
  const malignant = Object.hasOwn(LABELS, key) ? LABELS[key] : undefined;
  if (malignant === undefined) return `label “${text}” is none of ${Object.keys(LABELS).join(', ')}`;
  return { malignant };
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const told = [...problems].sort((a, b) => a.line - b.line).slice(0, MOST_PROBLEMS);
  const lines = told.map(({ line, problem }) => `  line ${line}: ${problem}`);
  const more = problems.length - told.length;
  if (more > 0) lines.push(`  and ${more} more`);
  throw new KioskError('labels/invalid', `invalid rows:\n${lines.join('\n')}`);
}

/** Images with their labels, and those without a match. */
export interface Matches {
  readonly pairs: readonly { readonly picture: string; readonly label: GroundTruthLabel }[];
  /** Labels without an image, by name; an error of the list or of the folder. */
  readonly missing: readonly string[];
  /** Number of images that are not in the list. */
  readonly unlabelled: number;
}

/**
 * A label belongs to the image at its path in the folder, or otherwise to the one of its name in any subfolder, if that
 * is unique.
 *
 * @param pictures paths in the folder, with extensions
 */
export function matchesOf(labels: readonly GroundTruthLabel[], pictures: readonly string[]): Matches {
  const byPath = new Map(pictures.map((picture) => [stemOf(picture), picture]));
  const byName = new Map<string, string | undefined>();
  for (const [stem, picture] of byPath) {
    const name = nameOf(stem);
    byName.set(name, byName.has(name) ? undefined : picture);
  }
  const pairs: { picture: string; label: GroundTruthLabel }[] = [];
  const missing: string[] = [];
  for (const label of labels) {
    const picture = byPath.get(label.image) ?? byName.get(label.image);
    if (picture === undefined) missing.push(label.image);
    else pairs.push({ picture, label });
  }
  return { pairs, missing, unlabelled: pictures.length - new Set(pairs.map(({ picture }) => picture)).size };
}

function stemOf(path: string): string {
  return path.replaceAll('\\', '/').replace(PICTURE_ENDING, '');
}

function nameOf(stem: string): string {
  return stem.slice(stem.lastIndexOf('/') + 1);
}
