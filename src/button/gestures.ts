/** Timing thresholds of a key, ms. */
export interface GestureTimes {
  /** A level counts once it has been stable this long: anything shorter is a spike or bounce. */
  readonly debounceMs: number;
  /** A press held this long is a long press; 0 disables it. */
  readonly longPressMs: number;
  /** A key down for this long is stuck. */
  readonly stuckMs: number;
  /** Two presses whose edges are closer than this are one double press. */
  readonly doublePressMs: number;
}

/** Input of a key; `at` is monotonic, ms, and a reading older than the previous one counts as of that one's time. */
export type KeyReading =
  | { readonly type: 'level'; readonly pressed: boolean; readonly at: number; readonly proven?: true }
  | { readonly type: 'time'; readonly at: number };

export interface Gesture {
  /**
   * `pressed` and `released` come in pairs, at the edge that was confirmed; `long` in between. `repeated` is the second
   * press of a double press and has no release. A `stuck` key is released by `freed`.
   */
  readonly type: 'pressed' | 'released' | 'long' | 'repeated' | 'stuck' | 'freed';
  readonly at: number;
}

/** A key that is confirmed to be down. */
interface Hold {
  readonly since: number;
  /** False for the second press of a double press, and for a key that was down when found. */
  readonly counts: boolean;
  readonly long: boolean;
  readonly stuck: boolean;
}

export interface KeyState {
  /** The newest raw level, since when, and how long it must last, ms. */
  readonly raw: boolean;
  readonly since: number;
  readonly proofMs: number;
  readonly hold: Hold | undefined;
  /** Edge of the last press that counted. */
  readonly pressedAt: number;
}

interface Step {
  readonly state: KeyState;
  readonly gestures: readonly Gesture[];
}

/** Initial state. A key that is down then may be stuck, but is not being pressed. */
export function initialKeyState(pressed: boolean, at: number): KeyState {
  const hold = pressed ? { since: at, counts: false, long: false, stuck: false } : undefined;
  return { raw: pressed, since: at, proofMs: 0, hold, pressedAt: Number.NEGATIVE_INFINITY };
}

/**
 * When something happens if no level arrives before, ms; Infinity for never. The caller's timer must then report the
 * time.
 */
export function dueAt(state: KeyState, times: GestureTimes): number {
  const { raw, since, proofMs, hold } = state;
  if (raw !== (hold !== undefined)) return since + proofMs;
  return hold === undefined ? Infinity : Math.min(longAt(hold, times), stuckAt(hold, times));
}

/** Processes a reading. How often the time is reported makes no difference: gestures and their times are the same. */
export function nextKeyState(state: KeyState, reading: KeyReading, times: GestureTimes): Step {
  const at = Math.max(reading.at, state.since);
  const before = advance({ state, gestures: [] }, at, times);
  if (reading.type === 'time' || reading.pressed === before.state.raw) return before;
  const proofMs = reading.proven === true ? 0 : times.debounceMs;
  const turned = { ...before.state, raw: reading.pressed, since: at, proofMs };
  return advance({ state: turned, gestures: before.gestures }, at, times);
}

function advance(step: Step, at: number, times: GestureTimes): Step {
  let { state, gestures } = step;
  for (let due = dueAt(state, times); due <= at; due = dueAt(state, times)) {
    const next = fall(state, due, times);
    state = next.state;
    gestures = [...gestures, ...next.gestures];
  }
  return { state, gestures };
}

/** Processes expired timers. */
function fall(state: KeyState, due: number, times: GestureTimes): Step {
  const { raw, since, hold } = state;
  if (hold === undefined) return press(state, times);
  if (!raw) {
    const type = hold.stuck ? 'freed' : 'released';
    const gestures: Gesture[] = hold.stuck || hold.counts ? [{ type, at: since }] : [];
    return { state: { ...state, hold: undefined }, gestures };
  }
  const type = longAt(hold, times) <= due ? 'long' : 'stuck';
  return { state: { ...state, hold: { ...hold, [type]: true } }, gestures: [{ type, at: due }] };
}

function press(state: KeyState, { doublePressMs }: GestureTimes): Step {
  const { since } = state;
  const counts = since - state.pressedAt >= doublePressMs;
  const hold = { since, counts, long: false, stuck: false };
  return {
    state: { ...state, hold, pressedAt: counts ? since : state.pressedAt },
    gestures: [{ type: counts ? 'pressed' : 'repeated', at: since }],
  };
}

function longAt({ since, counts, long }: Hold, { longPressMs }: GestureTimes): number {
  return counts && !long && longPressMs > 0 ? since + longPressMs : Infinity;
}

function stuckAt({ since, stuck }: Hold, { stuckMs }: GestureTimes): number {
  return stuck ? Infinity : since + stuckMs;
}
