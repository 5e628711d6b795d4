import type { LesionCapture, LesionHistory } from '../protocol/lesion.ts';
import type { SessionStore, WholeSession } from '../store/port.ts';

/** Captures of one lesion that are looked back on. */
const MOST = 200;

/**
 * What was answered of one lesion. A lesion belongs to one patient, so that nothing of another can be in it. What was discarded was no capture of it, or a
 * bad one.
 *
 * @param isPictured whether a session's picture can be had
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
  const { id, number, openedAt, model, hints } = session;
  if (model === undefined) return [];
  const head = { id, number, openedAt, model: `${model.name} ${model.version}`, pictured };
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
