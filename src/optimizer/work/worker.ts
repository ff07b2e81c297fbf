import { OssError } from '../../contract/errors.ts';
import type { Jobs } from './jobs.ts';
import { type FromWorker, fromSentError, type ToWorker, toSentError } from './messages.ts';
import type { RunOptions } from './run-options.ts';
import {
  endedForMemory,
  MEGABYTES_VARIABLE,
  type StartWorker,
  type WorkerProcess,
} from './worker-process.ts';

/** What one job may take. */
export interface JobBounds {
  /** Without what it waits for from outside. */
  readonly milliseconds: number;
  /** Of the whole process. */
  readonly megabytes: number;
}

interface Running {
  readonly options: RunOptions;
  readonly clock: Stopwatch;
  settle(outcome: { readonly value: unknown } | { readonly error: OssError }): void;
}

/** One process and the job that it has. It is killed rather than waited for, and is never used after that. */
export class Worker {
  readonly #process: WorkerProcess;
  #running: Running | undefined;
  /** After its last job, in megabytes. */
  held = 0;
  isOver = false;
  #isReady = false;
  /** What is sent as soon as the process listens. */
  #first: ToWorker | undefined;

  /** @param onEnd told when the process is gone, whatever ended it */
  constructor(start: StartWorker, megabytes: number, onEnd: () => void) {
    this.#process = start({ [MEGABYTES_VARIABLE]: String(megabytes) }, megabytes);
    this.#process.hold(false);
    this.#process.onMessage((message) => this.#receive(message as FromWorker));
    this.#process.onExit((code) => {
      this.isOver = true;
      const isMemory = this.#isReady && endedForMemory(code);
      this.#settle({ error: new OssError(isMemory ? 'OSS_WORK_MEMORY_LIMIT' : 'OSS_WORK_CRASHED') });
      onEnd();
    });
  }

  /** @throws OssError as `DocumentWork.run`, without the name of the file */
  run(name: keyof Jobs, input: unknown, bounds: JobBounds, options: RunOptions): Promise<unknown> {
    const { signal } = options;
    const cancel = (): void => this.#stop(new OssError('OSS_CANCELLED'));
    const clock = new Stopwatch(bounds.milliseconds, () => this.#stop(new OssError('OSS_WORK_TIME_LIMIT')));
    return new Promise<unknown>((resolve, reject) => {
      this.#running = {
        options,
        clock,
        settle: (outcome) => ('error' in outcome ? reject(outcome.error) : resolve(outcome.value)),
      };
      this.#process.hold(true);
      clock.start();
      signal?.addEventListener('abort', cancel, { once: true });
      const job: ToWorker = { type: 'run', name, input };
      if (this.#isReady) this.#send(job);
      else this.#first = job;
    }).finally(() => {
      clock.stop();
      signal?.removeEventListener('abort', cancel);
    });
  }

  kill(): void {
    this.#stop(new OssError('OSS_CANCELLED'));
  }

  #stop(error: OssError): void {
    this.isOver = true;
    this.#process.kill();
    this.#settle({ error });
  }

  #settle(outcome: Parameters<Running['settle']>[0]): void {
    const running = this.#running;
    this.#running = undefined;
    this.#process.hold(false);
    running?.settle(outcome);
  }

  #send(message: ToWorker): void {
    this.#process.send(message);
  }

  #receive(message: FromWorker): void {
    if (message.type === 'ready') this.#begin();
    if (message.type === 'bytes') this.#running?.options.onBytes?.(message.read, message.expected);
    if (message.type === 'ask') void this.#respond(message);
    if (message.type !== 'done' && message.type !== 'failed') return;
    this.held = message.megabytes;
    this.#settle(message.type === 'done' ? message : { error: fromSentError(message.error) });
  }

  #begin(): void {
    this.#isReady = true;
    if (this.#first) this.#send(this.#first);
    this.#first = undefined;
  }

  /** While somebody else is waited for, the clock of the job stands. */
  async #respond({ question, name, argument }: Extract<FromWorker, { type: 'ask' }>): Promise<void> {
    const running = this.#running;
    if (!running) return;
    running.clock.stop();
    const outcome: ToWorker = await this.#outcome(running, question, name, argument);
    if (this.#running !== running) return;
    running.clock.start();
    this.#send(outcome);
  }

  async #outcome({ options }: Running, question: number, name: string, argument: unknown): Promise<ToWorker> {
    try {
      return { type: 'answer', question, value: await options.outside?.[name]?.(argument) };
    } catch (thrown) {
      return { type: 'refusal', question, error: toSentError(thrown) };
    }
  }
}

/** Runs for so many milliseconds in all, however often it is stopped in between. */
class Stopwatch {
  readonly #onEnd: () => void;
  #left: number;
  #startedAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(milliseconds: number, onEnd: () => void) {
    this.#left = milliseconds;
    this.#onEnd = onEnd;
  }

  start(): void {
    this.#startedAt = performance.now();
    this.#timer = setTimeout(this.#onEnd, this.#left);
  }

  stop(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#left = Math.max(0, this.#left - (performance.now() - this.#startedAt));
  }
}
