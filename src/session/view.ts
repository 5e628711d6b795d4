import { differential } from '../protocol/differential.ts';
import type { ResultView, SessionHead, SessionView } from '../protocol/view.ts';
import type { ImageStore } from '../retention/port.ts';
import type { Answered, SessionRef, State } from './machine.ts';

type Keeping = Pick<ImageStore, 'policy' | 'kept'>;

/** The session's part of the View: no image, and no score that is withheld or not yet on disk. */
export function viewOf(state: State, images: Keeping): SessionView {
  switch (state.name) {
    case 'ready':
      return { state: 'ready' };
    case 'opening':
      return { state: 'capturing', ...headOf(state.session) };
    case 'capturing':
    case 'checking':
    case 'classifying':
      return { state: state.name, ...headOf(state.session) };
    case 'recording':
      return {
        state: state.conclusion.kind === 'retake' ? 'checking' : 'classifying',
        ...headOf(state.session),
      };
    case 'asking':
      return { state: 'asking', ...headOf(state.session), asked: state.session.asks ?? [] };
    case 'opinion':
      return { state: 'opinion', ...headOf(state.session), picture: pictureOf(state.session) };
    case 'retake':
      return {
        ...{ state: 'retake', ...headOf(state.session), reason: state.assessment.reason },
        picture: pictureOf(state.session),
        ...(state.assessment.marks === undefined ? {} : { marks: state.assessment.marks }),
      };
    case 'fault':
      return { state: 'fault', ...headOf(state.session), code: state.code };
    case 'showing':
    case 'disposing':
      return {
        state: 'showing',
        ...headOf(state.session),
        picture: pictureOf(state.session),
        result: resultOf(state.classification),
        disposition: 'unreviewed',
        ...(state.contra === undefined ? {} : { contra: state.contra }),
        ...(state.opinionBefore === undefined ? {} : { opinionBefore: state.opinionBefore.opinion }),
        ...keepingOf(state.session.id, images),
      };
  }
}

function pictureOf({ id }: SessionRef): string {
  return `/api/sessions/${encodeURIComponent(id)}/picture`;
}

function headOf({ id, source, number }: SessionRef): SessionHead {
  return { id, source, ...(number === undefined ? {} : { number }) };
}

/** Only if the patient is asked: an image stored by a setting needs no question. */
function keepingOf(id: string, images: Keeping): Pick<Extract<SessionView, { state: 'showing' }>, 'keeping'> {
  const { mode, days } = images.policy;
  return mode === 'ask' ? { keeping: { kept: images.kept(id) !== undefined, days } } : {};
}

function resultOf({ verdict, model, explanation }: Answered): ResultView {
  if (verdict.outcome === 'withheld') {
    const { outcome, reason } = verdict;
    const { outline } = explanation;
    return { outcome, reason, ...(outline === undefined ? {} : { explanation: { outline } }), model };
  }
  const { malignancy, threshold, statement, probabilities, observed, prevalence, marked } = verdict;
  return {
    outcome: 'result',
    malignancy,
    threshold,
    statement,
    ...(observed === undefined ? {} : { observed }),
    ...(prevalence === undefined ? {} : { prevalence }),
    classes: differential(probabilities, marked),
    ...(Object.keys(explanation).length === 0 ? {} : { explanation }),
    model,
  };
}
