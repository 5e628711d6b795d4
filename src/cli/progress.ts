import { SingleBar, Presets } from 'cli-progress';

/** A progress bar on standard error that makes room for lines printed meanwhile. */
export interface Progress {
  step(): void;
  /** Call before printing a line to the same terminal. */
  clear(): void;
  stop(): void;
}

const NO_PROGRESS: Progress = { step: () => undefined, clear: () => undefined, stop: () => undefined };

/** Only an interactive terminal shows a bar; a log or a pipe never does. */
export function createProgress(stream: NodeJS.WriteStream, total: number): Progress {
  if (!stream.isTTY || total < 2) return NO_PROGRESS;
  const bar = new SingleBar(
    {
      stream,
      format: '{bar} {value}/{total} images, {eta_formatted} left',
      clearOnComplete: true,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return {
    step: () => {
      bar.increment();
    },
    clear: () => {
      stream.write('\r\u001B[K');
    },
    stop: () => {
      bar.stop();
    },
  };
}
