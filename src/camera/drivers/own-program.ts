import { compiledEntry } from '../../lib/compiled-entry.ts';
import type { CameraProgram } from '../port.ts';

/** The file of a program in `camera/programs`. */
export function programFile(name: string): string {
  return compiledEntry(
    new URL(`../programs/${name}/main.js`, import.meta.url),
    new URL(`../../../dist/camera/programs/${name}/main.js`, import.meta.url),
  );
}

/** A camera program of our own, run by Node. */
export function ownProgram(driver: string, args: readonly string[]): CameraProgram {
  return {
    driver,
    simulated: true,
    command: process.execPath,
    args: [programFile(driver), ...args],
    explain: ({ code, signal }, stderrTail) => {
      const last = stderrTail.split('\n').at(-1) ?? '';
      return `The simulated camera (${driver}) exited: ${last || `exit code ${String(code)}, signal ${String(signal)}`}.`;
    },
  };
}
