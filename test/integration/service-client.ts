import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, fetch as fetchByAgent } from 'undici';
import { toBase64, toUtcSeconds } from '../../src/contract/model/encoding.ts';
import type { IdentityInput } from '../../src/contract/model/identity.ts';
import type { Manifest } from '../../src/contract/model/manifest.ts';
import type { RequestView } from '../../src/contract/service-api/requests.ts';
import {
  type RunningService,
  SANDBOX_OFFICER,
  type ServicePorts,
  startSignatureService,
} from '../../src/service/index.ts';

export interface Response {
  readonly status: number;
  readonly headers: Pick<Headers, 'get'>;
  readonly text: string;
  /** Parsed when the response is JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly body: any;
}

/** An officer at the API of a service, over real HTTP. */
export class ServiceClient {
  readonly apiUrl: string;
  readonly #agent: Agent | undefined;
  #token = '';

  /** @param tls of a service that lets in only who has a certificate, all PEM */
  constructor(apiUrl: string, tls?: { readonly ca: string; readonly key: string; readonly cert: string }) {
    this.apiUrl = apiUrl;
    this.#agent = tls && new Agent({ connect: tls });
  }

  async login(
    username: string = SANDBOX_OFFICER.username,
    password: string = SANDBOX_OFFICER.password,
  ): Promise<Response> {
    const answer = await this.post('/v1/tokens', { username, password });
    if (answer.status === 201) this.#token = answer.body.token;
    return answer;
  }

  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const get = this.#agent === undefined ? fetch : fetchByAgent;
    const response = await get(`${this.apiUrl}${path}`, {
      ...(this.#agent === undefined ? {} : { dispatcher: this.#agent }),
      method,
      headers: {
        ...(this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    };
  }

  get = (path: string): Promise<Response> => this.call('GET', path);
  post = (path: string, body?: unknown, headers?: Record<string, string>): Promise<Response> =>
    this.call('POST', path, body, headers);

  async bytes(path: string): Promise<Buffer> {
    const response = await fetch(`${this.apiUrl}${path}`, {
      headers: { authorization: `Bearer ${this.#token}` },
    });
    return Buffer.from(await response.arrayBuffer());
  }

  create(change: Record<string, unknown> = {}, headers?: Record<string, string>): Promise<Response> {
    const call = {
      identity: newIdentity(),
      registrationAuthority: SANDBOX_OFFICER.registrationAuthority,
      profile: 'single-use-p256',
      pin: SANDBOX_OFFICER.pin,
      ...change,
    };
    return this.post('/v1/requests', call, headers);
  }

  /** A request that waits for its code. @throws when the service does not take it */
  async registered(change: Record<string, unknown> = {}): Promise<RequestView> {
    const answer = await this.create(change);
    if (answer.status !== 201) throw new Error(answer.text);
    return answer.body;
  }

  sendOtp = (id: string, manifest: Manifest): Promise<Response> =>
    this.post(`/v1/requests/${id}/otp`, { manifest });

  /** The code of the newest simulated SMS. */
  async code(id: string): Promise<string> {
    const { body } = await this.get(`/v1/sandbox/outbox?request=${id}`);
    return /(\d+)$/.exec(body.messages.at(-1).text)?.[1] ?? '';
  }

  sign(id: string, code: string, manifest: Manifest, key: string = randomUUID()): Promise<Response> {
    const call = { authorisation: { type: 'otp', code }, manifest };
    return this.post(`/v1/requests/${id}/sign`, call, { 'idempotency-key': key });
  }

  /** The stored response of an earlier call, for who no longer has the code. */
  respondUnder = (id: string, key: string): Promise<Response> =>
    this.call('GET', `/v1/requests/${id}/signature`, undefined, { 'idempotency-key': key });

  state = async (id: string): Promise<string> => (await this.get(`/v1/requests/${id}`)).body.state;
}

let signers = 0;

/** A signer of their own for every request, because codes are limited per signer. */
export const newIdentity = (change: Partial<IdentityInput> = {}): IdentityInput => {
  signers += 1;
  return {
    givenName: 'Zoë',
    surname1: 'Ñáñez',
    surname2: 'Иванов',
    idDocument: { type: 'IDC', country: 'ES', number: `${10_000_000 + signers}Z` },
    email: 'zoe@example.com',
    mobilePhone: `+3460011${String(1000 + signers).padStart(4, '0')}`,
    language: 'ca',
    ...change,
  };
};

export const newManifest = (documents = 1, claimed: Date = new Date()): Manifest =>
  Array.from({ length: documents }, () => ({
    digest: toBase64(randomBytes(32)),
    claimedSigningTime: toUtcSeconds(claimed),
  }));

export const wrongCode = (code: string): string =>
  ((Number(code) + 1) % 10 ** code.length).toString().padStart(code.length, '0');

/** A clock that a test moves. */
export class TestClock {
  #shift = 0;
  readonly now = (): Date => new Date(Date.now() + this.#shift);
  advance(seconds: number): void {
    this.#shift += seconds * 1000;
  }
}

export interface TestService {
  readonly service: RunningService;
  readonly client: ServiceClient;
  readonly directory: string;
  close(): Promise<void>;
}

/** A sandbox in this process with an officer logged in; its data go when it closes, unless a directory was given. */
export async function startTestService(
  settings: Record<string, unknown> = {},
  ports: Partial<ServicePorts> = {},
  directory?: string,
): Promise<TestService> {
  const dataDirectory = directory ?? (await mkdtemp(join(tmpdir(), 'service-')));
  const config = { mode: 'sandbox', dataDirectory, logLevel: 'silent', ...settings };
  const service = await startSignatureService(config, ports);
  const client = new ServiceClient(service.ready.apiUrl);
  await client.login();
  return {
    service,
    client,
    directory: dataDirectory,
    close: async () => {
      await service.close();
      if (directory === undefined) await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}
