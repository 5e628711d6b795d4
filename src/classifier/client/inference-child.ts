import { abortReason, type Clock } from '../../lib/clock.ts';
import { KioskError } from '../../lib/errors.ts';
import { isErrorCode } from '../../protocol/error-codes.ts';
import type { InferenceProcess } from './spawn.ts';
import type { InferenceAnswer, InferenceMessage, InferenceTask } from '../process/messages.ts';

interface Ticket {
  readonly id: number;
  readonly work: InferenceTask;
  /** Both are idempotent. */
  readonly resolve: (answer: InferenceAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** How long a process may take to exit after being asked, ms. */
const TERM_LIMIT_MS = 2_000;

/**
 * One instance of the inference process. Requests are sent one at a time, so that a deadline measures the work and not
 * a queue. An aborted request is rejected immediately, but keeps its turn until the process has finished it or its
 * deadline ends the process.
 */
export class InferenceChild {
  readonly #process: InferenceProcess;
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  #queue: Ticket[] = [];
  #current: Ticket | undefined;
  #cancelDeadline: () => void = () => undefined;
  #lastId = 0;
  #ended: string | undefined;
  #onEnd: (how: string) => void = () => undefined;

  constructor(process: InferenceProcess, options: { clock: Clock; timeoutMs: number }) {
    this.#process = process;
    this.#clock = options.clock;
    this.#timeoutMs = options.timeoutMs;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /**
   * @param onNews messages of the process @param onEnd called once, when it has exited or was given up; pending
   *   requests are rejected by then
   */
  watch(
    onNews: (message: Exclude<InferenceMessage, { id: number }>) => void,
    onEnd: (how: string) => void,
  ): void {
    this.#onEnd = onEnd;
    this.#process.onMessage((message) => {
      if (message.kind === 'answer' || message.kind === 'failure') this.#settle(message);
      else onNews(message);
    });
    this.#process.onExit((how) => {
      this.#end(how);
    });
  }

  /** @throws KioskError `inference/died`, `inference/timeout`, or the error of the process; the signal's reason */
  request(work: InferenceTask, signal: AbortSignal): Promise<InferenceAnswer> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(abortReason(signal));
        return;
      }
      if (this.#ended !== undefined) {
        reject(died(this.#ended));
        return;
      }
      const abort = (): void => {
        this.#queue = this.#queue.filter((other) => other !== ticket);
        reject(abortReason(signal));
      };
      const done = <T>(settle: (value: T) => void): ((value: T) => void) => {
        return (value) => {
          signal.removeEventListener('abort', abort);
          settle(value);
        };
      };
      const ticket: Ticket = { id: (this.#lastId += 1), work, resolve: done(resolve), reject: done(reject) };
      signal.addEventListener('abort', abort, { once: true });
      this.#queue.push(ticket);
      this.#next();
    });
  }

  /** Gives up on the process. Pending requests are rejected now, without waiting for a hung process to exit. */
  kill(why: string): void {
    this.#process.kill('SIGKILL');
    this.#end(why);
  }

  /** Shuts it down: closes the channel, sends TERM, and KILL after two seconds. Resolves when it has exited. */
  async stop(): Promise<void> {
    if (this.#ended !== undefined) return;
    this.#rejectAll('it is being stopped');
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.after(TERM_LIMIT_MS, () => {
        this.#process.kill('SIGKILL');
      });
      this.#onEnd = () => {
        cancel();
        resolve();
      };
      this.#process.disconnect();
      this.#process.kill('SIGTERM');
    });
  }

  #next(): void {
    if (this.#current !== undefined) return;
    const ticket = this.#queue.shift();
    if (ticket === undefined) return;
    this.#current = ticket;
    this.#cancelDeadline = this.#clock.after(this.#timeoutMs, () => {
      ticket.reject(new KioskError('inference/timeout', `no answer within ${this.#timeoutMs} ms`));
      this.kill(`it did not answer within ${this.#timeoutMs} ms`);
    });
    this.#process.send({ ...ticket.work, id: ticket.id });
  }

  #settle(message: Extract<InferenceMessage, { id: number }>): void {
    const ticket = this.#current;
    if (ticket?.id !== message.id) return;
    this.#current = undefined;
    this.#cancelDeadline();
    if (message.kind === 'answer') ticket.resolve(message.value);
    else {
      const code = isErrorCode(message.code) ? message.code : 'inference/failed';
      ticket.reject(new KioskError(code, message.message));
    }
    this.#next();
  }

  #end(how: string): void {
    if (this.#ended !== undefined) return;
    this.#ended = how;
    this.#rejectAll(how);
    this.#onEnd(how);
  }

  #rejectAll(how: string): void {
    this.#cancelDeadline();
    const open = [...(this.#current === undefined ? [] : [this.#current]), ...this.#queue];
    this.#current = undefined;
    this.#queue = [];
    for (const ticket of open) ticket.reject(died(how));
  }
}

function died(how: string): KioskError {
  return new KioskError('inference/died', `the inference process has ended: ${how}`);
}
