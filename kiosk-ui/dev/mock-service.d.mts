import type { Language } from '../../src/protocol/languages.ts';

/** Starts the mock service on a port; 0 chooses a free one. */
export function startMock(
  port?: number,
  language?: Language,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }>;
