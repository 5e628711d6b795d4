import type { GateResult, Classification } from '../classifier/port.ts';
import type { OpinionBefore } from '../protocol/assessments.ts';
import type { ContraAnswer, Contraindication } from '../protocol/context.ts';
import type { LesionValues } from '../protocol/outcome.ts';
import type { FaultCode, RetakeReason } from '../protocol/reasons.ts';
import type { CaptureSource, Disposition, FaultMarks } from '../protocol/view.ts';

/** Identity of the session; `number` is assigned by the durable opening. */
export interface SessionRef {
  readonly id: string;
  readonly source: CaptureSource;
  readonly number?: number;
  /** Contraindications to be asked before the result is shown; absent if there are none. */
  readonly asks?: readonly Contraindication[];
  /** The clinician gives an opinion before the result is shown. */
  readonly blind?: true;
}

/** An opinion from before the result; when it was given is known to the record. */
export type GivenOpinion = Omit<OpinionBefore, 'at'>;

export type Fit = Extract<GateResult, { fit: true }>;
/** An image that must be retaken, according to the gate or because the lesion is obscured. */
export type Refused = Pick<GateResult, 'quality'> & {
  readonly reason: RetakeReason;
  readonly marks?: FaultMarks;
};
type ShownVerdict = Exclude<Classification['verdict'], { outcome: 'unfit' }>;
/** A classification that may be shown. */
export type Answered = Classification & { readonly verdict: ShownVerdict };

/** Outcome of a session, before it is written. */
export type Conclusion =
  | { readonly kind: 'retake'; readonly assessment: Refused; readonly lesion?: LesionValues }
  | AnswerConclusion;

interface AnswerConclusion {
  readonly kind: 'answer';
  readonly assessment: Fit;
  readonly classification: Answered;
  /** Present exactly if the session asks. */
  readonly contra?: ContraAnswer;
  /** Present if the clinician was asked for an opinion before the result. */
  readonly opinionBefore?: GivenOpinion;
}

export type State =
  | { readonly name: 'ready' }
  /** `opening`: the durable opening, before anything is captured. */
  | { readonly name: 'opening' | 'capturing' | 'checking'; readonly session: SessionRef }
  | { readonly name: 'classifying'; readonly session: SessionRef; readonly assessment: Fit }
  /** The result is held back until the contraindications are answered or left: it is recorded with the answer. */
  | { readonly name: 'asking'; readonly session: SessionRef; readonly conclusion: AnswerConclusion }
  /** The result is held back until the clinician has given or left an opinion: it is recorded with it. */
  | { readonly name: 'opinion'; readonly session: SessionRef; readonly conclusion: AnswerConclusion }
  /**
   * The durable write of the outcome: no score is on a screen before it is on disk. `left`: nobody waits for the result
   * any more.
   */
  | {
      readonly name: 'recording';
      readonly session: SessionRef;
      readonly conclusion: Conclusion;
      readonly left?: true;
    }
  | { readonly name: 'retake'; readonly session: SessionRef; readonly assessment: Refused }
  | ({ readonly name: 'showing'; readonly session: SessionRef } & ShownConclusion)
  /** The durable write of the clinician's disposition. */
  | ({ readonly name: 'disposing'; readonly session: SessionRef } & ShownConclusion)
  | { readonly name: 'fault'; readonly session: SessionRef; readonly code: FaultCode };

type ShownConclusion = Pick<AnswerConclusion, 'classification' | 'contra' | 'opinionBefore'>;

/** Work events carry the id of their session: events of a closed session are ignored. */
export type Event =
  | ({ readonly type: 'pressed' } & Pick<SessionRef, 'id' | 'source' | 'asks' | 'blind'>)
  /** `refused`: a contraindicated lesion gets no result. */
  | ({
      readonly type: 'answered';
      readonly id: string;
      readonly refused: boolean;
    } & Pick<ContraAnswer, 'found'>)
  | ({ readonly type: 'opined'; readonly id: string } & GivenOpinion)
  | StageDone
  | { readonly type: 'timedOut'; readonly id: string }
  | { readonly type: 'failed'; readonly id: string; readonly code: FaultCode }
  | { readonly type: 'accepted' | 'discarded' | 'dismissed' | 'left' | 'stopped' };

/** A stage is done. */
export type StageDone =
  | { readonly type: 'opened'; readonly id: string; readonly number: number }
  | { readonly type: 'captured' | 'recorded'; readonly id: string }
  | { readonly type: 'assessed'; readonly id: string; readonly assessment: GateResult }
  | { readonly type: 'classified'; readonly id: string; readonly classification: Classification };

