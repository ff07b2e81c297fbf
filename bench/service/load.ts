/** Load, as many at once or at a steady rate, and what calls took under it. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Call, Took } from './officer.ts';

/** Each of `lanes` does one after the other until the time is over. @returns how many were done, and in how many seconds */
export async function closedLoop(
  lanes: number,
  seconds: number,
  work: (lane: number) => Promise<void>,
): Promise<{ readonly done: number; readonly seconds: number }> {
  const start = performance.now();
  const end = start + seconds * 1000;
  let done = 0;
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      while (performance.now() < end) {
        await work(lane);
        done += 1;
      }
    }),
  );
  return { done, seconds: (performance.now() - start) / 1000 };
}

/** So many a second, whether or not the earlier ones have ended: callers do not wait for one another. */
export async function steadyRate(
  perSecond: number,
  seconds: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  const start = performance.now();
  const running: Promise<void>[] = [];
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const wait = start + (index * 1000) / perSecond - performance.now();
    if (wait > 1) await delay(wait);
    running.push(work(index));
  }
  await Promise.all(running);
}

export class Latencies {
  readonly #times = new Map<Call, number[]>();

  readonly took: Took = (call, milliseconds) => {
    const times = this.#times.get(call) ?? [];
    this.#times.set(call, times);
    times.push(milliseconds);
  };

  forget(): void {
    this.#times.clear();
  }

  /** Milliseconds within which that share of the calls was answered. */
  quantile(call: Call, share: number): number {
    const times = [...(this.#times.get(call) ?? [])].sort((a, b) => a - b);
    return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  }
}
