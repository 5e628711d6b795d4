/** The end of a wait: its own limit or that of the whole run, whichever is first. */
export class Limit {
  readonly #what: string;
  readonly #ms: number;
  readonly #end: number;
  readonly #deadline: number;
  readonly #now: () => number;

  /** @param deadline end of the whole run, on the same clock as `now` */
  constructor(what: string, ms: number, deadline: number, now: () => number = Date.now) {
    this.#what = what;
    this.#ms = ms;
    this.#end = now() + ms;
    this.#deadline = deadline;
    this.#now = now;
  }

  /** ms; 0 or less when the wait is over. */
  left(): number {
    return Math.min(this.#end, this.#deadline) - this.#now();
  }

  /** The message for an expired wait. */
  message(): string {
    return this.#now() >= this.#deadline
      ? `the time of the whole run is over (${this.#what})`
      : `the board took more than ${this.#ms} ms (${this.#what})`;
  }
}
