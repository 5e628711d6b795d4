/**
 * Delivers frames of the live preview to the topmost canvas on the screen, if any. The service is informed whether there is
 * one, so that it sends no frames in vain.
 */
export type FrameSink = (jpeg: ArrayBuffer) => Promise<void>;

/** The newest one gets the frames: a page that opens over another takes them over, and gives them back. */
const sinks: FrameSink[] = [];
let tellWatching: (on: boolean) => void = () => undefined;

export function watching(): boolean {
  return sinks.length > 0;
}

export function onWatching(listener: (on: boolean) => void): void {
  tellWatching = listener;
}

/** Subscribes to the frames; the returned function unsubscribes. */
export function watchFrames(next: FrameSink): () => void {
  sinks.push(next);
  tellWatching(true);
  return () => {
    const at = sinks.lastIndexOf(next);
    if (at >= 0) sinks.splice(at, 1);
    tellWatching(sinks.length > 0);
  };
}

/** Settles when the frame has been drawn or could not be drawn: a broken frame must not end the preview. */
export async function drawFrame(jpeg: ArrayBuffer): Promise<void> {
  try {
    await sinks.at(-1)?.(jpeg);
  } catch {
    // The preview's age indicator reports that no fresh frame is drawn.
  }
}
