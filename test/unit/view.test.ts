import { describe, expect, it } from 'vitest';
import { CLASS_IDS } from '../../src/protocol/classes.ts';
import { READY, type Fit, type Answered, type Refused, type State } from '../../src/session/machine.ts';
import { viewOf as viewWith } from '../../src/session/view.ts';
import { classification, FAKE_MODEL, fit, MELANOMA, unfit } from '../fakes/classifier.ts';
import { FakeImageStore } from '../fakes/image-store.ts';

const session = { id: 'a', source: 'upload', number: 7 } as const;
const head = session;
const assessment = fit() as Fit;
const answer = classification(MELANOMA) as Answered;
const withheld = classification([Number.NaN, 0, 0, 0, 0, 0, 0]) as Answered;

function viewOf(state: State): ReturnType<typeof viewWith> {
  return viewWith(state, new FakeImageStore());
}

function recording(conclusion: Extract<State, { name: 'recording' }>['conclusion']): State {
  return { name: 'recording', session, conclusion };
}

const outline = [
  [0.2, 0.2],
  [0.8, 0.2],
  [0.5, 0.8],
] as const;
const explanation = {
  outline,
  heat: { side: 1, values: [255] },
  hints: { asymmetry: 0.2, borderIrregularity: 1.3, colours: 2, share: 0.1 },
};

describe('the view of a session', () => {
  it('is ready without a session', () => {
    expect(viewOf(READY)).toEqual({ state: 'ready' });
  });

  it('has no number before the session has one', () => {
    const unnumbered = { id: 'a', source: 'camera' } as const;
    expect(viewOf({ name: 'opening', session: unnumbered })).toEqual({ state: 'capturing', ...unnumbered });
  });

  it('contains the stage and the identity of the session', () => {
    expect(viewOf({ name: 'capturing', session })).toEqual({ state: 'capturing', ...head });
    expect(viewOf({ name: 'checking', session })).toEqual({ state: 'checking', ...head });
    expect(viewOf({ name: 'classifying', session, assessment })).toEqual({ state: 'classifying', ...head });
  });

  it('does not contain a result that is not yet stored', () => {
    const state = recording({ kind: 'answer', assessment, classification: answer });
    expect(viewOf(state)).toEqual({ state: 'classifying', ...head });
  });

  it('is still checking while a rejection is recorded', () => {
    const state = recording({ kind: 'retake', assessment: unfit('too-dark') as Refused });
    expect(viewOf(state)).toEqual({ state: 'checking', ...head });
  });

  it('contains the reason of a rejection', () => {
    const state: State = { name: 'retake', session, assessment: unfit('too-blurred') as Refused };
    const picture = '/api/sessions/a/picture';
    expect(viewOf(state)).toEqual({ state: 'retake', ...head, reason: 'too-blurred', picture });
  });

  it('contains the code of a fault', () => {
    expect(viewOf({ name: 'fault', session, code: 'camera/lost' })).toEqual({
      ...{ state: 'fault', ...head, code: 'camera/lost' },
    });
  });

  it.each(['showing', 'disposing'] as const)(
    'contains the whole result while %s, with its model and the URL of its image',
    (name) => {
      const view = viewOf({ name, session, classification: answer });
      expect(view).toMatchObject({
        state: 'showing',
        ...head,
        picture: '/api/sessions/a/picture',
        disposition: 'unreviewed',
        result: { outcome: 'result', statement: 'above', model: FAKE_MODEL.identity },
      });
      if (view.state !== 'showing' || view.result.outcome !== 'result') throw new Error('no result');
      expect(view.result.malignancy).toBe(answer.scores?.malignancy);
      expect(view.result.classes[0]).toMatchObject({ id: 'mel', mark: 'cancer' });
      expect(view.result.classes.map(({ id }) => id).sort()).toEqual([...CLASS_IDS]);
    },
  );

  it('contains the explanation of a result, but only the outline of a withheld one', () => {
    const explanationFor = (classification: typeof answer) => {
      const view = viewOf({ name: 'showing', session, classification });
      return view.state === 'showing' ? view.result.explanation : undefined;
    };
    expect(explanationFor({ ...answer, explanation })).toEqual(explanation);
    expect(explanationFor({ ...withheld, explanation })).toEqual({ outline });
    expect(explanationFor(withheld)).toBeUndefined();
  });

  it('contains no score of a withheld result, even if the classifier returned some', () => {
    const unsure = { ...answer, verdict: withheld.verdict };
    const view = viewOf({ name: 'showing', session, classification: unsure });
    expect(unsure.scores).toBeDefined();
    expect(view).toMatchObject({
      result: { outcome: 'withheld', reason: 'not-finite', model: FAKE_MODEL.identity },
    });
    expect(Object.keys(view.state === 'showing' ? view.result : {}).sort()).toEqual([
      ...['model', 'outcome', 'reason'],
    ]);
  });
});

describe('the retention request in the view', () => {
  const showing = { name: 'showing', session, classification: answer } as const;

  it('is present only if the kiosk is configured to ask', () => {
    for (const mode of ['off', 'always'] as const)
      expect(viewWith(showing, new FakeImageStore(mode))).not.toHaveProperty('keeping');
    expect(viewWith(showing, new FakeImageStore('ask'))).toMatchObject({
      keeping: { kept: false, days: 30 },
    });
  });

  it('reports what was done, not what was requested', async () => {
    const images = new FakeImageStore('ask');
    const picture = { bytes: Uint8Array.of(1), contentType: 'image/png' } as const;
    await images.keep('a', { picture }, 'consent');
    expect(viewWith(showing, images)).toMatchObject({ keeping: { kept: true } });
  });
});
