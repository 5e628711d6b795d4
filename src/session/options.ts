import type { Camera } from '../camera/port.ts';
import type { Classifier } from '../classifier/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Contraindicated, Contraindication } from '../protocol/context.ts';
import type { ImageStore } from '../retention/port.ts';
import type { SessionStore, SessionSubject } from '../store/port.ts';
import type { CaptureRequest } from './port.ts';
import type { CaptureSettings } from './stages.ts';

export interface SessionRunnerOptions {
  readonly camera: Camera;
  readonly classifier: Classifier;
  readonly store: SessionStore;
  readonly images: ImageStore;
  /** Patient and lesion of a session that is opened now. @throws KioskError if it is not allowed */
  readonly subject: () => SessionSubject;
  /** The contraindications to be asked with a capture that starts now. */
  readonly questions?: (request: CaptureRequest) => readonly Contraindication[];
  /** Whether the clinician gives an opinion before the result of a capture that starts now is shown. */
  readonly blind?: (request: CaptureRequest) => boolean;
  /** What a contraindication found with a capture means. */
  readonly contraIndicated?: Contraindicated;
  /** An overview image that is being taken: meanwhile a press is of it, and nothing happens to the session. */
  readonly overview?: { isOpen(): boolean; press(at: number): { readonly id: string } };
  /** Acknowledges a press that starts nothing, during a session. Never throws. */
  readonly blink: () => void;
  readonly clock: Clock;
  readonly log: Logger;
  readonly newId: () => string;
  readonly settings: SessionSettings;
}

export interface SessionSettings extends CaptureSettings {
  /** Longest session, ms: the last resort behind the timeouts of the stages. */
  readonly sessionTimeoutMs: number;
}
