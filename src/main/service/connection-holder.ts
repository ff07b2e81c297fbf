import type { Connection } from './connection.ts';

/** Opens the connection at the first need and keeps it; after a failure the next need tries again. */
export class ConnectionHolder {
  readonly #open: () => Promise<Connection>;
  #pending: Promise<Connection> | undefined;

  constructor(open: () => Promise<Connection>) {
    this.#open = open;
  }

  get(): Promise<Connection> {
    this.#pending ??= this.#open().catch((error: unknown) => {
      this.#pending = undefined;
      throw error;
    });
    return this.#pending;
  }

  async close(): Promise<void> {
    const connection = await this.#pending?.catch(() => undefined);
    await connection?.close();
  }
}
