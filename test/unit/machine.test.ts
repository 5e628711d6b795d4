import { describe, expect, it } from 'vitest';
import {
  acceptsPress,
  READY,
  step,
  type Effect,
  type Event,
  type Answered,
  type Fit,
  type Refused,
  type State,
} from '../../src/session/machine.ts';
import { classification, fit, MELANOMA, unfit } from '../fakes/classifier.ts';

const session = { id: 'a', source: 'camera', number: 7 } as const;
const good = fit(1) as Fit;
const bad = unfit('too-blurred') as Refused;
const answer = classification(MELANOMA) as Answered;

const STATES = {
  ready: READY,
  opening: { name: 'opening', session: { id: 'a', source: 'camera' } },
  capturing: { name: 'capturing', session },
  checking: { name: 'checking', session },
  classifying: { name: 'classifying', session, assessment: good },
  recording: {
    name: 'recording',
    session,
    conclusion: { kind: 'answer', assessment: good, classification: answer },
  },
  asking: {
    name: 'asking',
    session: { ...session, asks: ['bleeding'] },
    conclusion: { kind: 'answer', assessment: good, classification: answer },
  },
  opinion: {
    name: 'opinion',
    session: { ...session, blind: true },
    conclusion: { kind: 'answer', assessment: good, classification: answer },
  },
  retake: { name: 'retake', session, assessment: bad },
  showing: { name: 'showing', session, classification: answer },
  disposing: { name: 'disposing', session, classification: answer },
  fault: { name: 'fault', session, code: 'camera/lost' },
} as const satisfies Record<State['name'], State>;

const EVENTS = {
  pressed: { type: 'pressed', id: 'b', source: 'camera' },
  opened: { type: 'opened', id: 'a', number: 7 },
  captured: { type: 'captured', id: 'a' },
  assessed: { type: 'assessed', id: 'a', assessment: good },
  classified: { type: 'classified', id: 'a', classification: answer },
  recorded: { type: 'recorded', id: 'a' },
  answered: { type: 'answered', id: 'a', found: [], refused: false },
  opined: { type: 'opined', id: 'a', opinion: 'malignant' },
  failed: { type: 'failed', id: 'a', code: 'inference/died' },
  timedOut: { type: 'timedOut', id: 'a' },
  accepted: { type: 'accepted' },
  discarded: { type: 'discarded' },
  dismissed: { type: 'dismissed' },
  left: { type: 'left' },
  stopped: { type: 'stopped' },
} as const satisfies Record<Event['type'], Event>;

/** The next state for each state and event; an event not in a row does not change the state. */
const TABLE: Record<State['name'], Partial<Record<Event['type'], State['name']>>> = {
  ready: { pressed: 'opening' },
  opening: { opened: 'capturing', failed: 'fault', timedOut: 'fault', stopped: 'ready' },
  capturing: { captured: 'checking', failed: 'fault', timedOut: 'fault', stopped: 'ready' },
  checking: { assessed: 'classifying', failed: 'fault', timedOut: 'fault', stopped: 'ready' },
  classifying: { classified: 'recording', failed: 'fault', timedOut: 'fault', stopped: 'ready' },
  recording: { recorded: 'showing', failed: 'fault', timedOut: 'fault', stopped: 'ready' },
  asking: {
    ...{ answered: 'recording', left: 'recording' },
    ...{ failed: 'fault', timedOut: 'fault', stopped: 'ready' },
  },
  opinion: {
    ...{ opined: 'recording', left: 'recording' },
    ...{ failed: 'fault', timedOut: 'fault', stopped: 'ready' },
  },
  retake: { pressed: 'opening', dismissed: 'ready', left: 'ready', stopped: 'ready' },
  showing: {
    pressed: 'opening',
    accepted: 'disposing',
    discarded: 'disposing',
    left: 'ready',
    stopped: 'ready',
  },
  disposing: { recorded: 'ready', failed: 'fault', timedOut: 'fault', stopped: 'ready' },
  fault: { pressed: 'opening', dismissed: 'ready', left: 'ready', stopped: 'ready' },
};

const stateNames = Object.keys(TABLE) as State['name'][];
const eventTypes = Object.keys(EVENTS) as Event['type'][];
const pairs = stateNames.flatMap((from) =>
  eventTypes.map((type) => ({ from, type, to: TABLE[from][type] ?? from })),
);

function typesOf(effects: readonly Effect[]): string[] {
  return effects.map(({ type }) => type);
}

