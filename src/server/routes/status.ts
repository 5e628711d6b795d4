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
  summary: 'Whether a screen has drawn in the last 20 seconds',
  tags: ['diagnostics'],
  response: readResponses({ 200: jsonAnswer('It has', Draws), 503: jsonAnswer('It has not', Draws) }),
};

const ABOUT = {
  operationId: 'getAbout',
  summary: 'The program and the model that runs, with its measured figures',
  tags: ['diagnostics'],
  response: readResponses({ 200: jsonAnswer('The program and the model', AboutSchema) }),
};

const HEALTH = {
  operationId: 'getHealth',
  summary: 'Every check and the memory that is used, whatever they say',
  tags: ['diagnostics'],
  response: readResponses({ 200: jsonAnswer('The checks', HealthAndMemorySchema) }),
};

const LIVE = {
  operationId: 'getLiveness',
  summary: 'That the process answers',
  tags: ['diagnostics'],
  response: readResponses({ 200: jsonAnswer('It does', Type.Object({ live: Type.Literal(true) }, exact)) }),
};

const READY = {
  operationId: 'getReadiness',
  summary: 'Whether a press would work now',
  tags: ['diagnostics'],
  response: readResponses({
    200: jsonAnswer('It would', HealthReportSchema),
    503: jsonAnswer('It would not; the checks say why', HealthReportSchema),
  }),
};

interface Parts {
  readonly about: () => About;
  readonly health: () => HealthReport;
  readonly memory: () => Promise<MemoryReport>;
}

/** Longest silence of a screen that draws, ms: it says so every five seconds. */
const SCREEN_SILENT_MS = 20_000;

/** For whoever runs the browser: 503 when no screen has drawn for a while, and it is to be started again. */
export function addScreenRoute(app: HttpApp, silentMs: () => number | undefined): void {
  app.get('/health/screen', { schema: SCREEN }, (_request, answer) => {
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
  app.get('/api/about', { schema: ABOUT }, () => about());
  app.get('/api/health', { schema: HEALTH }, async () => ({ ...health(), memory: await memory() }));
  app.get('/health/live', { schema: LIVE }, () => ({ live: true }));
  app.get('/health/ready', { schema: READY }, (_request, answer) => {
    const report = health();
    return answer.code(report.checks.every(({ ok }) => ok) ? 200 : 503).send(report);
  });
}
