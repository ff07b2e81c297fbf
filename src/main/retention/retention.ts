import { removeEndedRecords } from '../../optimizer/index.ts';
import type { ConnectionHolder } from '../service/connection-holder.ts';

const DAY_MS = 24 * 60 * 60_000;

export interface RetentionOptions {
  readonly recordsDirectory: string;
  /** Days that the record of an ended transaction is kept. */
  readonly recordsDays: () => number;
  /** The connection that has the records open, if any. */
  readonly connection: Pick<ConnectionHolder, 'current'>;
  /** Signers who are remembered by a rule of their own. */
  readonly customers: { purge(): Promise<void> };
  /** Told how many records were removed, when any were. */
  readonly onRemoved: (count: number) => Promise<void>;
  /** Told the name of an index that was damaged and is made again. */
  readonly onSetAside?: (name: string) => void;
  readonly now?: () => Date;
}

/** Removes records of ended transactions and remembered signers when their time is over: at the start, daily, and when it changes. */
export class Retention {
  readonly #options: RetentionOptions;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: RetentionOptions) {
    this.#options = options;
  }

  /** @param onFailure told why a daily run did not succeed; the next one tries again */
  repeatDaily(onFailure: (error: unknown) => void): void {
    this.#timer = setInterval(() => void this.apply().catch(onFailure), DAY_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** With the records that an open connection has; before there is one: `applyToClosed`. @returns how many */
  async apply(): Promise<number> {
    await this.#options.customers.purge();
    const connection = await this.#options.connection.current();
    if (!connection) return this.#removeClosed();
    // Transactions whose time is over at the service end first.
    await connection.optimizer.resume();
    const endedBefore = this.endedBefore();
    const removed = await connection.optimizer.removeEnded(endedBefore);
    await connection.forgetRemoved(endedBefore);
    return this.#told(removed);
  }

  /** While nothing has the records open. @returns how many were removed */
  async applyToClosed(): Promise<number> {
    await this.#options.customers.purge();
    return this.#removeClosed();
  }

  async #removeClosed(): Promise<number> {
    const { recordsDirectory, onSetAside } = this.#options;
    return this.#told(await removeEndedRecords(recordsDirectory, this.endedBefore(), onSetAside));
  }

  /** What ended before this moment goes. */
  endedBefore(): Date {
    const now = this.#options.now?.() ?? new Date();
    return new Date(now.getTime() - this.#options.recordsDays() * DAY_MS);
  }

  async #told(removed: number): Promise<number> {
    if (removed > 0) await this.#options.onRemoved(removed);
    return removed;
  }
}
