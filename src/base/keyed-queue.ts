/**
 * Runs tasks with the same key one after the other, and tasks with different keys at the same time.
 * A failed task rejects its own promise only; the next one runs all the same.
 */
export class KeyedQueue {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs when every earlier task with this key has ended. */
  run<T>(key: string, task: () => Promise<T> | T): Promise<T> {
    const earlier = this.#last.get(key) ?? Promise.resolve();
    const turn = earlier.then(task, task);
    this.#last.set(key, turn);
    const release = (): void => {
      if (this.#last.get(key) === turn) this.#last.delete(key);
    };
    // Released in the same tick in which the caller learns of the end.
    return turn.finally(release);
  }

  isBusy(key: string): boolean {
    return this.#last.has(key);
  }

  /** Resolves when nothing runs and nothing waits. */
  async settled(): Promise<void> {
    while (this.#last.size > 0) await Promise.allSettled(this.#last.values());
  }
}

/** Runs tasks one after the other. A failed task rejects its own promise only. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(task: () => Promise<T> | T): Promise<T> {
    const turn = this.#last.then(task, task);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves when every task so far has ended. */
  async settled(): Promise<void> {
    let last: Promise<unknown> | undefined;
    while (last !== this.#last) {
      last = this.#last;
      await last;
    }
  }
}
