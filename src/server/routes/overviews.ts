import { Type, type Static } from '@sinclair/typebox';
import type { Thumbnailer } from '../../classifier/port.ts';
import type { EncodedImage } from '../../lib/image-signature.ts';
import type { Turns } from '../../lib/turns.ts';
import type { OverviewControl } from '../../overview/port.ts';
import type { LesionOverviews } from '../../protocol/overview.ts';
import type { OverviewImages } from '../../retention/port.ts';
import type { HttpApp } from '../http.ts';
import { HttpError } from '../http-error.ts';
import { addMultipart, receiveImage, requireMultipart } from '../multipart.ts';
import { LesionOverviewsSchema, StoredOverviewSchema } from '../schemas/lesions.ts';
import { jsonAnswer, readResponses, writeResponses } from '../schemas/responses.ts';
import { exact } from '../schemas/schema-for.ts';
import { OverviewViewSchema } from '../schemas/view.ts';
import { SessionThumbnails } from '../session-thumbnails.ts';
import type { UnlockGuard } from '../unlock-guard.ts';
import { untilClosed } from '../until-closed.ts';
import { ById } from './by-id.ts';

/** Longest side of a thumbnail, pixels: a tile of a lesion's page at twice its size. */
const THUMBNAIL_SIDE = 320;

const Stored = Type.Object({ ...ById.properties, overview: Type.String({ minLength: 1 }) });
const Shot = Type.Object({ ...ById.properties, shot: Type.Integer({ minimum: 1 }) });

const IMAGE = { schema: { type: 'string', format: 'binary' } };
const PICTURE = { 200: { description: 'The image', content: { 'image/jpeg': IMAGE } } };
const NOW = jsonAnswer('The overview image that is being taken', OverviewViewSchema);
const DONE = { 204: { description: 'Done', type: 'null' } };

const LIST = {
  operationId: 'listOverviews',
  summary: 'The stored overview images of a lesion, newest first',
  tags: ['lesions'],
  params: ById,
  response: readResponses({ 200: jsonAnswer('The overview images', LesionOverviewsSchema) }, 400),
};

const OPEN = {
  operationId: 'openOverview',
  summary: 'Begin an overview image of a lesion; the next press takes it',
  tags: ['lesions'],
  params: ById,
  response: writeResponses({ 201: NOW }, 404, 409, 503),
};

const READ = {
  operationId: 'getOverview',
  summary: 'A stored overview image',
  tags: ['lesions'],
  params: Stored,
  response: readResponses(PICTURE, 400, 404, 500, 503),
};

const THUMBNAIL = {
  operationId: 'getOverviewThumbnail',
  summary: 'A small version of a stored overview image',
  tags: ['lesions'],
  params: Stored,
  response: readResponses(PICTURE, 400, 404, 422, 500, 503),
};

const REMOVE = {
  operationId: 'removeOverview',
  summary: 'Delete a stored overview image: consent is withdrawn',
  tags: ['lesions'],
  params: Stored,
  response: writeResponses({ 200: jsonAnswer('The remaining ones', LesionOverviewsSchema) }, 404, 503),
};

const SHOT = {
  operationId: 'getOverviewShot',
  summary: 'The overview image that is held, until it is kept or dropped',
  tags: ['lesions'],
  params: Shot,
  response: readResponses(PICTURE, 400, 404),
};

const FILE = {
  operationId: 'uploadOverview',
  summary: 'Take a file as the overview image; it is held, as after a press',
  tags: ['lesions'],
  params: ById,
  consumes: ['multipart/form-data'],
  response: writeResponses({ 200: NOW }, 404, 409, 422, 503),
};

const AGAIN = {
  operationId: 'retakeOverview',
  summary: 'Drop the held overview image, and aim again',
  tags: ['lesions'],
  params: ById,
  response: writeResponses({ 200: NOW }, 404, 409),
};

const KEEP = {
  operationId: 'keepOverview',
  summary: 'Store the held overview image with its lesion: the patient consents',
  tags: ['lesions'],
  params: Shot,
  response: writeResponses(
    {
      201: jsonAnswer('The stored image', Type.Object({ kept: StoredOverviewSchema }, exact)),
    },
    ...([404, 409, 503, 507] as const),
  ),
};

