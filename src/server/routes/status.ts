import type { HealthReport } from '../../protocol/diagnostics.ts';
import type { About, MemoryReport } from '../../protocol/http.ts';
import type { HttpApp } from '../http.ts';

interface Parts {
  readonly about: () => About;
  readonly health: () => HealthReport;
  readonly memory: () => Promise<MemoryReport>;
}

/** Longest silence of a screen that draws, ms: it says so every five seconds. */
const SCREEN_SILENT_MS = 20_000;

/** For whoever runs the browser: 503 when no screen has drawn for a while, and it is to be started again. */
export function addScreenRoute(app: HttpApp, silentMs: () => number | undefined): void {
  app.get('/health/screen', (_request, answer) => {
    const silent = silentMs();
    const draws = silent !== undefined && silent <= SCREEN_SILENT_MS;
    return answer
      .code(draws ? 200 : 503)
      .send({ draws, ...(silent === undefined ? {} : { silentMs: Math.round(silent) }) });
  });
}

/**
 * Who the kiosk is and how it does: `live` while the event loop turns, `ready` when a press would work. `/api/health` is for people and
 * records: the same checks and the memory that is taken, whatever they say.
 */
export function addStatusRoutes(app: HttpApp, { about, health, memory }: Parts): void {
  app.get('/api/about', () => about());
  app.get('/api/health', async () => ({ ...health(), memory: await memory() }));
  app.get('/health/live', () => ({ live: true }));
  app.get('/health/ready', (_request, answer) => {
    const report = health();
    return answer.code(report.checks.every(({ ok }) => ok) ? 200 : 503).send(report);
  });
}
