import { loadSettings, type Settings } from '../config/saved-settings.ts';
import type { Environment } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { KioskError } from '../lib/errors.ts';

/** The process as seen by a command. */
export interface Terminal {
  readonly env: Environment;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Returns the function that stops listening. */
  onSignal(signal: NodeJS.Signals, listener: () => void): () => void;
}

/**
 * 0: done; 1: something failed or a problem was found; 2: the arguments or the settings are invalid and nothing was
 * done.
 */
export type ExitCode = 0 | 1 | 2;

export type Command = (args: readonly string[], terminal: Terminal) => Promise<ExitCode>;

/** The settings of this environment; all problems are listed at once. */
export function configOf(terminal: Terminal, overrides: Environment = {}): Config {
  return settingsIn({ ...terminal.env, ...overrides }).config;
}

/** The same, separating what was set on the screen. */
export function settingsIn(env: Environment): Settings {
  try {
    return loadSettings(env);
  } catch (error) {
    if (error instanceof KioskError && error.code === 'config/invalid') {
      throw new KioskError(error.code, `invalid settings:\n${error.message.replace(/^/gm, '  ')}`);
    }
    throw error;
  }
}
