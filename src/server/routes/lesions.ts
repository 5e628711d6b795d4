import { Type, type Static } from '@sinclair/typebox';
import { historyOf } from '../../follow-up/history.ts';
import type { Classifier } from '../../classifier/port.ts';
import type { ComparisonView } from '../../protocol/lesion.ts';
import type { ModelIdentity } from '../../protocol/view.ts';
import type { ImageStore, ImageWithMask } from '../../retention/port.ts';
import type { SessionControl } from '../../session/port.ts';
import type { SessionStore } from '../../store/port.ts';
import type { HttpApp } from '../http.ts';
import { HttpError } from '../http-error.ts';
import { jsonAnswer, readResponses } from '../schemas/responses.ts';
import { ComparisonViewSchema, LesionHistorySchema } from '../schemas/reports.ts';
import { ById } from './by-id.ts';

/** Compares two captures; implemented by `Comparer`. */
export interface CaptureComparer {
  compare(one: ImageWithMask, other: ImageWithMask): Promise<ComparisonView>;
}

interface Parts {
  readonly store: SessionStore;
  readonly images: ImageStore;
  readonly session: SessionControl;
  readonly comparer: CaptureComparer;
  readonly classifier: Pick<Classifier, 'status'>;
}

const Both = Type.Object({ id: Type.String({ minLength: 1 }), other: Type.String({ minLength: 1 }) });

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
export function addLesionRoutes(app: HttpApp, { store, images, session, comparer, classifier }: Parts): void {
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
