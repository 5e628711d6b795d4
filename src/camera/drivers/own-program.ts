import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CameraProgram } from '../port.ts';

/** A camera program of our own: Node runs its compiled file, also when the driver itself is loaded from its source (in a test). */
export function ownProgram(driver: string, args: readonly string[]): CameraProgram {
  const beside = fileURLToPath(new URL(`../programs/${driver}/main.js`, import.meta.url));
  const compiled = fileURLToPath(new URL(`../../../dist/camera/programs/${driver}/main.js`, import.meta.url));
  return {
    driver,
    simulated: true,
    command: process.execPath,
    args: [existsSync(beside) ? beside : compiled, ...args],
    explain: ({ code, signal }, stderrTail) => {
      const last = stderrTail.split('\n').at(-1) ?? '';
      return `The simulated camera (${driver}) ended: ${last || `exit code ${String(code)}, signal ${String(signal)}`}.`;
    },
  };
}
