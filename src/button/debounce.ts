/** What is known of a line between two edges; all times are `Clock.monotonic()`, ms. */
export interface LineState {
  /** The level that has been stable: a press is counted when it turns to pressed. */
  readonly pressed: boolean;
  /** The newest raw level, not yet proved stable, and since when. */
  readonly raw: boolean;
  readonly since: number;
}

export const RELEASED: LineState = { pressed: false, raw: false, since: Number.NEGATIVE_INFINITY };

export interface Settled {
  readonly state: LineState;
  /** Time of the press that became certain, if one did: the first edge of the level that lasted. */
  readonly press?: number;
}

/** A raw edge arrived. It proves nothing yet: a spike or a bounce is followed by another within the debounce time. */
export function edge(state: LineState, raw: boolean, at: number): LineState {
  return raw === state.raw ? state : { ...state, raw, since: at };
}

/** Time went by: a level that has lasted for `debounceMs` is the line's own. */
export function settle(state: LineState, at: number, debounceMs: number): Settled {
  if (state.raw === state.pressed || at - state.since < debounceMs) return { state };
  const settled = { ...state, pressed: state.raw };
  return state.raw ? { state: settled, press: state.since } : { state: settled };
}
