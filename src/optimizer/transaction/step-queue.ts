/** Steps of one transaction run one after the other; transactions do not wait for each other. */
export class StepQueue {
  readonly #turns = new Map<string, Promise<unknown>>();

  /** Runs when every earlier step of the transaction is over, however it went. */
  run<T>(id: string, step: () => Promise<T>): Promise<T> {
    const earlier = this.#turns.get(id) ?? Promise.resolve();
    const turn = earlier.catch(() => undefined).then(step);
    this.#turns.set(id, turn);
    return turn.finally(() => {
      if (this.#turns.get(id) === turn) this.#turns.delete(id);
    });
  }

  isBusy(id: string): boolean {
    return this.#turns.has(id);
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.#turns.values());
  }
}
