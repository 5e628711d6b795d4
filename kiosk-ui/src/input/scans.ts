import { openLesions } from '#protocol/context.ts';
import { readUnlock, unlockWith } from '../connection/unlock.ts';
import { setPendingReference } from '../state/pending-reference.ts';
import { scanReference } from '../connection/socket.ts';
import { currentState, open, showNotice } from '../state/state.ts';
import { unlocked } from '../state/unlock.ts';
import { t } from '../i18n/translate.ts';
import { Receivers } from './receivers.ts';

type Scan = (code: string) => void;

const receivers = new Receivers<Scan>();

/** Of patient references only. */
const referenceReceivers = new Receivers<Scan>();

/** For a page that expects a badge. Returns the function that restores the previous receiver. */
export function receiveScans(receiver: Scan): () => void {
  return receivers.add(receiver);
}

/** For a page that looks patients up and selects none: a badge still unlocks. */
export function receiveReferences(receiver: Scan): () => void {
  return referenceReceivers.add(receiver);
}

/** A scanned code is a registered badge, or else a patient reference. */
export async function handleScan(code: string): Promise<void> {
  const receiver = receivers.newest;
  if (receiver !== undefined) {
    receiver(code);
    return;
  }
  const state = await readUnlock();
  if (state?.badges !== true || !code.startsWith(state.badgePrefix)) {
    receiveReference(code);
    return;
  }
  const answer = await unlockWith({ badge: code });
  if (answer.ok) showNotice('done', { message: unlocked.value?.name ?? '', cure: t('unlock.done') });
  else if (answer.code === 'badge/unknown' && state.badgePrefix === '') receiveReference(code);
  else showNotice('problem', answer.words);
}

function receiveReference(code: string): void {
  const receiver = referenceReceivers.newest;
  if (receiver === undefined) void propose(code);
  else receiver(code);
}

/**
 * A known patient applies at once where they can be seen before the next press: on the live screen. Elsewhere, and
 * over a result, which selecting somebody would close, the reference is confirmed first; so is a new one.
 */
async function propose(reference: string): Promise<void> {
  const { page, view } = currentState();
  const sees =
    page === 'live' && view !== undefined && ['ready', 'retake', 'fault'].includes(view.session.state);
  if (!sees || (await scanReference(reference)) === 'reference/unknown') {
    setPendingReference(reference);
    return;
  }
  const context = currentState().view?.context;
  // Several lesions: which one is next must be said.
  if (
    context?.reference === reference &&
    context.lesion === undefined &&
    openLesions(context.lesions).length > 0
  )
    open('patient');
}
