import type { View } from '../protocol/view.ts';

/** The current View and notifications of changes. */
export interface ViewSource {
  current(): View;
  /** Returns the function that unsubscribes. */
  onChange(listener: () => void): () => void;
}
