import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import type { LoadedModel } from '../classifier/port.ts';
import type { Config } from '../config/schema.ts';
import type { Evaluation } from '../reports/evaluation/evaluation.ts';
import { figuresOf } from '../reports/evaluation/figures.ts';
import { labelsOf, matchesOf, type GroundTruthLabel, type Matches } from '../reports/evaluation/labels.ts';
import { confusionPlot } from '../reports/evaluation/plots/confusion.ts';
import { decisionPlot } from '../reports/evaluation/plots/decision.ts';
import { reliabilityPlot } from '../reports/evaluation/plots/reliability.ts';
import { rocPlot } from '../reports/evaluation/plots/roc.ts';
import { reportOf } from '../reports/evaluation/report.ts';
import { sampleOf, type Case, type Sample } from '../reports/evaluation/sample.ts';
import { summaryOf } from '../reports/evaluation/summary.ts';
import { systemClock } from '../lib/clock.ts';
import { describe, KioskError } from '../lib/errors.ts';
import { CARD_PREVALENCE } from '../protocol/prevalence.ts';
import { FAULTS, RETAKE_REASONS, WITHHELD_REASONS } from '../protocol/reasons.ts';
import type { Words } from '../protocol/words.ts';
import { classifyFiles, type FileResult } from './classify-files.ts';
import { picturesIn } from './pictures.ts';
import { configOf, type ExitCode, type Terminal } from './terminal.ts';

/** At most this many names are listed; of the rest only the number. */
const MOST_NAMES = 20;

/** The figures of the model card, on the user's own images and labels. */
export async function evaluateCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      labels: { type: 'string' },
      out: { type: 'string' },
      json: { type: 'boolean', default: false },
      model: { type: 'string' },
      engine: { type: 'string' },
    },
  });
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1) throw new KioskError('cli/usage', 'specify one folder');
  if (values.labels === undefined)
    throw new KioskError('cli/usage', 'specify the label list: --labels FILE.csv');
  const config = configOf(terminal, {
    // The figures of a card are at its own prevalence.
    KIOSK_PREVALENCE: CARD_PREVALENCE,
    ...(values.model === undefined ? {} : { KIOSK_MODEL: values.model }),
    ...(values.engine === undefined ? {} : { KIOSK_ENGINE: values.engine }),
  });
  const matches = await labelledPictures(folder, values.labels);
  // An output folder that cannot be created should fail before the images are processed, not after.
  if (values.out !== undefined) await mkdir(values.out, { recursive: true });
  warnMissing(matches.missing, terminal);
  const { evaluation, sample } = await evaluate(folder, matches, { config, terminal });
  if (values.out !== undefined) await writeFiles(values.out, evaluation, sample);
  terminal.stdout.write(values.json ? asJson(evaluation) : summaryOf(evaluation));
  return matches.missing.length > 0 || Object.keys(evaluation.counts.failed).length > 0 ? 1 : 0;
}

async function labelledPictures(folder: string, list: string): Promise<Matches> {
  if (!(await stat(folder).catch(() => undefined))?.isDirectory())
    throw new KioskError('cli/usage', `${folder} is not a folder`);
  const csv = await readFile(list).catch((error: unknown) => {
    throw new KioskError('cli/usage', `the label list cannot be read: ${describe(error)}`);
  });
  const labels = labelled(csv, list);
  const pictures = await picturesIn([folder]);
  const matches = matchesOf(
    labels,
    pictures.map((picture) => relative(folder, picture)),
  );
  if (matches.pairs.length === 0)
    throw new KioskError('cli/usage', `none of the ${pictures.length} images in ${folder} is in ${list}`);
  return matches;
}

function labelled(csv: Uint8Array, list: string): readonly GroundTruthLabel[] {
  try {
    return labelsOf(csv);
  } catch (error) {
    if (!(error instanceof KioskError)) throw error;
    throw new KioskError(error.code, `${list}: ${error.message}`);
  }
}

function warnMissing(missing: readonly string[], { stderr }: Terminal): void {
  for (const name of missing.slice(0, MOST_NAMES))
    stderr.write(`${name}: in the label list, but there is no such image\n`);
  if (missing.length > MOST_NAMES) stderr.write(`… and ${missing.length - MOST_NAMES} more\n`);
}

/** Outcomes of the images so far. */
class Tally {
  readonly cases: Case[] = [];
  readonly shown: Case[] = [];
  readonly failed: Record<string, number> = {};
  readonly rejected: Record<string, number> = {};
  readonly withheld: Record<string, number> = {};

