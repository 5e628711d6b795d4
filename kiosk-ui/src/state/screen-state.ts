import type { PracticeView } from '#protocol/practice.ts';
import type { SessionView, View } from '#protocol/view.ts';

/** The pages a user can open; `live` is wherever the session is. */
export type Page =
  | 'live'
  | 'patient'
  | 'patients'
  | 'lesion'
  | 'upload'
  | 'log'
  | 'menu'
  | 'language'
  | 'guide'
  | 'about'
  | 'self-test'
  | 'settings';

/** Value of `body[data-screen]`: one name for everything that can fill the screen. */
export type ScreenName =
  | 'offline'
  | 'privacy'
  | 'practice'
  | Exclude<Page, 'live'>
  | Exclude<SessionView['state'], 'showing'>
  | 'result'
  | 'withheld';

/** The View where this screen is shown: a screen that follows from the session knows the session's state. */
export type ViewOn<Name extends ScreenName> = View &
  (Name extends 'result' | 'withheld'
    ? { readonly session: { readonly state: 'showing'; readonly result: { readonly outcome: Name } } }
    : Name extends SessionView['state']
      ? { readonly session: { readonly state: Name } }
      : Name extends 'practice'
        ? { readonly practice: PracticeView }
        : unknown);

export interface ScreenState {
  /** True from the first View after connecting until the connection is lost: an old View is never shown as current. */
  readonly connected: boolean;
  readonly view: View | undefined;
  readonly page: Page;
  /** How many parts of the page are being filled in: it stays until that is done. */
  readonly occupied: number;
}

export type ScreenEvent =
  | { readonly type: 'view'; readonly view: View }
  | { readonly type: 'lost' }
  | { readonly type: 'opened'; readonly page: Page }
  | { readonly type: 'occupied'; readonly by: 1 | -1 };

export const START: ScreenState = { connected: false, view: undefined, page: 'live', occupied: 0 };

/** The screen's state reducer; pure. */
export function step(state: ScreenState, event: ScreenEvent): ScreenState {
  switch (event.type) {
    case 'view':
      return receive(state, event.view);
    case 'lost':
      return { ...state, connected: false };
    case 'opened':
      return { ...state, page: event.page };
    case 'occupied':
      return { ...state, occupied: state.occupied + event.by };
  }
}

/** The screen to show; session screens only while the View is current and the kiosk is reachable. */
export function screenOf({ connected, view, page }: ScreenState): ScreenName {
  if (!connected || view === undefined) return 'offline';
  if (view.idle) return 'privacy';
  if (page !== 'live') return page;
  if (view.practice !== undefined) return 'practice';
  const { session } = view;
  return session.state === 'showing' ? session.result.outcome : session.state;
}

/** True if `next` comes from a later start of the service than the one the screen knows. */
export function isAnotherStart(state: ScreenState, next: View): boolean {
  return state.view !== undefined && state.view.bootId !== next.bootId;
}

function receive(state: ScreenState, next: View): ScreenState {
  const { occupied } = state;
  if (isAnotherStart(state, next)) return { ...START, occupied, connected: true, view: next };
  const { view } = state;
  if (view !== undefined && next.revision < view.revision) return { ...state, connected: true };
  const isNew = isAnotherSession(state, next);
  // The next user starts at the live preview, not at a page someone else opened; leaving a lesion closes its page. A
  // press, which may come from elsewhere, takes nobody out of an entry.
  const gone = state.page === 'lesion' && next.context?.lesion === undefined;
  const leaves = (isNew && occupied === 0) || next.idle || gone;
  return { connected: true, view: next, occupied, page: leaves ? 'live' : state.page };
}

/** True if `next` shows another session than `state`, rather than the same one or none. */
export function isAnotherSession(state: ScreenState, next: View): boolean {
  return next.session.state !== 'ready' && keyOf(next.session) !== keyOf(state.view?.session);
}

/** Identifies a session; a fault without a session is identified by its code. */
function keyOf(session: SessionView | undefined): string {
  if (session === undefined || session.state === 'ready') return '';
  if (session.state === 'fault') return session.id ?? session.code;
  return session.id;
}
