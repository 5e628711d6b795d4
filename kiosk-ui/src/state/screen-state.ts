import type { SessionView, View } from '#protocol/view.ts';

/** The places a person can go to by hand; `live` is wherever the session is. */
export type Page = 'live' | 'patient' | 'lesion' | 'upload' | 'log' | 'about' | 'self-test' | 'settings';

/** What `body[data-screen]` says: one name for everything that can fill the screen. */
export type ScreenName =
  | 'offline'
  | 'privacy'
  | Exclude<Page, 'live'>
  | Exclude<SessionView['state'], 'showing'>
  | 'result'
  | 'withheld';

export interface ScreenState {
  /** True from the first View after a connection until that connection is lost: an old View is never shown as the present one. */
  readonly connected: boolean;
  readonly view: View | undefined;
  readonly page: Page;
}

export type ScreenEvent =
  | { readonly type: 'view'; readonly view: View }
  | { readonly type: 'lost' }
  | { readonly type: 'opened'; readonly page: Page };

export const START: ScreenState = { connected: false, view: undefined, page: 'live' };

/** The whole behaviour of the screen between two pictures of it; pure. */
export function step(state: ScreenState, event: ScreenEvent): ScreenState {
  switch (event.type) {
    case 'view':
      return receive(state, event.view);
    case 'lost':
      return { ...state, connected: false };
    case 'opened':
      return { ...state, page: event.page };
  }
}

/** The screen to show; only words of a session that is current, and only while the kiosk can be reached. */
export function screenOf({ connected, view, page }: ScreenState): ScreenName {
  if (!connected || view === undefined) return 'offline';
  if (view.idle) return 'privacy';
  if (page !== 'live') return page;
  const { session } = view;
  return session.state === 'showing' ? session.result.outcome : session.state;
}

/** True when `next` comes from another start of the service than what the screen knows. */
export function isAnotherStart(state: ScreenState, next: View): boolean {
  return state.view !== undefined && state.view.bootId !== next.bootId;
}

function receive(state: ScreenState, next: View): ScreenState {
  if (isAnotherStart(state, next)) return { ...START, connected: true, view: next };
  const { view } = state;
  if (view !== undefined && next.revision < view.revision) return { ...state, connected: true };
  const isNew = next.session.state !== 'ready' && keyOf(next.session) !== keyOf(view?.session);
  // Whoever comes next begins at the live picture, not in what another has opened; a lesion that is left takes its page along.
  const gone = state.page === 'lesion' && next.context?.lesion === undefined;
  return { connected: true, view: next, page: isNew || next.idle || gone ? 'live' : state.page };
}

/** Tells one session from another; a fault may come without a session, then its code stands for it. */
function keyOf(session: SessionView | undefined): string {
  if (session === undefined || session.state === 'ready') return '';
  if (session.state === 'fault') return session.id ?? session.code;
  return session.id;
}
