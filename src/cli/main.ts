import { cureOf, describe, KioskError } from '../lib/errors.ts';
import type { ErrorCode } from '../protocol/error-codes.ts';
import type { Command, ExitCode, Terminal } from './terminal.ts';

/** Commands are loaded on demand: one that loads the engines must not slow down one that prints a line. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./start.ts')).startCommand,
  classify: async () => (await import('./classify.ts')).classifyCommand,
  evaluate: async () => (await import('./evaluate.ts')).evaluateCommand,
  card: async () => (await import('./card.ts')).cardCommand,
  camera: async () => (await import('./camera.ts')).cameraCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  pin: async () => (await import('./pin.ts')).pinCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
};

const USAGE = `Usage: kiosk COMMAND

  start                     run the kiosk (the screen is on http://127.0.0.1:8080)
  classify [--json] [--no-gate] [--model DIR] [--engine NAME] PATH…
                            classify PNG or JPEG images, or folders of them, one line each
  evaluate DIR --labels CSV [--out FOLDER] [--json] [--model DIR] [--engine NAME]
                            compute the model card’s figures on your own labelled images, with intervals and plots;
                            the CSV has a column image and a column dx (a class) or label (benign, malignant)
  card [--model DIR]        print the model card as Markdown: intended use, limits, figures, rules, hashes
  camera calibrate          with a white card in front: let the camera find exposure and colour, save them, check the image
  camera ruler              with a ruler in front: measure and save the number of pixels per millimetre
  camera still FILE         write one image at the sensor’s full resolution (libcamera), as a JPEG
  doctor [--json] [--press] report what works on this machine, and how to fix what does not;
                            --press waits for a button press
  pin reset                 remove the settings PIN; a new one is set on the kiosk’s own screen
  export [--format csv|json] [--day DAY | --from DAY --to DAY] [--outcome …] [FILE]
                            write the session log as a table to FILE or standard output; also --statement, --disposition,
                            --clinician, --histology, --assessed, --source: docs/export.md
  backup [--keep N] FOLDER  copy the database, verified, to a new file in FOLDER, also while the kiosk runs; the last N copies
                            are kept (14)
  verify [--json]           check the model bundle’s hashes and the journal’s hash chain
  version                   print the version (also --version, -v)

Settings are environment variables with the prefix KIOSK_; docs/settings.md lists them.
Research use only: an adjunct for a trained clinician, not a diagnosis.
`;

/** Runs one command line. An error ends in one message on standard error that names the problem and the cure. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name = '', ...rest] = args;
  if (['help', '--help', '-h'].includes(name)) {
    terminal.stdout.write(USAGE);
    return 0;
  }
  if (['version', '--version', '-v'].includes(name)) {
    const { programIdentity } = await import('../lib/program-identity.ts');
    terminal.stdout.write(`dermoscopy-kiosk ${programIdentity().version}\n`);
    return 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) {
    terminal.stderr.write(
      `${name === '' ? 'A command is missing.' : `There is no command “${name}”.`}\n\n${USAGE}`,
    );
    return 2;
  }
  try {
    const command = await load();
    return await command(rest, terminal);
  } catch (error) {
    const cure = cureOf(error);
    terminal.stderr.write(`kiosk ${name}: ${describe(error)}\n${cure === undefined ? '' : `  → ${cure}\n`}`);
    return isUsageError(error) ? 2 : 1;
  }
}

/** Invalid arguments, settings or label list: nothing was done. */
const USAGE_CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'cli/usage',
  'config/invalid',
  'labels/invalid',
]);

function isUsageError(error: unknown): boolean {
  if (error instanceof KioskError) return USAGE_CODES.has(error.code);
  // util.parseArgs throws TypeErrors with its own codes for unknown options.
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
