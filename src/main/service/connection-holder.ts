import { SerialQueue } from '../../base/keyed-queue.ts';
import { OssError } from '../../contract/errors.ts';
import type { Connection } from './connection.ts';

export interface ConnectionHolderOptions {
  readonly open: () => Promise<Connection>;
  /** While something is done with the connection it is not exchanged. */
  readonly isBusy: () => boolean;
  /** Told when another connection is in use, or none. */
  readonly onChange: () => void;
  /** Told why a connection that nobody waits for could not be opened. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Opens the connection at the first need and keeps it; after a failure the next need tries again. Exchanged when
 * settings changed, as soon as nothing is done with it.
 */
export class ConnectionHolder {
  readonly #options: ConnectionHolderOptions;
  /** One connection at a time: the next is opened when the one before it is closed. */
  readonly #turns = new SerialQueue();
  #pending: Promise<Connection> | undefined;
  #opened: Connection | undefined;
  #stale = false;
  #isClosed = false;

  constructor(options: ConnectionHolderOptions) {
    this.#options = options;
  }

  /** @throws OssError OSS_STOPPED once the station ends: nothing is started that nobody would end */
  async get(): Promise<Connection> {
    if (this.#isClosed) throw new OssError('OSS_STOPPED');
    this.#pending ??= this.#openNext();
    return this.#pending;
  }

  #openNext(): Promise<Connection> {
    const opening = this.#turns
      .run(() => this.#options.open())
      .then(
        (connection) => {
          // Exchanged before it was open: it will be closed, and is not the present one.
          if (this.#pending === opening) {
            this.#opened = connection;
            this.#options.onChange();
          }
          return connection;
        },
        (error: unknown) => {
          if (this.#pending === opening) this.#pending = undefined;
          throw error;
        },
      );
    return opening;
  }

  /** The connection that is open now; waits for one that is being opened. */
  async current(): Promise<Connection | undefined> {
    return this.#pending?.catch(() => undefined);
  }

  /** As `current`, without waiting. */
  get opened(): Connection | undefined {
    return this.#opened;
  }

  /** A change of the settings waits for its turn. */
  get isWaiting(): boolean {
    return this.#stale;
  }

  /** Settings changed: the present connection is closed as soon as it is free, and the next one opened. */
  renew(): void {
    this.#stale = true;
    this.settle();
  }

  /** To be called when something done with the connection has ended. */
  settle(): void {
    if (!this.#stale || this.#options.isBusy()) return;
    this.#stale = false;
    const old = this.#pending;
    this.#pending = undefined;
    this.#opened = undefined;
    this.#turns.run(() => closed(old)).catch(this.#options.onFailure);
    this.#options.onChange();
    // Without waiting for a need, because the windows say in which environment they work.
    this.get().catch(this.#options.onFailure);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await closed(this.#pending);
    await this.#turns.settled();
  }
}

async function closed(pending: Promise<Connection> | undefined): Promise<void> {
  const connection = await pending?.catch(() => undefined);
  await connection?.close();
}
