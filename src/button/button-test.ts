import type { Clock } from '../lib/clock.ts';

/** A press received by the test: which key it was. */
export interface TestPress {
  readonly driver: string;
  readonly location: string;
}

/** Presses awaited by the self-test; they start no session. */
export class ButtonTest {
  readonly #clock: Clock;
  readonly #waiting = new Set<(press: TestPress | undefined) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isUnderWay(): boolean {
    return this.#waiting.size > 0;
  }

  /** @returns `undefined` if there was no press in time, `signal` was aborted, or the test was ended */
  nextPress(timeoutMs: number, signal: AbortSignal): Promise<TestPress | undefined> {
    return new Promise((resolve) => {
      const settle = (press: TestPress | undefined): void => {
        cancel();
        signal.removeEventListener('abort', giveUp);
        this.#waiting.delete(settle);
        resolve(press);
      };
      const giveUp = (): void => {
        settle(undefined);
      };
      const cancel = this.#clock.after(timeoutMs, giveUp);
      signal.addEventListener('abort', giveUp);
      this.#waiting.add(settle);
      if (signal.aborted) giveUp();
    });
  }

  /** Delivers this press to everyone waiting; `undefined` ends the test. */
  settle(press: TestPress | undefined): void {
    for (const settle of [...this.#waiting]) settle(press);
  }
}
