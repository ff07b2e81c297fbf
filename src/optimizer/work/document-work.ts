/**
 * Work on documents that somebody else made. Whatever such a document makes a program do (loops, bombs, algorithms
 * that take for ever) happens where it can be stopped: see `WorkerPool`.
 */
import { JOBS, type Jobs } from './jobs.ts';
import type { RunOptions } from './run-options.ts';

export interface DocumentWork {
  /**
   * @throws OssError of the work itself; OSS_WORK_TIME_LIMIT, OSS_WORK_MEMORY_LIMIT and OSS_WORK_CRASHED, whose
   *   details name the file and the bound; OSS_CANCELLED
   */
  run<Name extends keyof Jobs>(
    name: Name,
    input: Jobs[Name]['input'],
    options?: RunOptions,
  ): Promise<Jobs[Name]['output']>;
  close(): Promise<void>;
}

/** Does the work in this process, with nothing that would stop it: for tests and benchmarks. */
export const workInPlace: DocumentWork = {
  run: (name, input, { signal, onBytes, outside = {} } = {}) =>
    JOBS[name](input, {
      ...(signal && { signal }),
      ...(onBytes && { onBytes }),
      ask: async (question, argument) => outside[question]?.(argument),
    }),
  close: async () => undefined,
};
