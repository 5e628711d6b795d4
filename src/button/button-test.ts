import type { Clock } from '../lib/clock.ts';

/** A press that was waited for: which key it was. */
export interface TestPress {
  readonly driver: string;
  readonly location: string;
}

/** Presses that are waited for by the self-test and start no session. */
export class ButtonTest {
  readonly #clock: Clock;
  readonly #waiting = new Set<(press: TestPress | undefined) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isUnderWay(): boolean {
    return this.#waiting.size > 0;
  }

  /** @returns `undefined` when no press came in time, `signal` was aborted, or the test was ended */
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

  /** Gives everybody who waits this press, or with `undefined` ends the test. */
  settle(press: TestPress | undefined): void {
    for (const settle of [...this.#waiting]) settle(press);
  }
}
