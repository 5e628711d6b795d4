import { run } from './cli/main.ts';

/** Owns the process: arguments, environment, signals, exit code. Everything else is built from what it hands on. */
process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  onSignal: (signal, listener) => {
    process.on(signal, listener);
    return () => {
      process.off(signal, listener);
    };
  },
});
// Native libraries may keep threads alive; the command is over when its answer is written.
process.stdout.write('', () => {
  process.exit();
});
