import { Readable } from 'node:stream';
import { Type, type Static } from '@sinclair/typebox';
import type { Clock } from '../../lib/clock.ts';
import { DAY_MS } from '../../lib/local-day.ts';
import type { SessionPage } from '../../protocol/http.ts';
import { FILTERS, SEARCH_MAX, type FilterName, type LogQuery } from '../../protocol/log-query.ts';
import { EXPORT_FORMATS, exportOf, type ExportFormat } from '../../reports/sessions/export.ts';
import { statisticsOf } from '../../reports/sessions/statistics.ts';
import type { ImageStore } from '../../retention/port.ts';
import { filterOf } from '../../store/filter.ts';
import type { LogFilter, SessionStore } from '../../store/port.ts';
import type { HttpApp } from '../http.ts';
import { HttpError } from '../http-error.ts';
import { jsonAnswer, readResponses } from '../schemas/responses.ts';
import { StatisticsSchema } from '../schemas/reports.ts';
import { SessionDetailSchema, SessionPageSchema } from '../schemas/sessions.ts';
import { ById } from './by-id.ts';
import { detailOf } from './pictures.ts';

/** A query field that takes one of several values. */
const oneOf = <Name extends FilterName>(name: Name) =>
  Type.Optional(Type.Unsafe<(typeof FILTERS)[Name][number]>({ enum: [...FILTERS[name]] }));

const Day = Type.Optional(Type.String({ maxLength: 10 }));

const Text = Type.Optional(Type.String({ minLength: 1, maxLength: 64 }));

/** The filter fields, in a query or a body. */
export const FILTER_FIELDS = {
  ...{ day: Day, from: Day, to: Day },
  ...{ source: oneOf('source'), outcome: oneOf('outcome'), statement: oneOf('statement') },
  ...{ disposition: oneOf('disposition'), assessed: oneOf('assessed') },
  ...{ clinician: oneOf('clinician'), histology: oneOf('histology') },
  ...{ patient: oneOf('patient'), worklist: oneOf('worklist') },
  ...{ reference: Text, lesion: Text },
  search: Type.Optional(Type.String({ minLength: 1, maxLength: SEARCH_MAX })),
};

const Page = Type.Object(
  {
    ...FILTER_FIELDS,
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    before: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
  },
  { additionalProperties: false },
);

const ExportQuery = Type.Object(
  { ...FILTER_FIELDS, format: Type.Unsafe<ExportFormat>({ enum: [...EXPORT_FORMATS], default: 'csv' }) },
  { additionalProperties: false },
);

const StatisticsQuery = Type.Object(FILTER_FIELDS, { additionalProperties: false });

const LIST = {
  operationId: 'listSessions',
  summary: 'The sessions that match a filter, newest first',
  tags: ['sessions'],
  querystring: Page,
  response: readResponses({ 200: jsonAnswer('A page of sessions', SessionPageSchema) }, 400, 503),
};

const COUNT = {
  operationId: 'getStatistics',
  summary: 'Statistics of the sessions that match a filter',
  tags: ['sessions'],
  querystring: StatisticsQuery,
  response: readResponses(
    { 200: jsonAnswer('Counts, and proportions with their intervals', StatisticsSchema) },
    400,
    503,
  ),
};

const DETAIL = {
  operationId: 'getSession',
  summary: 'One session with its journal',
  tags: ['sessions'],
  params: ById,
  response: readResponses({ 200: jsonAnswer('The session', SessionDetailSchema) }, 400, 404, 503),
};

const EXPORT = {
  operationId: 'exportSessions',
  summary: 'The sessions that match a filter, as a file',
  tags: ['sessions'],
  querystring: ExportQuery,
  response: readResponses(
    {
      200: {
        description: 'The file; its fields are described in docs/export.md',
        content: {
          'text/csv': { schema: { type: 'string' } },
          'application/json': { schema: { type: 'array', items: { type: 'object' } } },
        },
      },
    },
    400,
    503,
  ),
};

interface Parts {
  readonly store: SessionStore;
  readonly images: ImageStore;
  readonly config: { readonly exportReferences: boolean } & FollowUp;
  readonly clock: Clock;
}

/** After how many days a lesion is due for another capture. */
export interface FollowUp {
  readonly followUpDays: number;
}

/** The session log. */
export function addLogRoutes(app: HttpApp, { store, images, config, clock }: Parts): void {
  const filter = (query: LogQuery): LogFilter => requiredFilter(query, config, clock);
  app.get<{ Querystring: Static<typeof Page> }>(
    '/api/sessions',
    { schema: LIST },
    ({ query: { limit, before, ...query } }) =>
      withPictures(
        store.list({ limit, ...(before === undefined ? {} : { before }), filter: filter(query) }),
        images,
      ),
  );
  addExport(app, store, { references: config.exportReferences, filter });
  app.get<{ Querystring: Static<typeof StatisticsQuery> }>(
    '/api/statistics',
    { schema: COUNT },
    ({ query }) => statisticsOf(store, filter(query)),
  );
  app.get<{ Params: Static<typeof ById> }>('/api/sessions/:id', { schema: DETAIL }, ({ params }) =>
    detailOf({ store, images }, params.id),
  );
}

/** `GET /api/sessions/export`: the same filters, all rows, as a streamed file. */
function addExport(
  app: HttpApp,
  store: SessionStore,
  { references, filter }: { references: boolean; filter: (query: LogQuery) => LogFilter },
): void {
  app.get<{ Querystring: Static<typeof ExportQuery> }>(
    '/api/sessions/export',
    { schema: EXPORT },
    ({ query: { format, ...query } }, answer) => {
      const pages = exportOf(store, filter(query), { format, references });
      const types = {
        csv: 'text/csv; charset=utf-8; header=present',
        json: 'application/json; charset=utf-8',
      };
      return answer
        .type(types[format])
        .header('content-disposition', `attachment; filename="sessions.${format}"`)
        .send(Readable.from(pages));
    },
  );
}

/** The rows whose image is stored say so. */
function withPictures({ sessions, ...rest }: SessionPage, images: ImageStore): SessionPage {
  return {
    sessions: sessions.map((session) =>
      images.kept(session.id) === undefined ? session : { ...session, pictured: true },
    ),
    ...rest,
  };
}

/** @throws HttpError with the problem */
export function requiredFilter(query: LogQuery, { followUpDays }: FollowUp, clock: Clock): LogFilter {
  const found = filterOf(query, clock.wall() - followUpDays * DAY_MS);
  if ('problem' in found) throw new HttpError('request/invalid', { cure: found.problem });
  return found.filter;
}
