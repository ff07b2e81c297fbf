/** Open files of one reader: far below what any system lets a process open. */
const AT_ONCE = 16;

/**
 * Runs a task for each item, a few at a time, and keeps the order.
 * @throws what the first failing task throws; no further one is begun then
 */
export async function fewAtATime<T, U>(
  items: readonly T[],
  task: (item: T) => Promise<U>,
  atOnce = AT_ONCE,
): Promise<U[]> {
  const results: U[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      try {
        results[index] = await task(items[index] as T);
      } catch (error) {
        next = items.length;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane));
  return results;
}
