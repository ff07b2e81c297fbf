import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from './random.ts';

const CODE = '000000';
const CALL_MS = 40_000;
/** A client waits so long for a new code; then it cancels, which is a response too. */
const MAX_CODE_WAIT_SECONDS = 5;

/** One request as its client knows it: only what was acknowledged. */
export interface Known {
  readonly pk: number;
  readonly original: string;
  uid?: string;
  /** SHA-256 of the signed file as it was fetched. */
  signedSha256?: string;
  isSigned?: boolean;
  /** Why the client gave it up, in the words of the Optimizer. */
  givenUp?: string;
  isCancelled?: boolean;
}

interface Response {
  readonly http: number;
  // biome-ignore lint/suspicious/noExplicitAny: a client takes what comes.
  readonly body: any;
  readonly retryAfter: number;
}

/**
 * Client applications: each signs one document after the other, and repeats every call until it has a response. They
 * know the API and nothing else.
 */
export class Clients {
  readonly #base: string;
  readonly #token: string;
  readonly #random: Random;
  readonly #originals: readonly string[];
  readonly known: Known[] = [];
  readonly faults: string[] = [];
  #signers = 0;
  #keys = 0;
  #isStopping = false;
  #until = Number.POSITIVE_INFINITY;

  constructor(url: string, token: string, originals: readonly string[], random: Random) {
    [this.#base, this.#token, this.#originals, this.#random] = [`${url}/api/v1`, token, originals, random];
  }

  /** Runs so many at once. @returns what ends them, once each has finished what it is at */
  begin(count: number): (withinMs: number) => Promise<void> {
    const running = Array.from({ length: count }, () => this.#work());
    return async (withinMs) => {
      this.#isStopping = true;
      this.#until = Date.now() + withinMs;
      await Promise.all(running);
    };
  }

  async #work(): Promise<void> {
    while (!this.#isStopping) await this.#signOne();
  }

  async #signOne(): Promise<void> {
    const original = this.#random.oneOf(this.#originals);
    const pk = await this.#create();
    if (pk === undefined) return;
    const known: Known = { pk, original };
    this.known.push(known);
    const reason = (await this.#upload(known)) ?? (await this.#sign(known)) ?? (await this.#fetch(known));
    if (reason === undefined) return;
    known.givenUp = reason;
    const { http } = await this.#call('DELETE', `/request/${pk}`);
    if (http === 200 || http === 404) known.isCancelled = true;
  }

  async #create(): Promise<number | undefined> {
    this.#signers += 1;
    const fields = {
      token: this.#token,
      given_name: 'Ada',
      surname_1: 'Lovelace',
      email: 'ada@example.com',
      mobile_phone_number: `+34611${String(100_000 + this.#signers)}`,
    };
    const { http, body } = await this.#call('POST', '/request', fields);
    if (http === 201) return body.details;
    if (http !== 0) this.#fault('POST /request', http, body);
    return undefined;
  }

  /** @returns why it cannot go on */
  async #upload({ pk, original, ...known }: Known): Promise<string | undefined> {
    for (;;) {
      const { http: listed, body: list } = await this.#call('GET', `/documents/${pk}`);
      // What was taken, although its response was lost.
      const [present, second] = listed === 200 ? Object.keys(list.details) : [];
      if (second !== undefined) this.faults.push(`request ${pk} has a document twice`);
      if (present !== undefined) {
        this.#knownOf(pk).uid = present;
        return undefined;
      }
      const form = new FormData();
      form.set('file', new Blob([new Uint8Array(readFileSync(original))]), 'document.pdf');
      const { http, body } = await this.#call('POST', `/document/${pk}`, form, 1);
      if (http === 412) return String(body.details);
      if (http !== 0 && http !== 200 && http < 500) this.#fault(`POST /document of ${known.uid}`, http, body);
      if (Date.now() > this.#until) return 'time is up';
    }
  }

  async #sign(known: Known): Promise<string | undefined> {
    const proof = this.#random.next() < 0.5;
    for (;;) {
      if (!proof) {
        const { http, body, retryAfter } = await this.#call('POST', `/otp/${known.pk}`, {});
        if (http === 412 && retryAfter > 0) {
          if (retryAfter > MAX_CODE_WAIT_SECONDS) return 'the next code comes too late';
          await pause(retryAfter * 1000);
          continue;
        }
        if (http !== 200) return `no code: ${http} ${JSON.stringify(body)}`;
      }
      this.#keys += 1;
      const how = proof
        ? { secret: '1234', ext_unlock_type: 'biometry', ext_unlock_value: `proof-${this.#keys}-chaos` }
        : { secret: CODE };
      const key = { 'idempotency-key': `chaos-${known.pk}-${this.#keys}` };
      const { http, body } = await this.#call(
        'POST',
        `/sign/${known.pk}`,
        how,
        Number.POSITIVE_INFINITY,
        key,
      );
      if (http === 200) {
        known.isSigned = true;
        return undefined;
      }
      // The code was used by a call that did not come to its end: with another one it is asked for again.
      if (http !== 403 || proof) return `not signed: ${http} ${JSON.stringify(body)}`;
    }
  }

  async #fetch(known: Known): Promise<string | undefined> {
    const { http, body } = await this.#call('GET', `/document/${known.pk}/signed/${known.uid}`);
    if (http === 200) known.signedSha256 = createHash('sha256').update(body).digest('hex');
    else if (http !== 0)
      this.#fault(`GET signed document of ${known.pk}, which was acknowledged`, http, body);
    return undefined;
  }

  #knownOf(pk: number): Known {
    const known = this.known.find((one) => one.pk === pk);
    if (!known) throw new Error('unknown request');
    return known;
  }

  #fault(call: string, http: number, body: unknown): void {
    this.faults.push(`${call}: ${http} ${JSON.stringify(body)?.slice(0, 300)}`);
  }

  /**
   * Repeats a call until it has a response that is one: a lost connection, 429 and 5xx that may be repeated are none.
   * @returns http 0 where time was up
   */
  async #call(
    method: string,
    path: string,
    body?: FormData | object,
    tries = Number.POSITIVE_INFINITY,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#once(method, path, body, headers);
      const isResponse = answer.http !== 0 && answer.http !== 429 && answer.http !== 409 && answer.http < 500;
      if (answer.http === 500) this.#fault(`${method} ${path}`, 500, answer.body);
      if (isResponse) return answer;
      const isOver = Date.now() > this.#until;
      // Everything has been there for long: what holds the request now will never let it go.
      if (isOver && answer.http === 409)
        this.#fault(`${method} ${path} is still held when all is calm`, 409, answer.body);
      if (attempt >= tries || isOver) return { ...answer, http: 0 };
      await pause(Math.max(200, Math.min(answer.retryAfter, 5) * 1000));
    }
  }

  async #once(
    method: string,
    path: string,
    body: FormData | object | undefined,
    headers: object,
  ): Promise<Response> {
    try {
      const isForm = body instanceof FormData;
      const response = await fetch(`${this.#base}${path}`, {
        method,
        headers: { ...headers, ...(body && !isForm ? { 'content-type': 'application/json' } : {}) },
        ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
        signal: AbortSignal.timeout(CALL_MS),
      });
      const bytes = Buffer.from(await response.arrayBuffer());
      const isJson = response.headers.get('content-type')?.includes('json') === true;
      const retryAfter = Number(response.headers.get('retry-after') ?? 0);
      if ((response.status === 429 || response.status === 503) && !(retryAfter > 0)) {
        this.#fault(`${method} ${path} without Retry-After`, response.status, bytes.toString('utf8'));
      }
      return { http: response.status, body: isJson ? JSON.parse(bytes.toString('utf8')) : bytes, retryAfter };
    } catch {
      return { http: 0, body: undefined, retryAfter: 0 };
    }
  }
}
