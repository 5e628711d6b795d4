import { Type, type Static } from '@sinclair/typebox';
import { historyOf } from '../../follow-up/history.ts';
import type { Classifier } from '../../classifier/port.ts';
import type { ComparisonView, LesionEdit } from '../../protocol/lesion.ts';
import type { ModelIdentity } from '../../protocol/view.ts';
import type { ImageStore, ImageWithMask } from '../../retention/port.ts';
import type { SessionControl } from '../../session/port.ts';
import type { PatientReader, SessionStore } from '../../store/port.ts';
import type { HttpApp } from '../http.ts';
import { HttpError } from '../http-error.ts';
import { LesionEditSchema, LesionRecordSchema } from '../schemas/lesions.ts';
import { jsonAnswer, readResponses, writeResponses } from '../schemas/responses.ts';
import { ComparisonViewSchema, LesionHistorySchema } from '../schemas/reports.ts';
import type { UnlockGuard } from '../unlock-guard.ts';
import { ById } from './by-id.ts';
import type { PatientControl } from './context.ts';

/** Compares two captures; implemented by `Comparer`. */
export interface CaptureComparer {
  compare(one: ImageWithMask, other: ImageWithMask): Promise<ComparisonView>;
}

interface RecordParts {
  readonly patients: PatientReader;
  readonly context: Pick<PatientControl, 'editLesion'>;
  readonly unlockGuard: UnlockGuard;
}

interface Parts extends RecordParts {
  readonly store: SessionStore;
  readonly images: ImageStore;
  readonly session: SessionControl;
  readonly comparer: CaptureComparer;
  readonly classifier: Pick<Classifier, 'status'>;
}

const Both = Type.Object({ id: Type.String({ minLength: 1 }), other: Type.String({ minLength: 1 }) });

const ONE = {
  operationId: 'getLesion',
  summary: 'A lesion, and its edits',
  tags: ['lesions'],
  params: ById,
  response: readResponses({ 200: jsonAnswer('The lesion', LesionRecordSchema) }, 400, 404, 503),
};

const EDIT = {
  operationId: 'editLesion',
  summary: 'Rename a lesion, move it on the body map, close or reopen it',
  tags: ['lesions'],
  params: ById,
  body: LesionEditSchema,
  response: writeResponses({ 200: jsonAnswer('The updated lesion', LesionRecordSchema) }, 404, 409, 503),
};

const HISTORY = {
  operationId: 'getLesionHistory',
  summary: 'The captures of a lesion, oldest first',
  tags: ['lesions'],
  params: ById,
  response: readResponses(
    { 200: jsonAnswer('At most the last 200 captures', LesionHistorySchema) },
    400,
    404,
    503,
  ),
};

const COMPARISON = {
  operationId: 'compareSessions',
  summary: 'What changed between two captures of one lesion',
  tags: ['lesions'],
  params: Both,
  response: readResponses(
    { 200: jsonAnswer('The registered outlines and the change', ComparisonViewSchema) },
    400,
    404,
    409,
    500,
    503,
  ),
};

/** A lesion's follow-up: its results, and the change between two of its captures whose images are available. */
export function addLesionRoutes(
  app: HttpApp,
  { store, images, session, comparer, classifier, ...parts }: Parts,
): void {
  addRecordRoutes(app, parts);
  const isPictured = (id: string): boolean =>
    session.shown(id) !== undefined || images.kept(id) !== undefined;

  app.get<{ Params: Static<typeof ById> }>('/api/lesions/:id/captures', { schema: HISTORY }, ({ params }) =>
    historyOf(store, params.id, isPictured, modelOf(classifier)),
  );

  app.get<{ Params: Static<typeof Both> }>(
    '/api/sessions/:id/comparison/:other',
    { schema: COMPARISON },
    async ({ params: { id, other } }) => {
      if (lesionOf(store, id) !== lesionOf(store, other)) throw new HttpError('comparison/other-lesion');
      const [one, two] = [await pictureOf(id), await pictureOf(other)];
      return comparer.compare(one, two);
    },
  );

  async function pictureOf(id: string): Promise<ImageWithMask> {
    const picture = session.shown(id) ?? (await images.read(id));
    if (picture === undefined) throw new HttpError('session/picture-gone');
    return picture;
  }
}

function addRecordRoutes(app: HttpApp, { patients, context, unlockGuard }: RecordParts): void {
  app.get<{ Params: Static<typeof ById> }>('/api/lesions/:id', { schema: ONE }, ({ params }) => {
    const found = patients.lesion(params.id);
    if (found === undefined) throw new HttpError('lesion/unknown');
    return found;
  });
  app.patch<{ Params: Static<typeof ById>; Body: LesionEdit }>(
    '/api/lesions/:id',
    { schema: EDIT },
    (request) => context.editLesion(request.params.id, request.body, unlockGuard.authorOf(request)),
  );
}

/**
 * A lesion belongs to one patient: captures of one lesion never belong to two. @throws HttpError if it has no lesion
 */
function lesionOf(store: SessionStore, id: string): string {
  const detail = store.get(id);
  if (detail === undefined) throw new HttpError('session/unknown');
  const lesion = detail.context?.lesion?.id;
  if (lesion === undefined) throw new HttpError('comparison/other-lesion');
  return lesion;
}

function modelOf(classifier: Pick<Classifier, 'status'>): ModelIdentity | undefined {
  const status = classifier.status();
  return status.state === 'ready' ? status.model.identity : undefined;
}
