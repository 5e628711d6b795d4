import { Type, type Static } from '@sinclair/typebox';
import type { Clock } from '../../lib/clock.ts';
import type { ExportPlace, ExportWritten } from '../../protocol/http.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../reports/sessions/export.ts';
import { exportInto } from '../../reports/sessions/export-file.ts';
import type { SessionStore } from '../../store/port.ts';
import type { HttpApp } from '../http.ts';
import { HttpError } from '../http-error.ts';
import { jsonAnswer, readResponses, writeResponses } from '../schemas/responses.ts';
import { ExportPlaceSchema, ExportWrittenSchema } from '../schemas/reports.ts';
import type { UnlockGuard } from '../unlock-guard.ts';
import { FILTER_FIELDS, requiredFilter, type FollowUp } from './log.ts';

const Body = Type.Object(
  { ...FILTER_FIELDS, format: Type.Unsafe<ExportFormat>({ enum: [...EXPORT_FORMATS] }) },
  { additionalProperties: false },
);

const READ = {
  operationId: 'getExportFolder',
  summary: 'The export folder',
  tags: ['sessions'],
  response: readResponses({
    200: jsonAnswer('The folder; null if none is configured', ExportPlaceSchema),
  }),
};

const WRITE = {
  operationId: 'writeExport',
  summary: 'Export the sessions that match a filter to the export folder',
  tags: ['sessions'],
  body: Body,
  response: writeResponses({ 201: jsonAnswer('The exported file', ExportWrittenSchema) }, 409, 503, 507),
};

interface Parts {
  readonly store: SessionStore;
  readonly config: { readonly exportDir: string; readonly exportReferences: boolean } & FollowUp;
  readonly clock: Clock;
  readonly unlockGuard: UnlockGuard;
}

/**
 * Exports from the screen, which has no disk of its own: `GET` returns the folder, `POST` writes the sessions that
 * match a filter, recorded in the journal.
 */
export function addExportRoutes(app: HttpApp, { store, config, clock, unlockGuard }: Parts): void {
  const { exportDir, exportReferences: references } = config;
  const place: ExportPlace = exportDir === '' ? { folder: null } : { folder: exportDir, references };
  app.get('/api/exports', { schema: READ }, () => place);
  app.post<{ Body: Static<typeof Body> }>('/api/exports', { schema: WRITE }, async (request, answer) => {
    const { format, ...query } = request.body;
    if (exportDir === '') throw new HttpError('export/none');
    const filter = requiredFilter(query, config, clock);
    // A file with only a header would look like an export that worked.
    if (store.rows({ limit: 1, filter }).sessions.length === 0) throw new HttpError('export/nothing');
    const file = await exportInto(exportDir, { store, filter, format, references }, clock.wall());
    const filtered = Object.keys(query).length > 0;
    const operator = unlockGuard.authorOf(request);
    const author = operator === undefined ? {} : { operator };
    store.append({ kind: 'exported', body: { format, references, filtered, ...author } });
    return answer.code(201).send({ file } satisfies ExportWritten);
  });
}
