import { KioskError } from '../lib/errors.ts';
import type { OpinionCommand } from '../protocol/assessments.ts';
import type { AnswerCommand } from '../protocol/context.ts';
import type { SessionView } from '../protocol/view.ts';
import type { ImageWithMask } from '../retention/port.ts';
import type { CaptureRequest, SessionControl } from '../session/port.ts';
import type { PracticeService } from './practice-service.ts';

/** Every press comes through here. During practice it belongs to practice, and no session can be opened by any way. */
export class PractisingSession implements SessionControl {
  readonly #session: SessionControl;
  readonly #practice: Pick<PracticeService, 'current' | 'press'>;

  constructor(session: SessionControl, practice: Pick<PracticeService, 'current' | 'press'>) {
    this.#session = session;
    this.#practice = practice;
  }

  /** @throws KioskError `practice/on` for a file during practice; as `SessionControl.press` */
  press(request: CaptureRequest): { readonly id: string } {
    if (this.#practice.current() === undefined) return this.#session.press(request);
    if (request.source === 'upload') throw new KioskError('practice/on', 'somebody practises');
    this.#practice.press(request.at);
    return { id: 'practice' };
  }

  finished(id: string): ReturnType<SessionControl['finished']> {
    return this.#session.finished(id);
  }

  accept(): void {
    this.#session.accept();
  }

  discard(): void {
    this.#session.discard();
  }

  dismiss(): void {
    this.#session.dismiss();
  }

  answer(answer: AnswerCommand): void {
    this.#session.answer(answer);
  }

  giveOpinion(opinion: OpinionCommand, operator?: string): void {
    this.#session.giveOpinion(opinion, operator);
  }

  leave(): void {
    this.#session.leave();
  }

  shown(id: string): ImageWithMask | undefined {
    return this.#session.shown(id);
  }

  keepPicture(id: string): Promise<void> {
    return this.#session.keepPicture(id);
  }

  session(): SessionView {
    return this.#session.session();
  }

  onChange(listener: (session: SessionView) => void): () => void {
    return this.#session.onChange(listener);
  }
}
