/**
 * Joins the two JavaScript worlds of one frame through a detached DOM node that only they hold. Blink
 * clones the detail of a CustomEvent when the other world reads it; functions and promises go by number.
 */
type Side = 'main' | 'isolated';
type Call = (...values: unknown[]) => unknown;

interface Reference {
  readonly $: 'function' | 'promise';
  readonly id: number;
}

interface Response {
  readonly ok: boolean;
  readonly value: unknown;
}

const isPlain = (value: unknown): value is Record<string, unknown> => {
  if (value === null || typeof value !== 'object') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

const mapValues = (value: unknown, change: (item: unknown) => unknown): unknown => {
  if (Array.isArray(value)) return value.map(change);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item)]));
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export class WorldBridge {
  readonly #node: Element;
  readonly #peer: Side;
  readonly #functions = new Map<number, Call>();
  readonly #answers = new Map<number, Response>();
  readonly #promises = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: Error) => void }
  >();
  #lastId = 0;

  constructor(node: Element, own: Side) {
    this.#node = node;
    this.#peer = own === 'main' ? 'isolated' : 'main';
    this.#listen(own, 'call', ({ call, id, values }) => this.#answerCall(Number(call), Number(id), values));
    this.#listen(own, 'answer', ({ call, response }) =>
      this.#answers.set(Number(call), response as Response),
    );
    this.#listen(own, 'settle', ({ id, response }) => this.#settle(Number(id), response as Response));
  }

  on(event: string, own: Side, listener: (detail: Record<string, unknown>) => void): void {
    this.#listen(own, event, listener);
  }

  send(event: string, detail: object): void {
    this.#node.dispatchEvent(new CustomEvent(`${this.#peer}:${event}`, { detail }));
  }

  pack(value: unknown): unknown {
    if (typeof value === 'function') return this.#reference('function', value as Call);
    if (value instanceof Promise) return this.#packPromise(value);
    return mapValues(value, (item) => this.pack(item));
  }

  unpack(value: unknown): unknown {
    if (isPlain(value) && value.$ === 'function') return this.#remote(value as unknown as Reference);
    if (isPlain(value) && value.$ === 'promise') {
      const { id } = value as unknown as Reference;
      return new Promise((resolve, reject) => this.#promises.set(id, { resolve, reject }));
    }
    return mapValues(value, (item) => this.unpack(item));
  }

  #listen(own: Side, event: string, listener: (detail: Record<string, unknown>) => void): void {
    this.#node.addEventListener(`${own}:${event}`, (received) => listener((received as CustomEvent).detail));
  }

  #reference(kind: Reference['$'], call: Call): Reference {
    const id = ++this.#lastId;
    this.#functions.set(id, call);
    return { $: kind, id };
  }

  #packPromise(promise: Promise<unknown>): Reference {
    const id = ++this.#lastId;
    promise.then(
      (value) => this.send('settle', { id, response: { ok: true, value: this.pack(value) } }),
      (error) => this.send('settle', { id, response: { ok: false, value: messageOf(error) } }),
    );
    return { $: 'promise', id };
  }

  /** Events are dispatched synchronously: the response is there when `send` returns. */
  #remote({ id }: Reference): Call {
    return (...values) => {
      const call = ++this.#lastId;
      this.send('call', { call, id, values: this.pack(values) });
      const response = this.#answers.get(call);
      this.#answers.delete(call);
      if (!response?.ok) throw new Error(String(response?.value ?? 'the other world is gone'));
      return this.unpack(response.value);
    };
  }

  #answerCall(call: number, id: number, values: unknown): void {
    let response: Response;
    try {
      const value = this.#functions.get(id)?.(...(this.unpack(values) as unknown[]));
      response = { ok: true, value: this.pack(value) };
    } catch (error) {
      response = { ok: false, value: messageOf(error) };
    }
    this.send('answer', { call, response });
  }

  #settle(id: number, { ok, value }: Response): void {
    const promise = this.#promises.get(id);
    this.#promises.delete(id);
    if (ok) promise?.resolve(this.unpack(value));
    else promise?.reject(new Error(String(value)));
  }
}

/** The real page of a window: not the blank one before it, not a frame inside it. */
export const isStationPage = (): boolean =>
  window === window.top && location.protocol !== 'data:' && location.href !== 'about:blank';