export type Effect =
  | { readonly type: 'open'; readonly session: SessionRef }
  | { readonly type: 'capture' | 'assess' }
  /** `best`: index of the frame in the burst. */
  | { readonly type: 'classify'; readonly best: number }
  | { readonly type: 'record'; readonly conclusion: Conclusion }
  /** Records that an opened session ended without an outcome. */
  | { readonly type: 'close'; readonly ending: Ending }
  | {
      readonly type: 'dispose';
      readonly id: string;
      readonly disposition: Exclude<Disposition, 'unreviewed'>;
    }
  /** Cancels whatever the session is waiting for. `armOpinionTimer`: of the clinician's opinion. */
  | { readonly type: 'cancel' | 'armTimer' | 'armOpinionTimer' | 'disarmTimer' }
  | { readonly type: 'dropPicture' }
  /** Acknowledged by a blink of the lamp, and journalled. */
  | { readonly type: 'ignorePress'; readonly source: CaptureSource }
  /** The session is over: notify everyone waiting for it. Always the last effect of a session. */
  | { readonly type: 'settle' };

export type Ending =
  { readonly outcome: 'fault'; readonly code: FaultCode } | { readonly outcome: 'aborted' };

export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

export const READY: State = { name: 'ready' };

/**
 * The transition function, and nothing else: no waiting, no clock, no image. An event without meaning in a state leaves
 * everything unchanged.
 */
export function step(state: State, event: Event): Step {
  switch (event.type) {
    case 'pressed':
      return pressed(state, event);
    case 'opened':
    case 'captured':
    case 'assessed':
    case 'classified':
    case 'recorded':
      return 'session' in state && state.session.id === event.id ? worked(state, event) : stay(state);
    case 'answered':
      return answered(state, event);
    case 'opined':
      return opined(state, event);
    case 'failed':
      return failed(state, event.id, event.code);
    case 'timedOut':
      return failed(state, event.id, 'session/timeout');
    case 'accepted':
    case 'discarded':
      return disposed(state, event.type);
    case 'dismissed':
      return state.name === 'retake' || state.name === 'fault' ? leave() : stay(state);
    case 'left':
      if (state.name === 'asking') return answerWith(state, { found: null, refused: false, left: true });
      if (state.name === 'opinion') return recordLeft(state.session, withOpinion(state, { opinion: null }));
      return acceptsPress(state) && state.name !== 'ready' ? leave() : stay(state);
    case 'stopped':
      return stopped(state);
  }
}

type Occupied = Extract<State, { session: SessionRef }>;
type Resting = Extract<State, { name: 'ready' | 'retake' | 'showing' | 'fault' }>;
type UnderWay = Exclude<Occupied, Resting | { name: 'disposing' }>;

/** Whether a press starts a session now. */
export function acceptsPress(state: State): state is Resting {
  return ['ready', 'retake', 'showing', 'fault'].includes(state.name);
}

function isUnderWay(state: State): state is UnderWay {
  return !acceptsPress(state) && state.name !== 'disposing';
}

function pressed(state: State, { id, source, asks = [], blind }: Extract<Event, { type: 'pressed' }>): Step {
  if (!acceptsPress(state)) {
    return { state, effects: [{ type: 'ignorePress', source }] };
  }
  const session: SessionRef = {
    ...{ id, source },
    ...(asks.length === 0 ? {} : { asks }),
    ...(blind === undefined ? {} : { blind }),
  };
  return {
    state: { name: 'opening', session },
    effects: [{ type: 'dropPicture' }, { type: 'armTimer' }, { type: 'open', session }],
  };
}

/** Completes one stage and starts the next; a stage's event counts in its own state only. */
function worked(state: Occupied, event: StageDone): Step {
  const { session } = state;
  if (state.name === 'opening' && event.type === 'opened') {
    const numbered = { ...session, number: event.number };
    return { state: { name: 'capturing', session: numbered }, effects: [{ type: 'capture' }] };
  }
  if (state.name === 'capturing' && event.type === 'captured') {
    return { state: { name: 'checking', session }, effects: [{ type: 'assess' }] };
  }
  if (state.name === 'checking' && event.type === 'assessed') return assessed(session, event.assessment);
  if (state.name === 'classifying' && event.type === 'classified') {
    return classified(session, state.assessment, event.classification);
  }
  if (state.name === 'recording' && event.type === 'recorded') return recorded(state);
  if (state.name === 'disposing' && event.type === 'recorded') return leave();
  return stay(state);
}

function assessed(session: SessionRef, assessment: GateResult): Step {
  if (!assessment.fit) return record(session, { kind: 'retake', assessment });
  return {
    state: { name: 'classifying', session, assessment },
    effects: [{ type: 'classify', best: assessment.best }],
  };
}

/** Obstructions of the lesion are known only once the network has found it; then its scores go no further. */
function classified(session: SessionRef, assessment: Fit, classification: Classification): Step {
  const { verdict, lesion, marks } = classification;
  if (verdict.outcome !== 'unfit') return conclude(session, assessment, { ...classification, verdict });
  const found = marks === undefined ? {} : { marks };
  const refused = { reason: verdict.reason, quality: assessment.quality, ...found };
  return record(session, { kind: 'retake', assessment: refused, lesion });
}

