/** Ends this process before it takes the memory of others, and when nobody waits for it any more. */
import { Worker } from 'node:worker_threads';
import { GUARD_SIGNAL } from './worker-process.ts';

/** In milliseconds; in this time a program fills some tens of megabytes. */
const LOOK_EVERY = 20;
/** Looks between two at the parent. */
const PARENT_EVERY = 25;

/**
 * A limit of V8 covers its heap only, and what bombs fill are mostly buffers; so a thread of its own looks at the
 * memory of the whole process, which it can also while the main thread is in a loop. For the same reason it looks
 * whether the parent is still there: a main thread in a loop does not hear that its channel was closed. Killed, not
 * ended: the main thread would not hear of it.
 */
const GUARD = `
  const { workerData } = require('node:worker_threads');
  const isOrphan = () => {
    if (process.ppid !== workerData.parent) return true;
    try {
      process.kill(workerData.parent, 0);
      return false;
    } catch (error) {
      return error.code === 'ESRCH';
    }
  };
  let looks = 0;
  const look = () => {
    looks += 1;
    if (process.memoryUsage.rss() > workerData.bytes) process.kill(process.pid, workerData.signal);
    if (looks % workerData.parentEvery === 0 && isOrphan()) process.kill(process.pid, 'SIGKILL');
  };
  setInterval(look, workerData.every);
`;

export function guardProcess(megabytes: number): void {
  const guard = new Worker(GUARD, {
    eval: true,
    workerData: {
      bytes: megabytes * 2 ** 20,
      every: LOOK_EVERY,
      signal: GUARD_SIGNAL,
      parent: process.ppid,
      parentEvery: PARENT_EVERY,
    },
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1, stackSizeMb: 1 },
  });
  guard.unref();
}
