/**
 * Where frames of the live preview go: to the one canvas that is on the screen, or nowhere. The service is told whether anybody
 * watches, so that it sends nothing in vain.
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

/** Takes the frames from now on; the returned function gives them back. */
export function watchFrames(next: FrameSink): () => void {
  sink = next;
  tellWatching(true);
  return () => {
    if (sink !== next) return;
    sink = undefined;
    tellWatching(false);
  };
}

/** Settles when the frame is on the screen, or could not be drawn: a broken frame must not end the preview. */
export async function drawFrame(jpeg: ArrayBuffer): Promise<void> {
  try {
    await sink?.(jpeg);
  } catch {
    // The age of the picture tells the reader what matters: that nothing fresh is drawn.
  }
}
