import type { Classification, Classifier } from '../classifier/port.ts';
import { KioskError } from '../lib/errors.ts';
import type { SessionDetail } from '../protocol/http.ts';
import type { Rescore } from '../protocol/rescore.ts';
import { isUnderWay, type SessionView } from '../protocol/view.ts';
import type { ImageStore } from '../retention/port.ts';
import type { SessionControl } from '../session/port.ts';
import type { RescoreStore, SessionStore } from '../store/port.ts';

export interface RescorerParts {
  readonly store: Pick<SessionStore, 'get'> & { readonly rescores: RescoreStore };
  readonly images: Pick<ImageStore, 'read'>;
  readonly classifier: Pick<Classifier, 'classify' | 'status'>;
  readonly session: Pick<SessionControl, 'session' | 'onChange'>;
}

/**
 * Scores stored images again with the current model, between sessions: a press aborts it, and waits in the inference
 * process for one image at most.
 */
export class Rescorer {
  readonly #parts: RescorerParts;

  constructor(parts: RescorerParts) {
    this.#parts = parts;
  }

  /**
   * Recorded when it settles; the session's own result is not changed.
   *
   * @param operator who asked for it, if anybody
   * @throws KioskError `session/unknown`, `session/not-assessable`, `session/picture-gone`; `rescore/same-model`;
   *   `session/busy` during a session, also one that starts meanwhile; as the image store and `Classifier.classify`
   */
  async rescore(id: string, operator?: string): Promise<void> {
    const { store, images, classifier } = this.#parts;
    const detail = store.get(id);
    if (detail === undefined) throw new KioskError('session/unknown', 'there is no such session');
    if (detail.outcome !== 'result' && detail.outcome !== 'withheld')
      throw new KioskError('session/not-assessable', 'the session has no result');
    const status = classifier.status();
    if (status.state === 'ready' && status.model.identity.sha256 === latestModel(detail))
      throw new KioskError('rescore/same-model', 'the latest result is of this model');
    const image = await images.read(id);
    if (image === undefined)
      throw new KioskError('session/picture-gone', 'the image of this session is not stored');
    const found = await this.#betweenSessions((signal) =>
      classifier.classify(image.picture.bytes, signal, image.mask?.mmPerPixel),
    );
    store.rescores.add(id, rescoreOf(found, detail), operator);
  }

  async #betweenSessions<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { session } = this.#parts;
    const stopped = new AbortController();
    const stopFor = (view: SessionView): void => {
      if (isUnderWay(view)) stopped.abort(new KioskError('session/busy', 'a capture is in progress'));
    };
    const unsubscribe = session.onChange(stopFor);
    try {
      stopFor(session.session());
      stopped.signal.throwIfAborted();
      return await run(stopped.signal);
    } finally {
      unsubscribe();
    }
  }
}

function latestModel({ rescored, model }: SessionDetail): string | undefined {
  return (rescored?.model ?? model)?.sha256;
}

function rescoreOf({ verdict, model }: Classification, { reason }: SessionDetail): Rescore {
  // A contraindication found with the capture applies whatever a model says.
  if (reason === 'contra-indicated') return { outcome: 'withheld', reason, model };
  switch (verdict.outcome) {
    case 'result': {
      const { malignancy, threshold, statement, probabilities, prevalence } = verdict;
      const at = prevalence === undefined ? {} : { prevalence };
      return { outcome: 'result', malignancy, threshold, statement, probabilities, ...at, model };
    }
    case 'withheld':
      return { outcome: 'withheld', reason: verdict.reason, model };
    case 'unfit':
      return { outcome: 'retake', reason: verdict.reason, model };
  }
}
