import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createClassifier } from '../app.ts';
import type { Classification, Classifier } from '../classifier/port.ts';
import { ready } from '../classifier/ready.ts';
import { differential } from '../classifier/verdict.ts';
import type { Config } from '../config/schema.ts';
import { systemClock } from '../lib/clock.ts';
import { codeOf, describe, KioskError } from '../lib/errors.ts';
import { silentLogger } from '../lib/logger.ts';
import { FAULTS, GATE_REASONS, isFaultCode, WITHHELD_REASONS } from '../protocol/reasons.ts';
import type { Probabilities } from '../protocol/classes.ts';
import type { QualityValues, Timings } from '../protocol/http.ts';
import { configOf, type ExitCode, type Terminal } from './terminal.ts';
import { picturesIn } from './pictures.ts';
import { createProgress } from './progress.ts';

/** One line of `kiosk classify --json`. */
export interface ClassifyLine {
  readonly file: string;
  readonly outcome: 'result' | 'withheld' | 'rejected' | 'error';
  /** Code of the reason; absent for a result. */
  readonly reason?: string;
  readonly message?: string;
  readonly malignancy?: number;
  readonly threshold?: number;
  readonly statement?: 'above' | 'below';
  readonly probabilities?: Probabilities;
  readonly quality?: QualityValues;
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
  if (positionals.length === 0) throw new KioskError('cli/usage', 'name at least one picture or folder');
  const config = configOf(terminal, {
    ...(values.model === undefined ? {} : { KIOSK_MODEL: values.model }),
    ...(values.engine === undefined ? {} : { KIOSK_ENGINE: values.engine }),
  });
  const files = await picturesIn(positionals);
  if (files.length === 0)
    throw new KioskError('cli/usage', 'there is no PNG or JPEG picture in what was named');
  const classifier = createClassifier(config, systemClock, silentLogger);
  await classifier.start();
  try {
    await ready(classifier);
    return await classifyAll(files, {
      classifier,
      config,
      gate: !values['no-gate'],
      json: values.json,
      terminal,
    });
  } finally {
    await classifier.stop();
  }
}

interface Run {
  readonly classifier: Classifier;
  readonly config: Config;
  readonly gate: boolean;
  readonly json: boolean;
  readonly terminal: Terminal;
}

async function classifyAll(files: readonly string[], run: Run): Promise<ExitCode> {
  const { stdout, stderr } = run.terminal;
  const progress = createProgress(stderr, files.length);
  let failed = false;
  for (const file of files) {
    const line = await classifyFile(file, run);
    failed ||= line.outcome === 'error';
    progress.clear();
    if (!stdout.write(`${run.json ? JSON.stringify(line) : inWords(line)}\n`)) await once(stdout, 'drain');
    progress.step();
  }
  progress.stop();
  return failed ? 1 : 0;
}

/** One picture through the same gate and network as a press; what goes wrong with it is its line, not the end of the run. */
async function classifyFile(file: string, { classifier, config, gate }: Run): Promise<ClassifyLine> {
  const { signal } = new AbortController();
  try {
    const picture = await readPicture(file, config.uploadMaxBytes);
    // After a crash of the inference process the next picture waits for the new one.
    await ready(classifier);
    const assessment = await classifier.assess([picture], signal);
    const { quality } = assessment;
    if (gate && !assessment.fit) {
      const { reason, timings } = assessment;
      return { file, outcome: 'rejected', reason, message: GATE_REASONS[reason].message, quality, timings };
    }
    const classification = await classifier.classify(picture, signal);
    const timings = { ...assessment.timings, ...classification.timings };
    return { file, ...answer(classification, gate), quality, model: modelName(classification), timings };
  } catch (error) {
    const code = codeOf(error);
    const words =
      isFaultCode(code) && !(error instanceof KioskError && error.message)
        ? FAULTS[code].message
        : describe(error);
    return { file, outcome: 'error', reason: code, message: words };
  }
}

/** Without the gate the bare numbers are given even where the kiosk would withhold them: that is for measuring, not for reading. */
function answer({ verdict, scores }: Classification, gate: boolean): Omit<ClassifyLine, 'file'> {
  if (verdict.outcome === 'result') return verdict;
  const { outcome, reason } = verdict;
  return { outcome, reason, message: WITHHELD_REASONS[reason].message, ...(gate ? {} : scores) };
}

function modelName({ model }: Classification): string {
  return `${model.name} ${model.version} (${model.engine})`;
}

async function readPicture(file: string, limit: number): Promise<Uint8Array> {
  const handle = await open(file).catch((error: unknown) => {
    throw new KioskError('picture/missing', `cannot be read: ${describe(error)}`);
  });
  try {
    const { size } = await handle.stat();
    if (size > limit) throw new KioskError('picture/too-large', `${size} bytes, at most ${limit} are taken`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

function inWords(line: ClassifyLine): string {
  if (line.malignancy === undefined || line.probabilities === undefined) {
    return `${line.file}: ${line.outcome}: ${line.message ?? line.reason ?? ''}`;
  }
  const classes = differential(line.probabilities).map(
    ({ id, probability }) => `${id} ${percent(probability)}`,
  );
  const statement = line.statement === undefined ? line.outcome : `${line.statement} the referral threshold`;
  return `${line.file}: malignancy ${percent(line.malignancy)}, ${statement}; ${classes.join(', ')}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
