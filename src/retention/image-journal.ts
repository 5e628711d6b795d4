import type { SessionStore } from '../store/port.ts';
import type { NewOverview } from './port.ts';
import type { ImageLabel } from './sealed-image.ts';

/** Why an image is stored; the rest of an overview image only. */
export type Keeping = Pick<NewOverview, 'by'> & Partial<Pick<NewOverview, 'lesion' | 'source' | 'operator'>>;

type Journal = Pick<SessionStore, 'append'>;

/** Records that an image was stored: with its session, or an overview image with its lesion. */
export function recordKept(store: Journal, label: ImageLabel, days: number, keeping: Keeping): void {
  const { session, lesion, sha256, pictureBytes: bytes, mask } = label;
  const { by, source = 'camera', operator } = keeping;
  const common = { by, days, sha256, bytes };
  if (lesion === undefined) {
    store.append({ kind: 'picture-kept', body: { ...common, mask: mask !== undefined } }, session);
    return;
  }
  const body = { ...common, overview: session, lesion, source, ...authored(operator) };
  store.append({ kind: 'overview-kept', body });
}

/** Records that an image was deleted. */
export function recordGone(store: Journal, label: ImageLabel, because: string, operator?: string): void {
  const { session, lesion, sha256 } = label;
  const body = { because, sha256, ...authored(operator) };
  if (lesion === undefined) store.append({ kind: 'picture-gone', body }, session);
  else store.append({ kind: 'overview-gone', body: { ...body, overview: session, lesion } });
}

function authored(operator: string | undefined): { readonly operator?: string } {
  return operator === undefined ? {} : { operator };
}
