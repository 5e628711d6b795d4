import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import { describe } from './errors.ts';
import type { Logger } from './logger.ts';

export interface ProgramExit {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface Launch {
  readonly command: string;
  /** Handed to the program as they are: there is no shell in between. */
  readonly args: readonly string[];
}

export interface SupervisedProgramOptions {
  readonly name: string;
  /** What to run, asked before every start. A rejection means that there is nothing to run for now: it is asked again. */
  readonly launch: () => Promise<Launch>;
  readonly onNothingToRun: (error: unknown) => void;
  /**
   * What is there for the program to work with, in any words, such as the device that is plugged in; cheap to ask. A change while a restart is
   * waited for ends the wait and starts the back-off afresh.
   */
  readonly presence?: () => string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly backoff: Backoff;
  /** At the first start and at each restart. */
  readonly onStart: () => void;
  readonly onOutput: (chunk: Uint8Array) => void;
  /** Before each restart: how the program ended, with the last lines of its standard error. */
  readonly onExit: (exit: ProgramExit, stderrTail: string) => void;
}

const STDERR_TAIL_BYTES = 4096;

/** Between SIGTERM and SIGKILL, ms. */
const GRACE_MS = 2_000;

/** Waits between looks for something to run, or for a change of what is there, ms: what is plugged in must be there soon. */
const LOOK_AGAIN_MS = 1_000;

/** How long after its exit a program's last words may still arrive, ms. */
const PIPES_MS = 500;

type Program = ChildProcessByStdio<null, Readable, Readable>;

/** Keeps a program running: whenever it ends, it is started again after a wait that grows. */
export class SupervisedProgram {
  readonly #options: SupervisedProgramOptions;
  #program: Program | undefined;
  #exited: Promise<void> = Promise.resolve();
  #looking: Promise<void> = Promise.resolve();
  #missing = '';
  /** What was there at the last look. */
  #present: string | undefined;
  #running = false;
  #cancelRestart: () => void = () => undefined;

  constructor(options: SupervisedProgramOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = true;
    this.#look();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#cancelRestart();
    await this.#looking;
    await this.#end();
  }

  /** Ends the program that runs now; it is started again like after any other exit. */
  restart(): void {
    void this.#end();
  }

  /** The program has proved healthy: the next restart waits the shortest time again. */
  healthy(): void {
    this.#options.backoff.reset();
  }

  #look(): void {
    this.#present = this.#options.presence?.();
    this.#looking = this.#options.launch().then(
      (launch) => {
        this.#missing = '';
        if (this.#running) this.#launch(launch);
      },
      (error: unknown) => {
        this.#nothingToRun(error);
      },
    );
  }

  /** Told once, however often it is found again. */
  #nothingToRun(error: unknown): void {
    if (!this.#running) return;
    const { name, clock, log, backoff, onNothingToRun } = this.#options;
    const reason = describe(error);
    if (reason !== this.#missing) log.warn({ program: name, reason }, 'there is no program to start');
    this.#missing = reason;
    backoff.reset();
    onNothingToRun(error);
    this.#cancelRestart = clock.after(LOOK_AGAIN_MS, () => {
      this.#look();
    });
  }

  #launch({ command, args }: Launch): void {
    const { onStart, onOutput } = this.#options;
    onStart();
    const program = spawn(command, [...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#program = program;
    let tail = '';
    program.stdout.on('data', (chunk: Buffer) => {
      // What a program still says while it is being ended is not news.
      if (this.#program === program && !program.killed) onOutput(chunk);
    });
    program.stderr.on('data', (chunk: Buffer) => {
      tail = (tail + chunk.toString('utf8')).slice(-STDERR_TAIL_BYTES);
    });
    let cancelPipes = (): void => undefined;
    this.#exited = new Promise((resolve) => {
      const ended = (exit: ProgramExit): void => {
        cancelPipes();
        if (this.#program !== program) return;
        this.#program = undefined;
        resolve();
        this.#afterExit(exit, tail);
      };
      program.once('error', (error) => {
        tail += error.message;
        if (program.pid === undefined) ended({ code: null, signal: null });
      });
      program.once('close', (code, signal) => {
        ended({ code, signal });
      });
      // A grandchild may hold the pipes open long after the program itself is gone.
      program.once('exit', (code, signal) => {
        cancelPipes = this.#options.clock.after(PIPES_MS, () => {
          ended({ code, signal });
        });
      });
    });
  }

  #afterExit(exit: ProgramExit, tail: string): void {
    if (!this.#running) return;
    const { name, log, backoff, onExit } = this.#options;
    const waitMs = Math.round(backoff.next());
    log.warn({ program: name, ...exit, waitMs }, 'program exited; restarting');
    onExit(exit, tail.trim());
    this.#restartAfter(waitMs);
  }

  /** What came back may have come back sound: its crashes of before do not count. */
  #restartAfter(waitMs: number): void {
    const { clock, backoff, presence } = this.#options;
    const partMs = presence === undefined ? waitMs : Math.min(waitMs, LOOK_AGAIN_MS);
    this.#cancelRestart = clock.after(partMs, () => {
      const changed = presence?.() !== this.#present;
      if (changed) backoff.reset();
      if (changed || partMs === waitMs) this.#look();
      else this.#restartAfter(waitMs - partMs);
    });
  }

  async #end(): Promise<void> {
    const program = this.#program;
    if (program === undefined) return;
    program.kill('SIGTERM');
    const cancel = this.#options.clock.after(GRACE_MS, () => {
      program.kill('SIGKILL');
    });
    await this.#exited;
    cancel();
  }
}
