import { describe, KioskError } from '../lib/errors.ts';
import type { Command, ExitCode, Terminal } from './terminal.ts';

/** Each is loaded when it is asked for: one that loads the engines must not slow down one that prints a line. */
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
                            classify PNG or JPEG pictures and folders of them, one line each
  evaluate DIR --labels CSV [--out FOLDER] [--json] [--model DIR] [--engine NAME]
                            the model card’s figures on labelled pictures of your own, with intervals and plots;
                            the list has a column image and one with dx (a class) or label (benign, malignant)
  card [--model DIR]        print the model’s card as a page of Markdown: use, limits, figures, rules, hashes
  camera calibrate          with a white card before it: let the camera find exposure and colour, keep them, check the picture
  camera ruler              with a ruler before it: find and keep how many pixels a millimetre has
  camera still FILE         write one picture at the sensor’s full size (libcamera), as a JPEG
  doctor [--json] [--press] say what works on this machine, and the cure for what does not;
                            --press waits for a press of the button
  pin reset                 take the PIN of the settings away; the next is set on the kiosk’s own screen
  export [--format csv|json] [--day DAY | --from DAY --to DAY] [--outcome …] [FILE]
                            the log as a table, to FILE or standard output; also --statement, --disposition,
                            --clinician, --histology, --assessed, --source: docs/export.md
  backup [--keep N] FOLDER  copy the database, verified, into a new file of FOLDER, also while the kiosk runs; of the copies there
                            the last N stay (14)
  verify [--json]           check the model bundle’s hashes and the journal’s chain
  version                   print the version (also --version, -v)

Settings are environment variables with the prefix KIOSK_; docs/settings.md lists them.
Research use only: an adjunct for a trained clinician, not a diagnosis.
`;

/** Runs one command line. Errors end in one message on standard error that names the thing. */
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
    terminal.stderr.write(`kiosk ${name}: ${describe(error)}\n`);
    return isUsageError(error) ? 2 : 1;
  }
}

/** What is wrong with the arguments, the settings or a list that was named: nothing was done. */
const USAGE_CODES: ReadonlySet<string> = new Set(['cli/usage', 'config/invalid', 'labels/invalid']);

function isUsageError(error: unknown): boolean {
  if (error instanceof KioskError) return USAGE_CODES.has(error.code);
  // util.parseArgs throws TypeErrors with codes of its own for options it does not know.
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
