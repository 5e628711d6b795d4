import { run } from './cli/main.ts';

const env = { ...process.env };
// Sending notifications to systemd is up to this process: a program that it starts, such as timedatectl, would use the
// socket for itself.
for (const name of ['NOTIFY_SOCKET', 'WATCHDOG_USEC', 'WATCHDOG_PID'])
  Reflect.deleteProperty(process.env, name);

/** Owns the process: arguments, environment, signals, exit code. Everything else is built from what it passes on. */
process.exitCode = await run(process.argv.slice(2), {
  env,
  stdout: process.stdout,
  stderr: process.stderr,
  onSignal: (signal, listener) => {
    process.on(signal, listener);
    return () => {
      process.off(signal, listener);
    };
  },
});
// Native libraries may keep threads alive; the command is done when its output is written.
process.stdout.write('', () => {
  process.exit();
});
