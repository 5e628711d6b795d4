/**
 * Delivers frames of the live preview to the one canvas on the screen, if any. The service is informed whether there is
 * one, so that it sends no frames in vain.
 */
export type FrameSink = (jpeg: ArrayBuffer) => Promise<void>;

let sink: FrameSink | undefined;
let tellWatching: (on: boolean) => void = () => undefined;

export function watching(): boolean {
  return sink !== undefined;
}

export function onWatching(listener: (on: boolean) => void): void {
  tellWatching = listener;
}

/** Subscribes to the frames; the returned function unsubscribes. */
export function watchFrames(next: FrameSink): () => void {
  sink = next;
  tellWatching(true);
  return () => {
    if (sink !== next) return;
    sink = undefined;
    tellWatching(false);
  };
}

/** Settles when the frame has been drawn or could not be drawn: a broken frame must not end the preview. */
export async function drawFrame(jpeg: ArrayBuffer): Promise<void> {
  try {
    await sink?.(jpeg);
  } catch {
    // The preview's age indicator reports that no fresh frame is drawn.
  }
}
