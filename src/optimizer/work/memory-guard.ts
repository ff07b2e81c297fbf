/** Ends this process before it takes the memory of others. */
import { Worker } from 'node:worker_threads';
import { GUARD_SIGNAL } from './worker-process.ts';

/** In milliseconds; in this time a program fills some tens of megabytes. */
const LOOK_EVERY = 20;

/**
 * A limit of V8 covers its heap only, and what bombs fill are mostly buffers; so a thread of its own looks at the
 * memory of the whole process, which it can also while the main thread is in a loop. Killed, not ended: the main
 * thread would not hear of it.
 */
const GUARD = `
  const { workerData } = require('node:worker_threads');
  const look = () => {
    if (process.memoryUsage.rss() > workerData.bytes) process.kill(process.pid, workerData.signal);
  };
  setInterval(look, workerData.every);
`;

export function guardMemory(megabytes: number): void {
  const guard = new Worker(GUARD, {
    eval: true,
    workerData: { bytes: megabytes * 2 ** 20, every: LOOK_EVERY, signal: GUARD_SIGNAL },
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1, stackSizeMb: 1 },
  });
  guard.unref();
}
