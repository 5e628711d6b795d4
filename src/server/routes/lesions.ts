import { Type, type Static } from '@sinclair/typebox';
import { historyOf } from '../../follow-up/history.ts';
import type { ComparisonView } from '../../protocol/lesion.ts';
import type { ImageStore, ImageWithMask } from '../../retention/port.ts';
import type { SessionControl } from '../../session/port.ts';
import type { SessionStore } from '../../store/port.ts';
import type { HttpApp } from '../http.ts';
import { HttpError } from '../http-error.ts';
import { ById } from './by-id.ts';

/** Lays two captures on each other; `Comparer` does. */
export interface CaptureComparer {
  compare(one: ImageWithMask, other: ImageWithMask): Promise<ComparisonView>;
}

interface Parts {
  readonly store: SessionStore;
  readonly images: ImageStore;
  readonly session: SessionControl;
  readonly comparer: CaptureComparer;
}

const Both = Type.Object({ id: Type.String({ minLength: 1 }), other: Type.String({ minLength: 1 }) });

/** One lesion over time: what was answered of it, and what changed between two of its captures whose pictures can be had. */
export function addLesionRoutes(app: HttpApp, { store, images, session, comparer }: Parts): void {
  const isPictured = (id: string): boolean =>
    session.shown(id) !== undefined || images.kept(id) !== undefined;

  app.get<{ Params: Static<typeof ById> }>(
    '/api/lesions/:id/captures',
    { schema: { params: ById } },
    ({ params }) => historyOf(store, params.id, isPictured),
  );

  app.get<{ Params: Static<typeof Both> }>(
    '/api/sessions/:id/comparison/:other',
    { schema: { params: Both } },
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

/** A lesion belongs to one patient: captures of one lesion are never of two. @throws Refusal where it is of none */
function lesionOf(store: SessionStore, id: string): string {
  const detail = store.get(id);
  if (detail === undefined) throw new HttpError('session/unknown');
  const lesion = detail.context?.lesion?.id;
  if (lesion === undefined) throw new HttpError('comparison/other-lesion');
  return lesion;
}
