import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Commands, Events } from './protocol.ts';

interface Message {
  id?: number;
  method?: string;
  params?: unknown;
  sessionId?: string;
  result?: unknown;
  error?: { message: string };
}

/** DevTools messages, whatever carries them: over Chromium's pipe, or a socket to one that others use too. */
export class Connection {
  readonly #write: (message: string) => void;
  readonly #waiting = new Map<
    number,
    { method: string; resolve: (r: unknown) => void; reject: (e: Error) => void }
  >();
  readonly #events = new EventEmitter().setMaxListeners(0);
  #lastId = 0;

  private constructor(write: (message: string) => void) {
    this.#write = write;
  }

  /** JSON, each message ended by a zero byte. */
  static overPipe(input: Readable, output: Writable): Connection {
    const connection = new Connection((message) => output.write(`${message}\0`));
    output.on('error', () => connection.#abandon());
    input.on('close', () => connection.#abandon());
    let pending: Buffer[] = [];
    input.on('data', (chunk: Buffer) => {
      let start = 0;
      for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
        pending.push(chunk.subarray(start, end));
        connection.#dispatch(Buffer.concat(pending).toString());
        pending = [];
        start = end + 1;
      }
      pending.push(chunk.subarray(start));
    });
    return connection;
  }

  /** @throws where nobody answers at the address */
  static async overSocket(socket: WebSocket): Promise<Connection> {
    const connection = new Connection((message) => socket.send(message));
    socket.addEventListener('message', ({ data }) => connection.#dispatch(String(data)));
    socket.addEventListener('close', () => connection.#abandon());
    await new Promise((opened, failed) => {
      socket.addEventListener('open', opened);
      socket.addEventListener('close', () => failed(new Error('stand-in: the running Chromium is gone')));
    });
    return connection;
  }

  send<C extends keyof Commands>(
    method: C,
    params: Commands[C]['params'],
    sessionId?: string,
  ): Promise<Commands[C]['result']> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { method, resolve: resolve as (result: unknown) => void, reject });
      this.#write(JSON.stringify({ id, method, params, sessionId }));
    });
  }

  on<E extends keyof Events>(event: E, listener: (params: Events[E]) => void, sessionId = ''): void {
    this.#events.on(sessionId + event, listener);
  }

  #dispatch(text: string): void {
    const message = JSON.parse(text) as Message;
    if (message.id === undefined) {
      this.#events.emit((message.sessionId ?? '') + String(message.method), message.params);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error) waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`));
    else waiting?.resolve(message.result);
  }

  #abandon(): void {
    for (const { method, reject } of this.#waiting.values()) reject(new Error(`${method}: Chromium is gone`));
    this.#waiting.clear();
  }
}
