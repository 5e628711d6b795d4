import type { About, MemoryReport } from '../../protocol/http.ts';
import type { App } from '../http.ts';

/** Each check by name; `detail` is one line for whoever looks after the kiosk. */
export interface HealthReport {
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
  /** What somebody should look after, though a press works. */
  readonly warnings: readonly { readonly name: string; readonly detail: string }[];
}

interface Parts {
  readonly about: () => About;
  readonly health: () => HealthReport;
  readonly memory: () => Promise<MemoryReport>;
}

/**
 * Who the kiosk is and how it does: `live` while the event loop turns, `ready` when a press would work. `/api/health` is for people and
 * records: the same checks and the memory that is taken, whatever they say.
 */
export function addStatusRoutes(app: App, { about, health, memory }: Parts): void {
  app.get('/api/about', () => about());
  app.get('/api/health', async () => ({ ...health(), memory: await memory() }));
  app.get('/health/live', () => ({ live: true }));
  app.get('/health/ready', (_request, answer) => {
    const report = health();
    return answer.code(report.checks.every(({ ok }) => ok) ? 200 : 503).send(report);
  });
}
