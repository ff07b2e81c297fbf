import { decode, encode } from '../wire.ts';

export type IpcHandler = (event: unknown, ...values: unknown[]) => unknown;

/** electron.ipcMain: calls that are answered. Pages have no way to send a message without a response. */
export class IpcMain {
  readonly #handlers = new Map<string, IpcHandler>();
  readonly #listeners = new Map<string, () => void>();

  handle(channel: string, handler: IpcHandler): void {
    if (this.#handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, handler);
  }

  /** Kept, because libraries listen; nothing ever arrives. */
  on(channel: string, listener: () => void): void {
    this.#listeners.set(channel, listener);
  }

  removeAllListeners(channel: string): void {
    this.#listeners.delete(channel);
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** Runs the handler of a call from a page; errors become Electron's text. */
  async response(
    channel: string,
    encodedArguments: string,
    event: unknown,
  ): Promise<{ ok: boolean; value: string }> {
    try {
      const handler = this.#handlers.get(channel);
      if (!handler) throw new Error(`No handler registered for '${channel}'`);
      const values = decode(encodedArguments) as unknown[];
      return { ok: true, value: encode(await handler(event, ...values)) };
    } catch (error) {
      return { ok: false, value: encode(`Error invoking remote method '${channel}': ${String(error)}`) };
    }
  }
}
