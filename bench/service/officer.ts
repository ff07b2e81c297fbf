/** A registration officer who does whole transactions at the API of a service, and how long each call took. */
import { randomBytes, randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import { SANDBOX_OFFICER } from '../../src/service/config/sandbox-defaults.ts';
import { CODE } from './service-process.ts';

export type Call = 'create' | 'code' | 'sign';
export type Took = (call: Call, milliseconds: number) => void;

/** A request whose code was sent. */
export interface Prepared {
  readonly id: string;
  readonly manifest: readonly { readonly digest: string; readonly claimedSigningTime: string }[];
}

let signers = 0;

/** A person and a phone of their own for each request, because codes are limited for both. */
function nextIdentity() {
  signers += 1;
  return {
    ...{ givenName: 'Zoë', surname1: 'Ñáñez', surname2: 'García', language: 'ca', email: 'zoe@example.com' },
    idDocument: { type: 'IDC', country: 'ES', number: `${10_000_000 + signers}Z` },
    mobilePhone: `+346${String(10_000_000 + signers)}`,
  };
}

export class Officer {
  readonly #pool: Pool;
  readonly #took: Took;
  #token = '';

  constructor(url: string, took: Took = () => undefined) {
    this.#pool = new Pool(url, { connections: 64 });
    this.#took = took;
  }

  async logIn(): Promise<void> {
    const { username, password } = SANDBOX_OFFICER;
    const { token } = JSON.parse(await this.#post('/v1/tokens', { username, password }));
    this.#token = token;
  }

  /** One transaction: three calls. */
  async transaction(documents: number): Promise<void> {
    await this.sign(await this.prepare(documents));
  }

  async prepare(documents: number): Promise<Prepared> {
    const { registrationAuthority, pin } = SANDBOX_OFFICER;
    const call = { identity: nextIdentity(), registrationAuthority, profile: 'single-use-p256', pin };
    const { id } = JSON.parse(await this.#timed('create', '/v1/requests', call));
    const claimedSigningTime = new Date().toISOString().replace(/\.\d+/, '');
    const manifest = Array.from({ length: documents }, () => ({
      digest: randomBytes(32).toString('base64'),
      claimedSigningTime,
    }));
    await this.#timed('code', `/v1/requests/${id}/otp`, { manifest });
    return { id, manifest };
  }

  async sign({ id, manifest }: Prepared): Promise<void> {
    const authorisation = { type: 'otp', code: CODE };
    await this.#timed('sign', `/v1/requests/${id}/sign`, { authorisation, manifest });
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async #timed(call: Call, path: string, body: unknown): Promise<string> {
    const start = performance.now();
    const text = await this.#post(path, body);
    this.#took(call, performance.now() - start);
    return text;
  }

  async #post(path: string, body: unknown): Promise<string> {
    const response = await this.#pool.request({
      path,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        ...(this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` }),
      },
      body: JSON.stringify(body),
    });
    const text = await response.body.text();
    if (response.statusCode >= 300) throw new Error(`${path}: ${response.statusCode} ${text}`);
    return text;
  }
}
