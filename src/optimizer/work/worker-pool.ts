/** Processes that work on documents, so that none of them stops the one that everybody depends on. */
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { OssError, toOssError } from '../../contract/errors.ts';
import type { DocumentWork } from './document-work.ts';
import type { Jobs } from './jobs.ts';
import type { RunOptions } from './run-options.ts';
import { workOwner } from './work-owner.ts';
import { type JobBounds, Worker } from './worker.ts';
import type { StartWorker } from './worker-process.ts';

export interface PoolOptions {
  readonly start: StartWorker;
  /** What a small document may take; a larger one gets more time. */
  readonly bounds?: Partial<JobBounds>;
  /** Jobs that run beside each other as long as none takes long. */
  readonly size?: number;
}

/** Thousands of times what an ordinary document takes, and little enough for somebody who waits. */
const USUAL_BOUNDS: JobBounds = { milliseconds: 30_000, megabytes: 768 };
/** A large document may take a millisecond more for so many bytes: 10 MB/s, where hashing does hundreds. */
const BYTES_A_MILLISECOND = 10_000;
/** So many milliseconds a file has to say its size. */
const STAT_PATIENCE = 1_000;
/** After so many milliseconds a job takes long: it keeps its process, but no longer the place of another job. */
const LONG_AFTER = 1_000;
/** Processes beyond `size`, for jobs that take long. */
const SPARE = 4;
/** Processes that one owner leaves to the others, however many documents it has. */
const LEFT_TO_OTHERS = 2;
/** A process that keeps more than this part of its memory after a job makes room for a fresh one. */
const HELD_TOO_MUCH = 0.5;

interface Waiting {
  readonly owner: string | undefined;
  begin(worker: Worker): void;
  cancel(error: OssError): void;
}

/**
 * Gives each job to a process of its own, under a deadline and a limit of memory, and keeps processes that are done
 * for the next job. One that dies is replaced; jobs of others go on. Whose jobs have the fewest processes is next, and
 * nobody gets all of them: an owner with many slow documents waits for itself.
 */
export class WorkerPool implements DocumentWork {
  readonly #start: StartWorker;
  readonly #bounds: JobBounds;
  readonly #size: number;
  readonly #idle: Worker[] = [];
  /** With their owners. */
  readonly #busy = new Map<Worker, string | undefined>();
  readonly #long = new Set<Worker>();
  readonly #waiting = new Set<Waiting>();
  /** By owner, of whom there are as many as API keys. */
  readonly #lastTurn = new Map<string | undefined, number>();
  #turns = 0;
  #isClosed = false;

  constructor({ start, bounds = {}, size = Math.max(2, availableParallelism()) }: PoolOptions) {
    this.#start = start;
    this.#bounds = { ...USUAL_BOUNDS, ...bounds };
    this.#size = size;
  }

