import { once } from 'node:events';
import { parseArgs } from 'node:util';
import type { Classification } from '../classifier/port.ts';
import { differential } from '../protocol/differential.ts';
import { KioskError } from '../lib/errors.ts';
import { RETAKE_REASONS, WITHHELD_REASONS } from '../protocol/reasons.ts';
import type { ClassId, Probabilities } from '../protocol/classes.ts';
import type { LesionValues, QualityValues, Timings } from '../protocol/outcome.ts';
import type { AbcdFeatures, Statement } from '../protocol/view.ts';
import { classifyFiles, type FileResult } from './classify-files.ts';
import { picturesIn } from './pictures.ts';
import { configOf, type ExitCode, type Terminal } from './terminal.ts';

/** One line of `kiosk classify --json`. */
export interface ClassifyLine {
  readonly file: string;
  readonly outcome: 'result' | 'withheld' | 'rejected' | 'error';
  /** Code of the reason; absent for a result. */
  readonly reason?: string;
  readonly message?: string;
  readonly malignancy?: number;
  readonly threshold?: number;
  readonly statement?: Statement;
  /** Calibrated, for the prevalence. */
  readonly probabilities?: Probabilities;
  /** The same if all seven classes were equally frequent. */
  readonly equalPrevalence?: Probabilities;
  /** The share of malignant lesions for which the numbers hold; absent if the model card states none. */
  readonly prevalence?: number;
  readonly marked?: readonly ClassId[];
  readonly quality?: QualityValues;
  /** The model's values of the lesion; absent if it has none. */
  readonly lesion?: LesionValues;
  readonly hints?: AbcdFeatures;
  readonly model?: string;
  readonly timings?: Timings;
}

export async function classifyCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      'no-gate': { type: 'boolean', default: false },
      model: { type: 'string' },
      engine: { type: 'string' },
    },
  });
  if (positionals.length === 0) throw new KioskError('cli/usage', 'specify at least one image or folder');
  const config = configOf(terminal, {
    ...(values.model === undefined ? {} : { KIOSK_MODEL: values.model }),
    ...(values.engine === undefined ? {} : { KIOSK_ENGINE: values.engine }),
  });
  const files = await picturesIn(positionals);
  if (files.length === 0) throw new KioskError('cli/usage', 'no PNG or JPEG image was found there');
  const { stdout } = terminal;
  const failed: string[] = [];
  await classifyFiles(files, { config, gate: !values['no-gate'], terminal }, async (fileResult) => {
    const line = lineOf(fileResult, !values['no-gate']);
    if (line.outcome === 'error') failed.push(line.file);
    if (!stdout.write(`${values.json ? JSON.stringify(line) : inWords(line)}\n`)) await once(stdout, 'drain');
  });
  return failed.length > 0 ? 1 : 0;
}

function lineOf(fileResult: FileResult, gate: boolean): ClassifyLine {
  const { file } = fileResult;
  if ('error' in fileResult) {
    const { code, message } = fileResult.error;
    return { file, outcome: 'error', reason: code, message };
  }
  const { assessment, classification } = fileResult;
  const { quality } = assessment;
  if (classification === undefined) {
    const { reason, timings } = assessment;
    return { file, outcome: 'rejected', reason, message: RETAKE_REASONS[reason].message, quality, timings };
  }
  const timings = { ...assessment.timings, ...classification.timings };
  return {
    file,
    ...answer(classification, gate),
    ...equalOf(classification, gate),
    quality,
    ...lesionOf(classification),
    model: modelName(classification),
    timings,
  };
}

/**
 * Without the gate the raw scores are printed even where the kiosk would withhold them: for measuring, not for reading.
 */
function answer({ verdict, scores }: Classification, gate: boolean): Omit<ClassifyLine, 'file'> {
  if (verdict.outcome === 'result') return verdict;
  if (verdict.outcome === 'unfit') {
    const { reason } = verdict;
    return { outcome: 'rejected', reason, message: RETAKE_REASONS[reason].message, ...(gate ? {} : scores) };
  }
  const { outcome, reason } = verdict;
  return { outcome, reason, message: WITHHELD_REASONS[reason].message, ...(gate ? {} : scores) };
}

/** Withheld with the scores. */
function equalOf(
  { verdict, equalPrevalence }: Classification,
  gate: boolean,
): Pick<ClassifyLine, 'equalPrevalence'> {
  if (equalPrevalence === undefined || (gate && verdict.outcome !== 'result')) return {};
  return { equalPrevalence };
}

function lesionOf({
  lesion,
  explanation: { hints },
}: Classification): Pick<ClassifyLine, 'lesion' | 'hints'> {
  return {
    ...(Object.keys(lesion).length === 0 ? {} : { lesion }),
    ...(hints === undefined ? {} : { hints }),
  };
}

function modelName({ model }: Classification): string {
  return `${model.name} ${model.version} (${model.engine})`;
}

function inWords(line: ClassifyLine): string {
  if (line.malignancy === undefined || line.probabilities === undefined) {
    return `${line.file}: ${line.outcome}: ${line.message ?? line.reason ?? ''}`;
  }
  const classes = differential(line.probabilities).map(
    ({ id, probability }) => `${id} ${percent(probability)}`,
  );
  const statement = line.statement === undefined ? line.outcome : `${line.statement} the referral threshold`;
  return `${line.file}: malignant or pre-malignant ${percent(line.malignancy)}, ${statement}; ${classes.join(', ')}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