  /** Counts an image as the kiosk would treat it, gate first, and keeps its raw scores. */
  add(fileResult: FileResult, { malignant, dx, lesion }: GroundTruthLabel): void {
    if ('error' in fileResult) {
      count(this.failed, fileResult.error.code);
      return;
    }
    const { assessment, classification } = fileResult;
    const { scores, equalPrevalence } = classification ?? {};
    const verdict = classification?.verdict;
    if (!assessment.fit) count(this.rejected, assessment.reason);
    else if (verdict?.outcome === 'unfit') count(this.rejected, verdict.reason);
    else if (verdict?.outcome === 'withheld') count(this.withheld, verdict.reason);
    if (scores === undefined) return;
    const { malignancy, probabilities } = scores;
    const judged = {
      malignant,
      ...(dx === undefined ? {} : { dx }),
      lesion,
      malignancy,
      probabilities,
      ...(equalPrevalence === undefined ? {} : { equalPrevalence }),
    };
    this.cases.push(judged);
    if (assessment.fit && verdict?.outcome === 'result') this.shown.push(judged);
  }
}

function count(counts: Record<string, number>, code: string): void {
  counts[code] = (counts[code] ?? 0) + 1;
}

async function evaluate(
  folder: string,
  matches: Matches,
  { config, terminal }: { readonly config: Config; readonly terminal: Terminal },
): Promise<{ readonly evaluation: Evaluation; readonly sample: Sample }> {
  const tally = new Tally();
  const labels = new Map(matches.pairs.map(({ picture, label }) => [join(folder, picture), label]));
  const model = await classifyFiles([...labels.keys()], { config, gate: false, terminal }, (fileResult) => {
    const { file } = fileResult;
    if ('error' in fileResult) terminal.stderr.write(`${file}: ${fileResult.error.message}\n`);
    const label = labels.get(file);
    if (label !== undefined) tally.add(fileResult, label);
  });
  if (tally.cases.length === 0)
    throw new KioskError('evaluation/empty', 'none of the labelled images could be classified');
  const sample = sampleOf(tally.cases);
  return { sample, evaluation: evaluationOf(tally, { matches, model, sample }) };
}

interface Evaluated {
  readonly matches: Matches;
  readonly model: LoadedModel;
  readonly sample: Sample;
}

function evaluationOf(tally: Tally, { matches, model, sample }: Evaluated): Evaluation {
  const { cases, shown, failed, rejected, withheld } = tally;
  const { identity, card } = model;
  const { name, version, sha256, engine } = identity;
  const all = figuresOf(sample, card.operatingPoints);
  return {
    model: { name, version, sha256, engine },
    created: new Date(systemClock.wall()).toISOString(),
    counts: {
      labelled: matches.pairs.length + matches.missing.length,
      missing: matches.missing.length,
      unlabelled: matches.unlabelled,
      failed,
      rejected,
      withheld,
      shown: shown.length,
    },
    all,
    ...(shown.length === 0
      ? {}
      : { shown: shown.length === cases.length ? all : figuresOf(sampleOf(shown), card.operatingPoints) }),
  };
}

async function writeFiles(out: string, evaluation: Evaluation, sample: Sample): Promise<void> {
  const { all } = evaluation;
  const plots = {
    'roc.svg': rocPlot(sample, all),
    'reliability.svg': reliabilityPlot(sample, all),
    'confusion.svg': confusionPlot(all),
    'decision-curve.svg': decisionPlot(sample, all),
  };
  const report = reportOf({ evaluation, plots: Object.values(plots), reasonInWords });
  const files = { ...plots, 'report.html': report, 'figures.json': asJson(evaluation, 2) };
  for (const [name, text] of Object.entries(files)) await writeFile(join(out, name), text);
}

function reasonInWords(code: string): string {
  const words: Readonly<Record<string, Words>> = { ...RETAKE_REASONS, ...WITHHELD_REASONS, ...FAULTS };
  return Object.hasOwn(words, code) ? (words[code]?.message ?? code) : code;
}

/** Numbers are rounded like those of a card. */
function asJson(evaluation: Evaluation, indent?: number): string {
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === 'number' ? Math.round(value * 1e4) / 1e4 : value;
  return `${JSON.stringify(evaluation, rounded, indent)}\n`;
}
