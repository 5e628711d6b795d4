import type { Terminal } from '../../src/cli/terminal.ts';
import type { Environment } from '../../src/config/load.ts';

/** A terminal that records what a command writes and is never interrupted. */
export class FakeTerminal implements Terminal {
  printed = '';
  complained = '';
  readonly env: Environment;
  readonly stdout = streamInto((text) => {
    this.printed += text;
  });
  readonly stderr = streamInto((text) => {
    this.complained += text;
  });

  constructor(env: Environment = {}) {
    this.env = env;
  }

  onSignal(): () => void {
    return () => undefined;
  }
}

/** The part of a stream that a command uses. */
function streamInto(keep: (text: string) => void): NodeJS.WriteStream {
  const write = (text: string): boolean => {
    keep(text);
    return true;
  };
  return { write } as unknown as NodeJS.WriteStream;
}
