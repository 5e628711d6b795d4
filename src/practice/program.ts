import type { CameraProgram } from '../camera/port.ts';
import { compiledEntry } from '../lib/compiled-entry.ts';

/** The simulated camera of practice, showing one scene. */
export function practiceProgram(scene: string): CameraProgram {
  const file = compiledEntry(
    new URL('./program/main.js', import.meta.url),
    new URL('../../dist/practice/program/main.js', import.meta.url),
  );
  return {
    driver: 'phantom',
    simulated: true,
    command: process.execPath,
    args: [file, `--scene=${scene}`],
    explain: ({ code, signal }, stderrTail) => {
      const last = stderrTail.split('\n').at(-1) ?? '';
      return `The simulated camera of practice exited: ${last || `exit code ${String(code)}, signal ${String(signal)}`}.`;
    },
  };
}
