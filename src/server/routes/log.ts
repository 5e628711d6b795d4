import { Type, type Static } from '@sinclair/typebox';
import type { SessionControl } from '../../session/port.ts';
import type { SessionStore } from '../../store/port.ts';
import type { App } from '../http.ts';
import { Refusal } from '../refusal.ts';

const Page = Type.Object(
  {
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    before: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
  },
  { additionalProperties: false },
);

const ById = Type.Object({ id: Type.String({ minLength: 1 }) });

interface Parts {
  readonly session: SessionControl;
  readonly store: SessionStore;
}

/** The log of sessions, and the one picture that is still held. */
export function addLogRoutes(app: App, { session, store }: Parts): void {
  app.get<{ Querystring: Static<typeof Page> }>(
    '/api/sessions',
    { schema: { querystring: Page } },
    ({ query }) => store.list(query),
  );
  app.get<{ Params: Static<typeof ById> }>(
    '/api/sessions/:id',
    { schema: { params: ById } },
    ({ params }) => {
      const detail = store.get(params.id);
      if (detail === undefined) throw new Refusal('session/unknown');
      return detail;
    },
  );
  app.get<{ Params: Static<typeof ById> }>(
    '/api/sessions/:id/picture',
    { schema: { params: ById } },
    ({ params }, answer) => {
      const picture = session.picture(params.id);
      if (picture === undefined) throw new Refusal('session/picture-gone');
      const { buffer, byteOffset, byteLength } = picture.bytes;
      return answer.type(picture.contentType).send(Buffer.from(buffer, byteOffset, byteLength));
    },
  );
}
