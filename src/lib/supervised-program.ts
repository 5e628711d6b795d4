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
  /** Passed to the program unchanged: there is no shell in between. */
  readonly args: readonly string[];
}

export interface SupervisedProgramOptions {
  readonly name: string;
  /** The program to run, determined before every start. A rejection means that there is none for now: it is retried. */
  readonly launch: () => Promise<Launch>;
  readonly onNothingToRun: (error: unknown) => void;
  /**
   * A fingerprint of the resources the program needs, such as the connected device; cheap to compute. A change while
   * waiting for a restart ends the wait and resets the back-off.
   */
  readonly presence?: () => string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly backoff: Backoff;
  /** Called at the first start and at each restart. */
  readonly onStart: () => void;
  readonly onOutput: (chunk: Uint8Array) => void;
  /** Called before each restart: how the program ended, with the last lines of its standard error. */
  readonly onExit: (exit: ProgramExit, stderrTail: string) => void;
}

const STDERR_TAIL_BYTES = 4096;

/** Between SIGTERM and SIGKILL, ms. */
const GRACE_MS = 2_000;

/** Interval of checks for a program to run, or for changed resources, ms: a connected device must be available soon. */
const LOOK_AGAIN_MS = 1_000;

/** How long after its exit a program's last output may still arrive, ms. */
const PIPES_MS = 500;

type Program = ChildProcessByStdio<null, Readable, Readable>;

/** Keeps a program running: whenever it exits, it is restarted after an increasing delay. */
export class SupervisedProgram {
  readonly #options: SupervisedProgramOptions;
  #program: Program | undefined;
  #exited: Promise<void> = Promise.resolve();
  #looking: Promise<void> = Promise.resolve();
  #missing = '';
  /** The fingerprint at the last check. */
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

  /** Ends the running program; it is restarted as after any other exit. */
  restart(): void {
    void this.#end();
  }

  /** The program has proved healthy: the next restart uses the shortest delay again. */
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

  /** Reported once, however often it occurs again. */
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
      // Output of a program that is being ended is ignored.
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
      // A grandchild may hold the pipes open long after the program itself has exited.
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

  /** A reconnected device may be healthy again: earlier crashes do not count. */
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