/** Waiting for an answer to the questions has no time limit. */
function conclude(session: SessionRef, assessment: Fit, classification: Answered): Step {
  const conclusion = { kind: 'answer', assessment, classification } as const;
  if (session.asks === undefined) return askOpinion(session, conclusion);
  return { state: { name: 'asking', session, conclusion }, effects: [{ type: 'disarmTimer' }] };
}

/** Holds back a withheld result as well: that there is no number must not be known first either. */
function askOpinion(session: SessionRef, conclusion: AnswerConclusion): Step {
  if (session.blind === undefined) return record(session, conclusion);
  return {
    state: { name: 'opinion', session, conclusion },
    effects: [{ type: 'disarmTimer' }, { type: 'armOpinionTimer' }],
  };
}

/** Counts for its own session only, as an answer. */
function opined(state: State, { id, opinion, operator }: Extract<Event, { type: 'opined' }>): Step {
  if (state.name !== 'opinion' || state.session.id !== id) return stay(state);
  const given = { opinion, ...(operator === undefined ? {} : { operator }) };
  return record(state.session, withOpinion(state, given));
}

function withOpinion(
  { conclusion }: Extract<State, { name: 'opinion' }>,
  opinionBefore: GivenOpinion,
): AnswerConclusion {
  return { ...conclusion, opinionBefore };
}

/** Counts for its own session only: an answer that comes late must not be taken as that of the next. */
function answered(state: State, { id, ...answer }: Extract<Event, { type: 'answered' }>): Step {
  return state.name === 'asking' && state.session.id === id ? answerWith(state, answer) : stay(state);
}

function answerWith(
  { session, conclusion }: Extract<State, { name: 'asking' }>,
  { found, refused, left }: Pick<ContraAnswer, 'found'> & { readonly refused: boolean; readonly left?: true },
): Step {
  const withheld = { outcome: 'withheld', reason: 'contra-indicated' } as const;
  const { classification } = conclusion;
  const concluded: AnswerConclusion = {
    ...conclusion,
    ...(refused ? { classification: { ...classification, verdict: withheld } } : {}),
    contra: { asked: session.asks ?? [], found },
  };
  if (left) return recordLeft(session, concluded);
  // Nothing that an opinion could be compared with.
  return refused ? record(session, concluded) : askOpinion(session, concluded);
}

/** Nobody waits for the result any more. */
function recordLeft(session: SessionRef, conclusion: Conclusion): Step {
  const { state, effects } = record(session, conclusion);
  return { state: { ...state, left: true }, effects };
}

function record(
  session: SessionRef,
  conclusion: Conclusion,
): Step & { readonly state: { readonly name: 'recording' } } {
  return { state: { name: 'recording', session, conclusion }, effects: [{ type: 'record', conclusion }] };
}

function recorded({ session, conclusion, left }: Extract<State, { name: 'recording' }>): Step {
  if (left === true) return { state: READY, effects: over([{ type: 'dropPicture' }]) };
  if (conclusion.kind === 'retake') {
    const { assessment } = conclusion;
    return { state: { name: 'retake', session, assessment }, effects: over([]) };
  }
  const { classification, contra, opinionBefore } = conclusion;
  return {
    state: {
      ...{ name: 'showing', session, classification },
      ...(contra === undefined ? {} : { contra }),
      ...(opinionBefore === undefined ? {} : { opinionBefore }),
    },
    effects: over([]),
  };
}

function failed(state: State, id: string, code: FaultCode): Step {
  if (acceptsPress(state) || state.session.id !== id) return stay(state);
  const { session } = state;
  const drop: Effect[] = [{ type: 'dropPicture' }];
  return {
    state: { name: 'fault', session, code },
    effects: isUnderWay(state) ? ended(state, { outcome: 'fault', code }, drop) : drop,
  };
}

function stopped(state: State): Step {
  const drop: Effect[] = [{ type: 'dropPicture' }];
  return { state: READY, effects: isUnderWay(state) ? ended(state, { outcome: 'aborted' }, drop) : drop };
}

/** A session that was never durably opened needs no closing. */
function ended(state: UnderWay, ending: Ending, effects: readonly Effect[]): readonly Effect[] {
  const close: Effect[] = state.name === 'opening' ? [] : [{ type: 'close', ending }];
  return over([{ type: 'cancel' }, ...close, ...effects]);
}

function over(effects: readonly Effect[]): readonly Effect[] {
  return [{ type: 'disarmTimer' }, ...effects, { type: 'settle' }];
}

function disposed(state: State, disposition: 'accepted' | 'discarded'): Step {
  if (state.name !== 'showing') return stay(state);
  return {
    state: { ...state, name: 'disposing' },
    effects: [{ type: 'dispose', id: state.session.id, disposition }],
  };
}

function leave(): Step {
  return { state: READY, effects: [{ type: 'dropPicture' }] };
}

function stay(state: State): Step {
  return { state, effects: [] };
}
