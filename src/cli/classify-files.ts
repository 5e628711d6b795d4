import { open } from 'node:fs/promises';
import { createClassifier } from '../app/factories.ts';
import type { GateResult, Classification, Classifier, LoadedModel } from '../classifier/port.ts';
import { ready } from '../classifier/client/ready.ts';
import type { Config } from '../config/schema.ts';
import { systemClock } from '../lib/clock.ts';
import { codeOf, describe, KioskError } from '../lib/errors.ts';
import { silentLogger } from '../lib/logger.ts';
import { FAULTS, isFaultCode } from '../protocol/reasons.ts';
import { createProgress } from './progress.ts';
import type { Terminal } from './terminal.ts';

/** The outcome of one image: an error is its result, not the end of the run. */
export type FileResult =
  | { readonly file: string; readonly error: { readonly code: string; readonly message: string } }
  /** The gate rejected it. */
  | {
      readonly file: string;
      readonly assessment: Extract<GateResult, { fit: false }>;
      readonly classification?: undefined;
    }
  | { readonly file: string; readonly assessment: GateResult; readonly classification: Classification };

export interface ClassifyFilesOptions {
  readonly config: Config;
  /** Whether images that the gate rejects are left unclassified, as for a press. */
  readonly gate: boolean;
  readonly terminal: Terminal;
}

/**
 * Processes images with the same gate and network as a press, one after the other, with a progress bar on a terminal.
 *
 * @param each called with the outcome of every image, in order
 * @returns the model that was used
 * @throws KioskError `model/none` if there is none
 */
export async function classifyFiles(
  files: readonly string[],
  { config, gate, terminal }: ClassifyFilesOptions,
  each: (fileResult: FileResult) => Promise<void> | void,
): Promise<LoadedModel> {
  const classifier = createClassifier(config, systemClock, silentLogger);
  await classifier.start();
  try {
    const model = await ready(classifier);
    const progress = createProgress(terminal.stderr, files.length);
    for (const file of files) {
      const fileResult = await examine(file, { classifier, config, gate });
      progress.clear();
      await each(fileResult);
      progress.step();
    }
    progress.stop();
    return model;
  } finally {
    await classifier.stop();
  }
}

interface Examiner {
  readonly classifier: Classifier;
  readonly config: Config;
  readonly gate: boolean;
}

async function examine(file: string, { classifier, config, gate }: Examiner): Promise<FileResult> {
  const { signal } = new AbortController();
  try {
    const picture = await readPicture(file, config.uploadMaxBytes);
    // After a crash of the inference process the next image waits for the new one.
    await ready(classifier);
    const assessment = await classifier.assess([picture], signal);
    if (gate && !assessment.fit) return { file, assessment };
    return { file, assessment, classification: await classifier.classify(picture, signal) };
  } catch (error) {
    const code = codeOf(error);
    const words =
      isFaultCode(code) && !(error instanceof KioskError && error.message)
        ? FAULTS[code].message
        : describe(error);
    return { file, error: { code, message: words } };
  }
}

async function readPicture(file: string, limit: number): Promise<Uint8Array> {
  const handle = await open(file).catch((error: unknown) => {
    throw new KioskError('picture/missing', `cannot be read: ${describe(error)}`);
  });
  try {
    const { size } = await handle.stat();
    if (size > limit)
      throw new KioskError('picture/too-large', `${size} bytes, at most ${limit} are accepted`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
