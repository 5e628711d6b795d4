import { fork, type ChildProcess } from 'node:child_process';
import { compiledEntry } from '../../lib/compiled-entry.ts';
import type { ChildSettings, InferenceMessage, InferenceRequest } from '../process/messages.ts';

/** The part of a process that the supervisor needs; tests pass a fake. */
export interface InferenceProcess {
  readonly pid: number | undefined;
  send(request: InferenceRequest): void;
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
  /** Closes the channel, on which the process exits by itself. */
  disconnect(): void;
  onMessage(listener: (message: InferenceMessage) => void): void;
  /** Called once, with a description of how it ended. */
  onExit(listener: (how: string) => void): void;
}

/**
 * By default the C library gives each thread its own malloc arena, which the engines' threads fragment: resident memory
 * grows by megabytes per thousand results. With two arenas it stays constant (docs/performance.md).
 * systemd/kiosk.service sets the same for the kiosk itself.
 */
const MALLOC_ARENA_MAX = '2';

export type SpawnInference = (settings: ChildSettings) => InferenceProcess;

/** The end of the process's error output is kept up to this length, characters. */
const LAST_WORDS = 2_000;

export function defaultEntry(): string {
  return compiledEntry(
    new URL('../process/main.js', import.meta.url),
    new URL('../../../dist/classifier/process/main.js', import.meta.url),
  );
}

/** Starts the inference process with a clean environment and nothing inherited: no settings, no debugger, no output. */
export function spawnInference(settings: ChildSettings, entry = defaultEntry()): InferenceProcess {
  const child = fork(entry, [JSON.stringify(settings)], {
    serialization: 'advanced',
    execArgv: [],
    env: { TF_CPP_MIN_LOG_LEVEL: '2', ORT_DISABLE_TELEMETRY: '1', MALLOC_ARENA_MAX },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const words = lastWords(child);
  return {
    pid: child.pid,
    send: (request) => {
      // A channel that closes during the call is followed by the exit event, which handles it.
      if (child.connected) child.send(request, () => undefined);
    },
    kill: (signal) => {
      child.kill(signal);
    },
    disconnect: () => {
      if (child.connected) child.disconnect();
    },
    onMessage: (listener) => {
      child.on('message', (message) => {
        listener(message as InferenceMessage);
      });
    },
    onExit: (listener) => {
      let told = false;
      const once = (how: string): void => {
        if (told) return;
        told = true;
        listener(how);
      };
      child.on('error', (error) => {
        if (child.pid === undefined) once(`it could not be started: ${error.message}`);
      });
      // Not the child's `close` event, which never fires once the channel was closed from this side.
      child.on('exit', (code, signal) => {
        const tell = (): void => {
          once(`it ended with ${signal ?? `status ${code ?? '?'}`}${words()}`);
        };
        if (child.stderr?.closed ?? true) tell();
        else child.stderr?.once('close', tell);
      });
    },
  };
}

/** The last line of the process's standard error that looks like an error. */
function lastWords(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-LAST_WORDS);
  });
  return () => {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const line = lines.find((candidate) => /^\w*Error\b/.test(candidate)) ?? lines.at(-1);
    return line === undefined ? '' : `: ${line.trim()}`;
  };
}
