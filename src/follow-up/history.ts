import type { LesionCapture, LesionHistory } from '../protocol/lesion.ts';
import type { Rescored } from '../protocol/rescore.ts';
import type { ModelIdentity } from '../protocol/view.ts';
import type { SessionStore, WholeSession } from '../store/port.ts';

/** Maximum number of captures in a lesion's history. */
const MOST = 200;

/**
 * The results of one lesion. A lesion belongs to one patient, so no other patient's data can be in it. Discarded
 * results are omitted: they are no captures of the lesion, or bad ones.
 *
 * @param isPictured whether a session's image is available
 * @param model the current one, if any
 */
export function historyOf(
  store: Pick<SessionStore, 'rows'>,
  lesion: string,
  isPictured: (session: string) => boolean,
  model?: ModelIdentity,
): LesionHistory {
  const { sessions } = store.rows({ limit: MOST, filter: { lesion } });
  return {
    ...(model === undefined ? {} : { model: nameOf(model) }),
    captures: sessions
      .filter(({ disposition }) => disposition !== 'discarded')
      .flatMap((session) => captureOf(session, isPictured(session.id)))
      .reverse(),
  };
}

function captureOf(session: WholeSession, pictured: boolean): LesionCapture[] {
  const { id, number, openedAt, model, hints, histology, rescored } = session;
  if (model === undefined) return [];
  const head = {
    id,
    number,
    openedAt,
    model: nameOf(model),
    pictured,
    ...(rescored === undefined ? {} : { rescored: numbersOf(rescored) }),
    ...(histology === undefined ? {} : { histology }),
  };
  switch (session.outcome) {
    case 'result': {
      const { malignancy = 0, threshold = 0, statement = 'above' } = session;
      const size = hints?.diameterMm === undefined ? {} : { diameterMm: hints.diameterMm };
      return [{ ...head, outcome: 'result', malignancy, threshold, statement, ...size }];
    }
    case 'withheld':
      return [
        { ...head, outcome: 'withheld', reason: session.reason as NonNullable<LesionCapture['reason']> },
      ];
    case 'retake':
    case 'fault':
    case 'aborted':
      return [];
  }
}

function numbersOf(rescored: Rescored): NonNullable<LesionCapture['rescored']> {
  const { outcome } = rescored;
  const model = nameOf(rescored.model);
  if (outcome !== 'result') return { outcome, model };
  const { malignancy, threshold, statement } = rescored;
  return { outcome, malignancy, threshold, statement, model };
}

function nameOf({ name, version }: ModelIdentity): string {
  return `${name} ${version}`;
}
