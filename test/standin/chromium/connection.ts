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

/** DevTools messages over Chromium's debugging pipe: JSON, each ended by a zero byte. */
export class Connection {
  readonly #output: Writable;
  readonly #waiting = new Map<
    number,
    { method: string; resolve: (r: unknown) => void; reject: (e: Error) => void }
  >();
  readonly #events = new EventEmitter().setMaxListeners(0);
  #lastId = 0;
  #pending: Buffer[] = [];

  constructor(input: Readable, output: Writable) {
    this.#output = output;
    output.on('error', () => this.#abandon());
    input.on('close', () => this.#abandon());
    input.on('data', (chunk: Buffer) => this.#read(chunk));
  }

  send<C extends keyof Commands>(
    method: C,
    params: Commands[C]['params'],
    sessionId?: string,
  ): Promise<Commands[C]['result']> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { method, resolve: resolve as (result: unknown) => void, reject });
      this.#output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  on<E extends keyof Events>(event: E, listener: (params: Events[E]) => void, sessionId = ''): void {
    this.#events.on(sessionId + event, listener);
  }

  #read(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
      this.#pending.push(chunk.subarray(start, end));
      const message = JSON.parse(Buffer.concat(this.#pending).toString()) as Message;
      this.#pending = [];
      start = end + 1;
      this.#dispatch(message);
    }
    this.#pending.push(chunk.subarray(start));
  }

  #dispatch(message: Message): void {
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
