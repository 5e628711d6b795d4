// A kiosk without limits on the rate of writes and presses, for programs that send thousands. Settings come from the environment, as for
// `kiosk start`.
// Usage: node unlimited-kiosk.mjs [INFERENCE-ENTRY]
import { App } from '../../dist/app/app.js';
import { loadSettings } from '../../dist/config/saved-settings.js';
import { systemClock } from '../../dist/lib/clock.js';
import { createLogger } from '../../dist/lib/logger.js';

const settings = loadSettings(process.env);
const app = new App({
  settings,
  clock: systemClock,
  log: createLogger(settings.config.logLevel),
  writeLimit: { burst: 1e9, perSecond: 1e9 },
  doublePressMs: 0,
  inferenceEntry: process.argv[2],
});
await app.start();
console.error(`The kiosk is running at ${app.url()}`);
process.once('SIGTERM', () => {
  void app.stop().then(() => process.exit(0));
});
