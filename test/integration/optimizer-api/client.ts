import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface Response {
  readonly http: number;
  // biome-ignore lint/suspicious/noExplicitAny: a client takes what comes.
  readonly body: any;
}

export const corpus = (name: string): string => join(import.meta.dirname, '../../corpus', name);

const NEEDED = ['given_name', 'surname_1', 'email', 'mobile_phone_number'] as const;

let signers = 0;

/** Somebody who has not signed before: the service limits how many codes one person gets. */
export function newSigner(): Record<(typeof NEEDED)[number], string> {
  signers++;
  return {
    given_name: 'Ada',
    surname_1: 'Lovelace',
    email: 'ada@example.com',
    mobile_phone_number: `+34611${String(100_000 + signers)}`,
  };
}

/** A form with files, as a browser sends it. */
export function formOf(files: Readonly<Record<string, string | Blob>>): FormData {
  const form = new FormData();
  for (const [key, file] of Object.entries(files)) {
    if (file instanceof Blob) form.append(key, file, key);
    else form.append(key, new Blob([new Uint8Array(readFileSync(file))]), basename(file));
  }
  return form;
}

/** A client application that knows nothing but addresses and JSON. */
export class ApiClient {
  readonly base: string;

  /** @param prefix `/api/v1` or `/oneshot/api/v1` */
  constructor(url: string, prefix = '/api/v1') {
    this.base = `${url}${prefix}`;
  }

  async call(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(`${this.base}${path}`, { method, ...init });
    const text = await response.text();
    return { http: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  get = (path: string): Promise<Response> => this.call('GET', path);
  delete = (path: string): Promise<Response> => this.call('DELETE', path);

  json(method: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.call(method, path, {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  }

  post = (path: string, body: unknown): Promise<Response> => this.json('POST', path, body);
  upload = (path: string, files: Readonly<Record<string, string | Blob>>): Promise<Response> =>
    this.call('POST', path, { body: formOf(files) });

  async bytes(path: string): Promise<{ http: number; type: string | null; bytes: Uint8Array }> {
    const response = await fetch(`${this.base}${path}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { http: response.status, type: response.headers.get('content-type'), bytes };
  }

  /** The first token, as clients take it. */
  async token(): Promise<string> {
    const { body } = await this.get('/tokens');
    return Object.keys(body.details)[0] ?? '';
  }

  /** A request of a new signer (classic dialect). @returns its pk */
  async request(more: Record<string, unknown> = {}): Promise<number> {
    const { http, body } = await this.post('/request', {
      token: await this.token(),
      ...newSigner(),
      ...more,
    });
    if (http !== 201) throw new Error(`no request: ${JSON.stringify(body)}`);
    return body.details;
  }

  /** A request with one document (classic dialect). */
  async requestWith(path: string, more: Record<string, unknown> = {}): Promise<{ pk: number; uid: string }> {
    const pk = await this.request(more);
    const { body } = await this.upload(`/document/${pk}`, { file: path });
    return { pk, uid: body.details };
  }

  /** As far as the code: one document, contract read, code sent. */
  async readyToSign(path: string, more: Record<string, unknown> = {}): Promise<{ pk: number; uid: string }> {
    const created = await this.requestWith(path, more);
    const { http, body } = await this.call('POST', `/otp/${created.pk}`);
    if (http !== 200) throw new Error(`no code: ${JSON.stringify(body)}`);
    return created;
  }
}
