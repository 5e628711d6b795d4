/** A wire between a key and one line of a GPIO chip, and everything that reads it. High at rest, as with a pull-up. */
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

  /** Called at every edge. Returns the function that ends it. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
    };
  }
}

/** What the kernel refuses with, as it comes out of a native module. */
export function refusal(code: string): Error {
  return Object.assign(new Error(`${code}: refused`), { code });
}
