import { parseArgs } from 'node:util';
import { App } from '../app/app.ts';
import { SystemdNotifier } from '../host/systemd-notifier.ts';
import { systemClock } from '../lib/clock.ts';
import { describe } from '../lib/errors.ts';
import { createLogger } from '../lib/logger.ts';
import { settingsIn, type ExitCode, type Terminal } from './terminal.ts';

/** Timeout of the kiosk's request to itself, ms. */
const PROOF_LIMIT_MS = 5_000;

/**
 * Longest clean shutdown, ms; after it the process exits regardless, and the next start marks the open session as
 * aborted.
 */
const STOP_LIMIT_MS = 9_000;

export async function startCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  parseArgs({ args: [...args], options: {} });
  const settings = settingsIn(terminal.env);
  const { config } = settings;
  const log = createLogger(config.logLevel);
  const app = new App({ settings, clock: systemClock, log });
  const stopping = stopSignal(terminal);
  const manager = new SystemdNotifier({
    ...{ env: terminal.env, clock: systemClock, log },
    prove: () => answer(app.url()),
  });
  await app.start();
  // SIGUSR1 would start Node's inspector.
  const forget = terminal.onSignal('SIGUSR2', () => {
    app.press();
  });
  terminal.stderr.write(
    `The kiosk is running at ${app.url()}  (camera: ${config.camera}, button: ${config.button})\n` +
      `Press the on-screen button, or: kill -USR2 ${process.pid}. Stop with Ctrl-C.\n` +
      'Research use only: an adjunct for a trained clinician, not a diagnosis.\n',
  );
  await manager.ready();
  const signal = await stopping;
  forget();
  log.info({ signal }, 'stopping');
  const cancel = systemClock.after(STOP_LIMIT_MS, () => {
    log.error({}, 'the clean shutdown took too long');
    process.exit(1);
  });
  try {
    await Promise.all([manager.stopping(), app.stop()]);
    return 0;
  } catch (error) {
    log.error({ error: describe(error) }, 'the kiosk did not shut down cleanly');
    return 1;
  } finally {
    cancel();
  }
}

/** Requests the kiosk's own health page as proof that it serves. @throws if it does not */
async function answer(url: string): Promise<void> {
  const response = await fetch(`${url}/health/live`, { signal: AbortSignal.timeout(PROOF_LIMIT_MS) });
  if (!response.ok) throw new Error(`/health/live answered ${response.status}`);
}

function stopSignal(terminal: Terminal): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      terminal.onSignal(signal, () => {
        resolve(signal);
      });
    }
  });
}
