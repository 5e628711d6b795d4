import type { View } from '../protocol/view.ts';

/** Where the whole current View comes from, and the news that there is another. */
export interface ViewSource {
  current(): View;
  /** Returns the function that unsubscribes. */
  onChange(listener: () => void): () => void;
}
