import { io, type Socket } from 'socket.io-client';
import type { OpinionCommand } from '#protocol/assessments.ts';
import type { AnswerCommand, ContextChange, LesionDraft } from '#protocol/context.ts';
import type { CommandReply, ScreenEvents, ServerEvents } from '#protocol/events.ts';
import type { FaultCode } from '#protocol/reasons.ts';
import type { SettingChange } from '#protocol/settings.ts';
import type { Disposed, SessionView, View } from '#protocol/view.ts';
import { drawFrame, onWatching, watching } from './frames.ts';
import { reloadIfProgramChanged } from './reload.ts';
import { isAnotherStart } from '../state/screen-state.ts';
import { showFraming } from '../state/framing.ts';
import { currentState, dispatch, showNotice } from '../state/state.ts';
import { askUnlock, unlocked } from '../state/unlock.ts';
import { wordsSent } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';

/** Longest wait for the response to a command, ms; the service responds immediately or never. */
const REPLY_MS = 3_000;

/** PIN hashing is slow on purpose; a camera change first stops the old camera. */
const SETTINGS_REPLY_MS = 15_000;

export type Command = 'press' | 'retake' | 'accept' | 'discard' | 'dismiss';

/** The results that this screen itself has saved or discarded. */
const disposing = new Set<string>();

const socket: Socket<ServerEvents, ScreenEvents> = io({
  autoConnect: false,
  transports: ['websocket', 'polling'],
  tryAllTransports: true,
  reconnectionDelay: 200,
  reconnectionDelayMax: 1_000,
  timeout: 4_000,
});

/** Connects and keeps reconnecting; each connection receives the whole View. */
export function connect(): void {
  socket.on('connect', () => {
    socket.emit('preview', watching());
    // The first of the heartbeat: from now on somebody can answer here.
    if (document.visibilityState === 'visible') reportPresence('beat');
  });
  socket.on('disconnect', (reason) => {
    dispatch({ type: 'lost' });
    showFraming(undefined);
    // The one case in which the client library does not reconnect automatically.
    if (reason === 'io server disconnect') socket.connect();
  });
  // Not validated, unlike HTTP responses: rejecting a View would leave an outdated one on the screen.
  socket.on('view', (view) => {
    receive(view);
  });
  socket.on('locked', () => {
    unlocked.value = undefined;
  });
  socket.on('frame', (jpeg, received) => {
    void drawFrame(jpeg).finally(received);
  });
  socket.on('framing', (found) => {
    showFraming(found ?? undefined);
  });
  onWatching((on) => {
    if (socket.connected) socket.emit('preview', on);
  });
  socket.connect();
}

/**
 * Sends a scanned reference, and shows why it was rejected unless nobody has it yet.
 *
 * @returns why not; `undefined` if the patient is selected now
 */
export function scanReference(reference: string): Promise<FaultCode | undefined> {
  return changeUnless('reference/unknown', { type: 'scan', reference });
}

/** Corrects a reference, and shows why that was rejected unless somebody else has the new one; returns as `scanReference`. */
export function correctReference(reference: string, to: string): Promise<FaultCode | undefined> {
  return changeUnless('reference/taken', { type: 'correct', reference, to });
}

/** @param expected a refusal that the page itself responds to */
async function changeUnless(expected: FaultCode, change: ContextChange): Promise<FaultCode | undefined> {
  let refused: FaultCode | undefined;
  const done = await ask(async () => {
    const reply = (await socket.timeout(REPLY_MS).emitWithAck('context', change)) as CommandReply;
    refused = reply.ok ? undefined : reply.code;
    return refused === expected ? { ok: true } : reply;
  });
  return done ? refused : (refused ?? 'internal/error');
}

/** Selects another patient or lesion, as `command` does. */
export function changeContext(change: ContextChange): Promise<boolean> {
  return ask(() => socket.timeout(REPLY_MS).emitWithAck('context', change));
}

/** Keeps what was entered of a new lesion. Whether that succeeds concerns nobody: the page has it. */
export function keepDraft(reference: string, draft: LesionDraft | null): void {
  if (socket.connected) socket.emit('context', { type: 'draft', reference, draft }, () => undefined);
}

/** Answers the questions about a capture, as `command` does. */
export function sendAnswer(answer: AnswerCommand): Promise<boolean> {
  return ask(() => socket.timeout(REPLY_MS).emitWithAck('answer', answer));
}

/** Gives an opinion before the result, as `command` does. */
export function sendOpinion(opinion: OpinionCommand): Promise<boolean> {
  return ask(() => socket.timeout(REPLY_MS).emitWithAck('opinion', opinion));
}

/**
 * Sends a command and shows on the screen why it was rejected.
 *
 * @returns whether the kiosk executed it
 */
export async function command(name: Command): Promise<boolean> {
  const session = currentState().view?.session;
  const disposes = (name === 'accept' || name === 'discard') && session?.state === 'showing';
  if (disposes) disposing.add(session.id);
  const done = await ask(() => socket.timeout(REPLY_MS).emitWithAck(name));
  if (disposes && !done) disposing.delete(session.id);
  return done;
}

async function ask(send: () => Promise<CommandReply>): Promise<boolean> {
  // Not buffered: a press that arrives with the next connection would capture something nobody is aiming at.
  if (!socket.connected) return false;
  try {
    let reply = await send();
    if (!reply.ok && reply.code === 'operator/locked' && (await askUnlock())) reply = await send();
    if (!reply.ok) showNotice('problem', wordsSent(reply));
    return reply.ok;
  } catch {
    showNotice('problem', { message: t('silent.message'), cure: t('silent.cure') });
    return false;
  }
}

/** Unlocks this connection too, after the browser was unlocked. */
export async function attachUnlock(token: string): Promise<void> {
  if (!socket.connected) return;
  // Without an answer the connection stays locked, and the next command asks for an unlock again.
  await socket
    .timeout(REPLY_MS)
    .emitWithAck('unlocked', token)
    .catch(() => undefined);
}

/** Reads or changes the settings; the reply is not checked, and `undefined` if the kiosk did not respond. */
export async function askSettings(
  ...asked:
    | ['settings' | 'settings-lock']
    | ['settings-unlock' | 'settings-pin', string]
    | ['settings-change', SettingChange]
): Promise<unknown> {
  if (!socket.connected) return undefined;
  const [name, ...rest] = asked;
  try {
    return await socket.timeout(SETTINGS_REPLY_MS).emitWithAck(name, ...(rest as [never]));
  } catch {
    return undefined;
  }
}

/** Not buffered: it is useless later. */
export function reportPresence(sign: 'active' | 'beat'): void {
  if (socket.connected) socket.emit(sign);
}

function receive(view: View): void {
  const before = currentState();
  if (isAnotherStart(before, view)) void reloadIfProgramChanged();
  dispatch({ type: 'view', view });
  const disposed = disposedElsewhere(before.view?.session, view.session);
  if (disposed === undefined) return;
  const { disposition, number = '' } = disposed;
  showNotice('done', { message: t(`elsewhere.${disposition}`, { number }), cure: t('session.stays') });
}

/** What was done with the result that this screen has just shown, unless it was done here. */
function disposedElsewhere(before: SessionView | undefined, now: SessionView): Disposed | undefined {
  if (before?.state !== 'showing' || now.state !== 'ready' || now.disposed?.id !== before.id)
    return undefined;
  return disposing.delete(before.id) ? undefined : now.disposed;
}