const CANCEL = {
  operationId: 'cancelOverview',
  summary: 'Cancel the overview image that is being taken; nothing of it remains',
  tags: ['lesions'],
  params: ById,
  response: writeResponses(DONE, 404),
};

interface Parts {
  readonly overview: OverviewControl;
  readonly overviewImages: OverviewImages;
  readonly thumbnails: Thumbnailer;
  readonly turns: Turns;
  readonly unlockGuard: UnlockGuard;
  readonly config: { readonly uploadMaxBytes: number };
}

interface OfLesion {
  Params: Static<typeof ById>;
}
interface OfStored {
  Params: Static<typeof Stored>;
}
interface OfShot {
  Params: Static<typeof Shot>;
}

/** Overview images of lesions: those that are stored, and the one that is being taken. */
export function addOverviewRoutes(app: HttpApp, parts: Parts): void {
  addStoredRoutes(app, parts);
  addCurrentRoutes(app, parts);
}

function addStoredRoutes(app: HttpApp, { overviewImages: images, unlockGuard, ...parts }: Parts): void {
  const thumbnails = new SessionThumbnails({
    ...parts,
    images,
    side: THUMBNAIL_SIDE,
    missing: 'overview/gone',
  });
  const path = '/api/lesions/:id/overviews/:overview';

  app.get<OfLesion>('/api/lesions/:id/overviews', { schema: LIST }, ({ params }): LesionOverviews => ({
    overviews: images.of(params.id),
  }));
  app.get<OfStored>(`${path}/picture`, { schema: READ }, async ({ params }, answer) => {
    const content = await images.read(require(params));
    if (content === undefined) throw new HttpError('overview/gone');
    return answer.type('image/jpeg').send(bufferOf(content.picture));
  });
  app.get<OfStored>(`${path}/thumbnail`, { schema: THUMBNAIL }, async ({ params }, answer) => {
    const bytes = await thumbnails.of(require(params), untilClosed(answer));
    return answer.type('image/jpeg').send(bufferOf({ bytes }));
  });
  app.delete<OfStored>(path, { schema: REMOVE }, async (request): Promise<LesionOverviews> => {
    const { params } = request;
    await images.remove(require(params), 'withdrawn', unlockGuard.authorOf(request));
    return { overviews: images.of(params.id) };
  });

  /** @throws HttpError `overview/gone` unless it is one of this lesion */
  function require({ id, overview }: Static<typeof Stored>): string {
    if (!images.of(id).some((stored) => stored.id === overview)) throw new HttpError('overview/gone');
    return overview;
  }
}

function addCurrentRoutes(app: HttpApp, { overview, unlockGuard, config }: Parts): void {
  app.post<OfLesion>('/api/lesions/:id/overviews', { schema: OPEN }, ({ params }, answer) =>
    answer.code(201).send(overview.open(params.id)),
  );
  app.get<OfShot>('/api/overview/:id/shots/:shot', { schema: SHOT }, ({ params }, answer) =>
    answer.type('image/jpeg').send(bufferOf(overview.shot(params.id, params.shot))),
  );
  app.post<OfLesion>('/api/overview/:id/again', { schema: AGAIN }, ({ params }) => overview.again(params.id));
  app.post<OfShot>('/api/overview/:id/shots/:shot/keep', { schema: KEEP }, async (request, answer) => {
    const { id, shot } = request.params;
    const kept = await overview.keep(id, shot, unlockGuard.authorOf(request));
    return answer.code(201).send({ kept });
  });
  app.delete<OfLesion>('/api/overview/:id', { schema: CANCEL }, ({ params }, answer) => {
    overview.cancel(params.id);
    return answer.code(204).send();
  });
  // In its own scope: no other route of these accepts a form.
  app.register((scope, _options, done) => {
    addMultipart(scope);
    scope.post<OfLesion>(
      '/api/overview/:id/file',
      {
        schema: FILE,
        onRequest: (request, _answer, next) => {
          requireMultipart(request);
          next();
        },
      },
      (request) => overview.receive(request.params.id, () => receiveImage(request, config.uploadMaxBytes)),
    );
    done();
  });
}

/** The same bytes, not a copy. */
function bufferOf({ bytes: { buffer, byteOffset, byteLength } }: Pick<EncodedImage, 'bytes'>): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
