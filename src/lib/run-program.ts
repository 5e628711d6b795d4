import { execFile } from 'node:child_process';
import { KioskError, systemCode } from './errors.ts';

export interface ProgramAnswer {
  /** `null` if a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const OUTPUT_LIMIT_BYTES = 8 * 1024 * 1024;

export interface RunOptions {
  readonly timeoutMs: number;
  /** Instead of this process's environment. */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs a program to completion, without a shell, and returns its output whatever its exit status.
 *
 * @returns `undefined` if there is no such program
 * @throws KioskError `program/failed` if it took longer than `timeoutMs` (then it is killed) or cannot be started
 */
export function runProgram(
  command: string,
  args: readonly string[],
  { timeoutMs, ...rest }: RunOptions,
): Promise<ProgramAnswer | undefined> {
  return new Promise((resolve, reject) => {
    const options = {
      ...rest,
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      maxBuffer: OUTPUT_LIMIT_BYTES,
    } as const;
    execFile(command, [...args], options, (error, stdout, stderr) => {
      if (error === null) {
        resolve({ code: 0, stdout, stderr });
      } else if (systemCode(error) === 'ENOENT') {
        resolve(undefined);
      } else if (error.killed === true) {
        reject(new KioskError('program/failed', `${command} did not finish within ${timeoutMs} ms`));
      } else if (typeof error.code === 'number') {
        resolve({ code: error.code, stdout, stderr });
      } else {
        reject(new KioskError('program/failed', `${command} could not be run`, { cause: error }));
      }
    });
  });
}

const VERSION_TIMEOUT_MS = 5_000;

/** The first of these programs that is installed: a name on the PATH, or a path. */
export async function firstProgram(names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const answer = await runProgram(name, ['--version'], { timeoutMs: VERSION_TIMEOUT_MS });
    if (answer !== undefined) return name;
  }
  return undefined;
}
