import type { LesionCapture, LesionHistory } from '../protocol/lesion.ts';
import type { SessionStore, WholeSession } from '../store/port.ts';

/** Maximum number of captures in a lesion's history. */
const MOST = 200;

/**
 * The results of one lesion. A lesion belongs to one patient, so no other patient's data can be in it. Discarded
 * results are omitted: they are no captures of the lesion, or bad ones.
 *
 * @param isPictured whether a session's image is available
 */
export function historyOf(
  store: Pick<SessionStore, 'rows'>,
  lesion: string,
  isPictured: (session: string) => boolean,
): LesionHistory {
  const { sessions } = store.rows({ limit: MOST, filter: { lesion } });
  return {
    captures: sessions
      .filter(({ disposition }) => disposition !== 'discarded')
      .flatMap((session) => captureOf(session, isPictured(session.id)))
      .reverse(),
  };
}

function captureOf(session: WholeSession, pictured: boolean): LesionCapture[] {
  const { id, number, openedAt, model, hints, histology } = session;
  if (model === undefined) return [];
  const head = {
    id,
    number,
    openedAt,
    model: `${model.name} ${model.version}`,
    pictured,
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
