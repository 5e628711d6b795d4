import type { EncodedImage } from '../lib/image-signature.ts';
import type { OpinionCommand } from '../protocol/assessments.ts';
import type { AnswerCommand } from '../protocol/context.ts';
import type { CaptureSource, SessionView } from '../protocol/view.ts';
import type { ImageWithMask } from '../retention/port.ts';

export type CaptureRequest =
  | { readonly source: Extract<CaptureSource, 'camera'>; readonly at: number }
  | {
      readonly source: Extract<CaptureSource, 'upload'>;
      readonly at: number;
      readonly picture: EncodedImage;
    };

/** A software press, under the rules of the hardware button. */
export interface PressControl {
  /** @throws KioskError `session/repeated-press` for the second press of a double press; as `SessionControl.press` */
  press(): { readonly id: string };
}

/** Control of the session, of which the kiosk runs one at a time, for the server and the buttons. */
export interface SessionControl {
  /**
   * Starts a session from ready, a retake, a result or a fault.
   *
   * @returns the session's id immediately; the session is over when `finished(id)` settles
   * @throws KioskError `session/busy` during another session
   */
  press(request: CaptureRequest): { readonly id: string };
  /** Settles with the View's part for the session once it shows a result, a retake or a fault. */
  finished(id: string): Promise<Extract<SessionView, { state: 'retake' | 'showing' | 'fault' }>>;
  /**
   * Disposition of the result on the screen, or leaving a retake or a fault. @throws KioskError `request/invalid` in
   * other states
   */
  accept(): void;
  discard(): void;
  dismiss(): void;
  /**
   * Answers the questions of a session, which then shows its result. @throws KioskError `request/invalid` if it asks
   * none, or not these
   */
  answer(answer: AnswerCommand): void;
  /**
   * Gives or leaves the clinician's opinion of a session, which then shows its result. @throws KioskError
   * `request/invalid` if it is not asked for
   *
   * @param operator who gives it, if somebody had to unlock
   */
  giveOpinion(opinion: OpinionCommand, operator?: string): void;
  /**
   * Nobody is present: returns to ready from open questions (which are recorded as not answered), an opinion (as not given), a result (which stays
   * unreviewed), a retake or a fault; otherwise no effect.
   */
  leave(): void;
  /** The image on the screen with its mask, beside a result, the question for an opinion or a retake; `undefined` once it is dropped. */
  shown(id: string): ImageWithMask | undefined;
  /**
   * Stores the image on the screen beyond its result; the patient has consented.
   *
   * @throws KioskError `session/picture-gone` once it is dropped; as the image store
   */
  keepPicture(id: string): Promise<void>;
  session(): SessionView;
  onChange(listener: (session: SessionView) => void): () => void;
}
