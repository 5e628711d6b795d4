/** Runs tasks one after the other, in the order in which they were added. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** @returns what the task returns; its failure does not affect the tasks after it */
  take<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(task);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
