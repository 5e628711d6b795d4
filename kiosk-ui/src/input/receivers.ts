/** Receivers of an input, of which the newest gets it: a page that opens over another takes it over, and gives it back. */
export class Receivers<T> {
  readonly #stack: T[] = [];

  /** Returns the function that restores the previous receiver. */
  add(receiver: T): () => void {
    this.#stack.push(receiver);
    return () => {
      const at = this.#stack.lastIndexOf(receiver);
      if (at >= 0) this.#stack.splice(at, 1);
    };
  }

  get newest(): T | undefined {
    return this.#stack.at(-1);
  }
}
