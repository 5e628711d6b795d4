import { Type, type Static } from '@sinclair/typebox';
import type { SessionDetail } from '../../protocol/http.ts';
import type { EncodedImage } from '../../lib/image-signature.ts';
import type { ImageStore } from '../../retention/port.ts';
import type { SessionControl } from '../../session/port.ts';
import type { SessionStore } from '../../store/port.ts';
import type { HttpApp } from '../http.ts';
import { HttpError } from '../http-error.ts';
import { jsonAnswer, readResponses, writeResponses } from '../schemas/responses.ts';
import { exact } from '../schemas/schema-for.ts';
import { KeptMaskSchema, StoredImageSchema } from '../schemas/sessions.ts';
import type { SessionThumbnails } from '../session-thumbnails.ts';
import type { UnlockGuard } from '../unlock-guard.ts';
import { untilClosed } from '../until-closed.ts';
import { ById } from './by-id.ts';

interface Parts {
  readonly session: SessionControl;
  readonly images: ImageStore;
  readonly unlockGuard: UnlockGuard;
  readonly thumbnails: SessionThumbnails;
}

interface OfSession {
  Params: Static<typeof ById>;
}

const IMAGE = { schema: { type: 'string', format: 'binary' } };

const READ = {
  operationId: 'getImage',
  summary: 'The image of a session, while it is shown or stored',
  tags: ['images'],
  params: ById,
  response: readResponses(
    { 200: { description: 'The image', content: { 'image/jpeg': IMAGE, 'image/png': IMAGE } } },
    400,
    404,
    500,
    503,
  ),
};

const THUMBNAIL = {
  operationId: 'getThumbnail',
  summary: 'A small version of a stored image',
  tags: ['images'],
  params: ById,
  response: readResponses(
    { 200: { description: 'The thumbnail', content: { 'image/jpeg': IMAGE } } },
    400,
    404,
    422,
    500,
    503,
  ),
};

const KEEP = {
  operationId: 'keepImage',
  summary: 'Store the current image: the patient consents',
  tags: ['images'],
  params: ById,
  response: writeResponses(
    { 200: jsonAnswer('The stored image', Type.Object({ kept: StoredImageSchema }, exact)) },
    404,
    409,
    503,
    507,
  ),
};

const REMOVE = {
  operationId: 'removeImage',
  summary: 'Delete a stored image: consent is withdrawn',
  tags: ['images'],
  params: ById,
  response: writeResponses(
    { 200: jsonAnswer('No image is stored', Type.Object({ kept: Type.Null() }, exact)) },
    404,
    503,
  ),
};

const MASK = {
  operationId: 'getMask',
  summary: 'The lesion mask stored with an image',
  tags: ['images'],
  params: ById,
  response: readResponses({ 200: jsonAnswer('The mask', KeptMaskSchema) }, 400, 404, 500, 503),
};

/** The current image and the stored ones: `GET`, `PUT` (the patient consents) and `DELETE` (consent is withdrawn). */
export function addPictureRoutes(app: HttpApp, { session, images, unlockGuard, thumbnails }: Parts): void {
  const path = '/api/sessions/:id/picture';
  app.get<OfSession>(path, { schema: READ }, async ({ params: { id } }, answer) => {
    const picture = (session.shown(id) ?? (await images.read(id)))?.picture;
    if (picture === undefined) throw new HttpError('session/picture-gone');
    return answer.type(picture.contentType).send(bufferOf(picture));
  });
  app.get<OfSession>(
    '/api/sessions/:id/thumbnail',
    { schema: THUMBNAIL },
    async ({ params: { id } }, answer) => {
      const bytes = await thumbnails.of(id, untilClosed(answer));
      return answer.type('image/jpeg').send(bufferOf({ bytes }));
    },
  );
  app.put<OfSession>(path, { schema: KEEP }, async ({ params: { id } }) => {
    await session.keepPicture(id);
    return { kept: images.kept(id) };
  });
  app.delete<OfSession>(path, { schema: REMOVE }, async (request) => {
    const { id } = request.params;
    if (!(await images.remove(id, 'withdrawn', unlockGuard.authorOf(request))))
      throw new HttpError('session/picture-gone');
    return { kept: null };
  });
  app.get<OfSession>('/api/sessions/:id/mask', { schema: MASK }, async ({ params: { id } }) => {
    const mask = (await images.read(id))?.mask;
    if (mask === undefined) throw new HttpError('session/picture-gone');
    return mask;
  });
}

/** The session with its current stored image. */
export function detailOf(
  { store, images }: { readonly store: Pick<SessionStore, 'get'>; readonly images: Pick<ImageStore, 'kept'> },
  id: string,
): SessionDetail {
  const detail = store.get(id);
  if (detail === undefined) throw new HttpError('session/unknown');
  const kept = images.kept(id);
  return kept === undefined ? detail : { ...detail, kept };
}

/** The same bytes, not a copy. */
function bufferOf({ bytes: { buffer, byteOffset, byteLength } }: Pick<EncodedImage, 'bytes'>): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
