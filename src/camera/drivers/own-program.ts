import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CameraProgram } from '../port.ts';

/** The compiled file of a program in this folder, even if the driver itself is loaded from source (in tests). */
export function programFile(name: string): string {
  const beside = fileURLToPath(new URL(`../programs/${name}/main.js`, import.meta.url));
  const compiled = fileURLToPath(new URL(`../../../dist/camera/programs/${name}/main.js`, import.meta.url));
  return existsSync(beside) ? beside : compiled;
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
