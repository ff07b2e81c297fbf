/**
 * Work that is done for one thing after the other. What the returned function starts goes on until nothing is left, so
 * that asking again while it runs starts no second pass, and what came meanwhile is not forgotten.
 * @param next what is left to be done first, if anything; asked again after each piece of work
 */
export function oneByOne<T>(next: () => T | undefined, work: (one: T) => Promise<void>): () => Promise<void> {
  let isRunning = false;
  return async () => {
    if (isRunning) return;
    isRunning = true;
    try {
      for (let one = next(); one !== undefined; one = next()) await work(one);
    } finally {
      isRunning = false;
    }
  };
}