  /** Starts a process before it is needed. */
  warm(): void {
    if (!this.#isClosed && this.#idle.length + this.#busy.size === 0) this.#idle.push(this.#newWorker());
  }

  async run<Name extends keyof Jobs>(
    name: Name,
    input: Jobs[Name]['input'],
    options: RunOptions = {},
  ): Promise<Jobs[Name]['output']> {
    // Side by side: the place in the queue is that of the call, however long its file takes to be looked at.
    const [worker, bounds] = await Promise.all([this.#free(options.signal), this.#boundsFor(input)]);
    const long = setTimeout(() => {
      this.#long.add(worker);
      this.#serveNext();
    }, LONG_AFTER);
    try {
      return (await worker.run(name, input, bounds, options)) as Jobs[Name]['output'];
    } catch (thrown) {
      throw named(toOssError(thrown), input, bounds);
    } finally {
      clearTimeout(long);
      this.#giveBack(worker);
    }
  }

  /** Ends what is running. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const waiting of this.#waiting) waiting.cancel(new OssError('OSS_CANCELLED'));
    this.#waiting.clear();
    for (const worker of [...this.#idle.splice(0), ...this.#busy.keys()]) worker.kill();
  }

  async #boundsFor(input: Jobs[keyof Jobs]['input']): Promise<JobBounds> {
    // A share that does not answer must not hold the process that waits for this.
    const unanswered = pause(STAT_PATIENCE, undefined, { ref: false });
    const looked = 'path' in input ? stat(input.path).catch(() => undefined) : undefined;
    const file = looked && (await Promise.race([looked, unanswered]));
    const milliseconds = this.#bounds.milliseconds + (file?.size ?? 0) / BYTES_A_MILLISECOND;
    return { ...this.#bounds, milliseconds };
  }

  /** A process for one job, at once or when it is its turn. */
  #free(signal: AbortSignal | undefined): Promise<Worker> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        owner: workOwner(),
        begin: (worker) => {
          signal?.removeEventListener('abort', abort);
          resolve(worker);
        },
        cancel: reject,
      };
      const abort = (): void => {
        this.#waiting.delete(waiting);
        reject(new OssError('OSS_CANCELLED'));
      };
      if (this.#isClosed || signal?.aborted) return reject(new OssError('OSS_CANCELLED'));
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiting.add(waiting);
      this.#serveNext();
    });
  }

  #serveNext(): void {
    for (let next = this.#next(); next; next = this.#next()) {
      this.#waiting.delete(next);
      const worker = this.#idle.pop() ?? this.#newWorker();
      this.#busy.set(worker, next.owner);
      this.#turns += 1;
      this.#lastTurn.set(next.owner, this.#turns);
      next.begin(worker);
    }
  }

  /** Of the owner of whom the fewest jobs run, and among those of whom the last turn is longest ago. */
  #next(): Waiting | undefined {
    const brief = this.#busy.size - this.#long.size;
    const most = this.#size + SPARE;
    if (brief >= this.#size || this.#busy.size >= most) return undefined;
    const running = new Map<string | undefined, number>();
    for (const owner of this.#busy.values()) running.set(owner, (running.get(owner) ?? 0) + 1);
    let next: { readonly waiting: Waiting; readonly own: number; readonly turn: number } | undefined;
    for (const waiting of this.#waiting) {
      const own = running.get(waiting.owner) ?? 0;
      const turn = this.#lastTurn.get(waiting.owner) ?? 0;
      if (waiting.owner !== undefined && own >= most - LEFT_TO_OTHERS) continue;
      if (!next || own < next.own || (own === next.own && turn < next.turn)) next = { waiting, own, turn };
    }
    return next?.waiting;
  }

  #giveBack(worker: Worker): void {
    this.#busy.delete(worker);
    this.#long.delete(worker);
    if (worker.held > this.#bounds.megabytes * HELD_TOO_MUCH) worker.kill();
    if (!worker.isOver && !this.#isClosed && this.#idle.length < this.#size) this.#idle.push(worker);
    else worker.kill();
    // The next job does not wait for a start.
    this.warm();
    this.#serveNext();
  }

  #newWorker(): Worker {
    const worker: Worker = new Worker(this.#start, this.#bounds.megabytes, () => {
      const index = this.#idle.indexOf(worker);
      if (index >= 0) this.#idle.splice(index, 1);
    });
    return worker;
  }
}

/** Which document, and which bound. */
function named(error: OssError, input: Jobs[keyof Jobs]['input'], bounds: JobBounds): OssError {
  if (!error.code.startsWith('OSS_WORK_')) return error;
  const limits: Readonly<Record<string, string>> = {
    OSS_WORK_TIME_LIMIT: `${Math.round(bounds.milliseconds / 1_000)} s`,
    OSS_WORK_MEMORY_LIMIT: `${bounds.megabytes} MB`,
  };
  const limit = limits[error.code];
  return new OssError(error.code, {
    ...('path' in input ? { file: basename(input.path) } : {}),
    ...(limit === undefined ? {} : { limit }),
  });
}
