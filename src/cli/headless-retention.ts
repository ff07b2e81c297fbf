import type { Optimizer } from '../optimizer/index.ts';
import type { ApiData } from '../optimizer-api/index.ts';

const DAY_MS = 24 * 60 * 60_000;

export interface HeadlessRetentionOptions {
  readonly optimizer: Pick<Optimizer, 'has' | 'removeEnded' | 'resume'>;
  readonly data: Pick<ApiData, 'forgetRemoved'>;
  /** Days that the record of an ended transaction is kept, with the request and the files of its application. */
  readonly days: number;
  readonly log: (what: string, thrown: unknown) => void;
  readonly notice: (text: string) => void;
  readonly now?: () => Date;
}

/**
 * The station's rule where there is no station: at the start, and daily, what ended before is removed. Evidence stays.
 * @returns what ends it; it waits for a removal that is under way
 */
export function retainHeadless(options: HeadlessRetentionOptions): () => Promise<void> {
  const { optimizer, data, days, log, notice, now = () => new Date() } = options;
  const apply = async (): Promise<void> => {
    const endedBefore = new Date(now().getTime() - days * DAY_MS);
    const removed = await optimizer.removeEnded(endedBefore);
    await data.forgetRemoved((id) => optimizer.has(id), endedBefore);
    if (removed > 0) notice(`removed ${removed} records that ended more than ${days} days ago`);
  };
  let running = Promise.resolve();
  const run = (): void => {
    running = running.then(apply).catch((thrown: unknown) => log('retention', thrown));
  };
  run();
  const runDaily = async (): Promise<void> => {
    // Transactions whose time is over at the service end first. The start has done that already.
    await optimizer
      .resume({ onStanding: (id, error) => log(`transaction ${id}`, error) })
      .catch((thrown: unknown) => log('retention', thrown));
    run();
  };
  const timer = setInterval(() => void runDaily(), DAY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