describe('the session state machine', () => {
  it.each(pairs)('$from, $type → $to', ({ from, type, to }) => {
    expect(step(STATES[from], EVENTS[type]).state.name).toBe(to);
  });

  it.each(pairs.filter(({ from, to, type }) => from === to && type !== 'pressed' && type !== 'stopped'))(
    '$from ignores $type',
    ({ from, type }) => {
      expect(step(STATES[from], EVENTS[type])).toEqual({ state: STATES[from], effects: [] });
    },
  );

  const work = [
    'opened',
    'captured',
    'assessed',
    'classified',
    'recorded',
    'answered',
    'opined',
    'failed',
    'timedOut',
  ] as const;
  it.each(stateNames.flatMap((from) => work.map((type) => ({ from, type }))))(
    '$from ignores $type of another session',
    ({ from, type }) => {
      const stale = { ...EVENTS[type], id: 'somebody else' };
      expect(step(STATES[from], stale)).toEqual({ state: STATES[from], effects: [] });
    },
  );

  it.each([
    ...(['opening', 'capturing', 'checking', 'classifying'] as const),
    ...(['asking', 'opinion', 'recording', 'disposing'] as const),
  ])('%s reports a press as ignored and does not change', (from) => {
    const { state, effects } = step(STATES[from], EVENTS.pressed);
    expect(acceptsPress(STATES[from])).toBe(false);
    expect(state).toBe(STATES[from]);
    expect(typesOf(effects)).toEqual(['ignorePress']);
  });

  it.each(['ready', 'retake', 'showing', 'fault'] as const)(
    '%s drops the image before it opens a new session',
    (from) => {
      const { state, effects } = step(STATES[from], EVENTS.pressed);
      expect(acceptsPress(STATES[from])).toBe(true);
      expect(state).toEqual({ name: 'opening', session: { id: 'b', source: 'camera' } });
      expect(typesOf(effects)).toEqual(['dropPicture', 'armTimer', 'open']);
    },
  );

  it('captures only after the session is durably opened, under its number', () => {
    expect(step(STATES.opening, EVENTS.opened)).toEqual({
      state: STATES.capturing,
      effects: [{ type: 'capture' }],
    });
  });

  it('classifies the frame that the gate rated best', () => {
    const { effects } = step(STATES.checking, EVENTS.assessed);
    expect(effects).toEqual([{ type: 'classify', best: 1 }]);
  });

  it('records why an image is rejected before it requests a retake, and never classifies it', () => {
    const rejected = step(STATES.checking, { type: 'assessed', id: 'a', assessment: unfit('too-blurred') });
    expect(rejected.state.name).toBe('recording');
    expect(rejected.effects).toEqual([{ type: 'record', conclusion: { kind: 'retake', assessment: bad } }]);
    const { state, effects } = step(rejected.state, EVENTS.recorded);
    expect(state).toEqual(STATES.retake);
    expect(typesOf(effects)).toEqual(['disarmTimer', 'settle']);
    expect(typesOf(step(state, EVENTS.dismissed).effects)).toEqual(['dropPicture']);
  });

  it('requests a retake if the lesion is obscured, and keeps only the quality values', () => {
    const hidden = {
      ...answer,
      lesion: { hair: 0.4 },
      verdict: { outcome: 'unfit', reason: 'hair' },
    } as const;
    const { state, effects } = step(STATES.classifying, { ...EVENTS.classified, classification: hidden });
    const assessment = { reason: 'hair', quality: good.quality };
    const conclusion = { kind: 'retake', assessment, lesion: { hair: 0.4 } };
    expect(state).toEqual({ name: 'recording', session, conclusion });
    expect(effects).toEqual([{ type: 'record', conclusion }]);
    expect(step(state, EVENTS.recorded).state).toEqual({ name: 'retake', session, assessment });
  });

  it('keeps the image with the result', () => {
    const { effects } = step(STATES.recording, EVENTS.recorded);
    expect(typesOf(effects)).toEqual(['disarmTimer', 'settle']);
  });

  it.each(['capturing', 'checking', 'classifying', 'recording'] as const)(
    '%s is cancelled, closed and dropped if it fails',
    (from) => {
      const { state, effects } = step(STATES[from], EVENTS.failed);
      expect(state).toEqual({ name: 'fault', session, code: 'inference/died' });
      expect(typesOf(effects)).toEqual([...['disarmTimer', 'cancel', 'close', 'dropPicture', 'settle']]);
      expect(effects).toContainEqual({
        type: 'close',
        ending: { outcome: 'fault', code: 'inference/died' },
      });
    },
  );

  it('reports a timeout as session/timeout', () => {
    expect(step(STATES.classifying, EVENTS.timedOut).state).toMatchObject({ code: 'session/timeout' });
  });

  it('closes a stopped session as aborted', () => {
    const { effects } = step(STATES.classifying, EVENTS.stopped);
    expect(typesOf(effects)).toEqual(['disarmTimer', 'cancel', 'close', 'dropPicture', 'settle']);
    expect(effects).toContainEqual({ type: 'close', ending: { outcome: 'aborted' } });
  });

  it.each(['failed', 'stopped'] as const)('has nothing to close if opening is %s', (type) => {
    const { effects } = step(STATES.opening, EVENTS[type]);
    expect(typesOf(effects)).not.toContain('close');
    expect(typesOf(effects)).toContain('settle');
  });

  it('records the disposition of a result before the screen leaves it', () => {
    const { state, effects } = step(STATES.showing, EVENTS.discarded);
    expect(effects).toEqual([{ type: 'dispose', id: 'a', disposition: 'discarded' }]);
    expect(typesOf(step(state, EVENTS.recorded).effects)).toEqual(['dropPicture']);
  });

  it('does not close a session twice if its disposition cannot be written', () => {
    const { state, effects } = step(STATES.disposing, {
      ...{ type: 'failed', id: 'a', code: 'store/full' },
    });
    expect(state).toMatchObject({ name: 'fault', code: 'store/full' });
    expect(typesOf(effects)).toEqual(['dropPicture']);
  });
});
