import type { PracticeAction, PracticeView } from '../protocol/practice.ts';

/** Practice on simulated images, for the server. */
export interface PracticeControl {
  /** `undefined` unless somebody practises. */
  current(): PracticeView | undefined;
  /**
   * @throws KioskError `session/busy` if it begins during a session, `request/invalid` for any other action while nobody practises
   */
  act(action: PracticeAction): void;
  onChange(listener: () => void): () => void;
}
