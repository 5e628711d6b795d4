import { parseArgs } from 'node:util';

/** Options of a camera program, each `--name=value`, with their defaults. */
export function programArguments<T extends Readonly<Record<string, string>>>(
  defaults: T,
): { text: T; number: (name: keyof T & string, minimum?: number) => number } {
  const options = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, { type: 'string' as const, default: value }]),
  );
  const text = parseArgs({ options }).values as T;
  return {
    text,
    number: (name, minimum = 0) => {
      const value = Number(text[name]);
      if (Number.isInteger(value) && value >= minimum) return value;
      throw new Error(`--${name} must be a whole number of at least ${minimum}, not ${String(text[name])}`);
    },
  };
}

/** Ends a camera program with one sentence, which the kiosk shows on the screen. */
export function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
}
