import type { About } from '../../protocol/http.ts';
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
}

/** Who the kiosk is and how it does: `live` while the event loop turns, `ready` when a press would work. */
export function addStatusRoutes(app: App, { about, health }: Parts): void {
  app.get('/api/about', () => about());
  app.get('/health/live', () => ({ live: true }));
  app.get('/health/ready', (_request, answer) => {
    const report = health();
    return answer.code(report.checks.every(({ ok }) => ok) ? 200 : 503).send(report);
  });
}
