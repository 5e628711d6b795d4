import { Type } from '@sinclair/typebox';
import type { HealthReport } from '../../protocol/diagnostics.ts';
import type { About, MemoryReport } from '../../protocol/http.ts';
import type { HttpApp } from '../http.ts';
import { jsonAnswer, readResponses } from '../schemas/responses.ts';
import { AboutSchema, HealthAndMemorySchema, HealthReportSchema } from '../schemas/reports.ts';
import { exact } from '../schemas/schema-for.ts';

const Draws = Type.Object(
  { draws: Type.Boolean(), silentMs: Type.Optional(Type.Integer({ minimum: 0 })) },
  exact,
);

const SCREEN = {
  operationId: 'getScreenHealth',
  summary: 'Whether a screen has rendered in the last 20 seconds',
  tags: ['diagnostics'],
  response: readResponses({
    200: jsonAnswer('A screen has rendered', Draws),
    503: jsonAnswer('No screen has rendered', Draws),
  }),
};

const ABOUT = {
  operationId: 'getAbout',
  summary: 'The software and the loaded model, with its measured figures',
  tags: ['diagnostics'],
  response: readResponses({ 200: jsonAnswer('The software and the model', AboutSchema) }),
};

const HEALTH = {
  operationId: 'getHealth',
  summary: 'All checks and memory usage, always with status 200',
  tags: ['diagnostics'],
  response: readResponses({ 200: jsonAnswer('The checks', HealthAndMemorySchema) }),
};

const LIVE = {
  operationId: 'getLiveness',
  summary: 'Whether the process responds',
  tags: ['diagnostics'],
  response: readResponses({
    200: jsonAnswer('It responds', Type.Object({ live: Type.Literal(true) }, exact)),
  }),
};

const READY = {
  operationId: 'getReadiness',
  summary: 'Whether a press would work now',
  tags: ['diagnostics'],
  response: readResponses({
    200: jsonAnswer('A press would work', HealthReportSchema),
    503: jsonAnswer('A press would not work; the checks say why', HealthReportSchema),
  }),
};

interface Parts {
  readonly about: () => About;
  readonly health: () => HealthReport;
  readonly memory: () => Promise<MemoryReport>;
}

/** Timeout of the rendering heartbeat, ms: screens send it every five seconds. */
const SCREEN_SILENT_MS = 20_000;

/** Whether somebody can see a screen. @param silentMs since the last sign of one, `undefined` before the first */
export function isDrawn(silentMs: number | undefined): boolean {
  return silentMs !== undefined && silentMs <= SCREEN_SILENT_MS;
}

/** For the supervisor of the browser: 503 if no screen has rendered for a while, and it should be restarted. */
export function addScreenRoute(app: HttpApp, silentMs: () => number | undefined): void {
  app.get('/health/screen', { schema: SCREEN }, (_request, answer) => {
    const silent = silentMs();
    const draws = isDrawn(silent);
    return answer
      .code(draws ? 200 : 503)
      .send({ draws, ...(silent === undefined ? {} : { silentMs: Math.round(silent) }) });
  });
}

/**
 * Identity and health of the kiosk: `live` if the event loop runs, `ready` if a press would work. `/api/health` is for
 * people and records: the same checks plus memory usage, always with status 200.
 */
export function addStatusRoutes(app: HttpApp, { about, health, memory }: Parts): void {
  app.get('/api/about', { schema: ABOUT }, () => about());
  app.get('/api/health', { schema: HEALTH }, async () => ({ ...health(), memory: await memory() }));
  app.get('/health/live', { schema: LIVE }, () => ({ live: true }));
  app.get('/health/ready', { schema: READY }, (_request, answer) => {
    const report = health();
    return answer.code(report.checks.every(({ ok }) => ok) ? 200 : 503).send(report);
  });
}
