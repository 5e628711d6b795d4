import type { Camera } from '../camera/port.ts';
import type { InferenceClassifier } from '../classifier/client/client.ts';
import type { Config } from '../config/schema.ts';
import type { FramingWatch } from '../framing/framing-watch.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { LiveImage } from '../practice/live-image.ts';
import { PracticeCamera } from '../practice/practice-camera.ts';
import { PracticeService, type PracticeParts } from '../practice/practice-service.ts';
import { PractisingSession } from '../practice/practising-session.ts';
import { readiness } from '../practice/readiness.ts';
import type { SessionControl } from '../session/port.ts';
import type { SessionStore } from '../store/port.ts';
import { createPracticeCamera } from './factories.ts';

interface Parts extends Pick<PracticeParts, 'context' | 'overview' | 'touched' | 'blink'> {
  readonly config: Config;
  readonly camera: Camera;
  readonly classifier: InferenceClassifier;
  readonly session: SessionControl;
  readonly store: Pick<SessionStore, 'append'>;
  readonly clock: Clock;
  readonly log: Logger;
}

type FramingSource = Pick<FramingWatch, 'onChange'>;

/** Practice, and what the rest of the kiosk gets in its place: presses, the live image and the journal of the button. */
export function practising({ config, camera, session, store, ...parts }: Parts) {
  const { clock, log } = parts;
  const practiceCamera = new PracticeCamera({
    makeCamera: (scene) => Promise.resolve(createPracticeCamera(config, scene, clock, log)),
    log,
  });
  const practice = new PracticeService({ ...parts, camera: practiceCamera, session });
  const isPractising = (): boolean => practice.current() !== undefined;
  const pressJournal: Pick<SessionStore, 'append'> = {
    append: (event, sessionId) => {
      // A double press in practice is no event of the kiosk.
      if (event.kind !== 'press-ignored' || !isPractising()) store.append(event, sessionId);
    },
  };
  return {
    practice,
    /** For captures without a press: in practice nothing is known of what the kiosk's own camera shows. */
    ownFraming: (framing: FramingSource): FramingSource => ({
      onChange: (listener) =>
        framing.onChange((found) => {
          listener(isPractising() ? undefined : found);
        }),
    }),
    pressed: new PractisingSession(session, practice),
    liveImage: new LiveImage({ own: camera, practice: practiceCamera, isPractising }),
    readiness: readiness(session, practice),
    pressJournal,
  };
}
