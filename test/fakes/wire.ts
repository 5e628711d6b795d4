/** A wire between a key and a line of a GPIO chip, with its readers. High at rest, as with a pull-up. */
export class Wire {
  readonly #watchers = new Set<() => void>();
  #high = true;

  get high(): boolean {
    return this.#high;
  }

  set(high: boolean): void {
    this.#high = high;
    for (const watcher of this.#watchers) watcher();
  }

  /** Calls `watcher` at every edge. Returns the function that unsubscribes. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
    };
  }
}

/** An error of the kernel as a native module throws it. */
export function refusal(code: string): Error {
  return Object.assign(new Error(`${code}: refused`), { code });
}
