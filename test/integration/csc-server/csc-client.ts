/** An application at the CSC interface, written from the standard alone. */
import { createHash, randomBytes } from 'node:crypto';

export interface CscResponse {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly body: any;
  readonly location: string | null;
  readonly text: string;
}

export const SHA256 = '2.16.840.1.101.3.4.2.1';
export const newHash = (): string => randomBytes(32).toString('base64');

export class CscClient {
  readonly base: string;
  token: string | undefined;

  constructor(base: string) {
    this.base = base;
  }

  async send(path: string, init: RequestInit): Promise<CscResponse> {
    const response = await fetch(`${this.base}${path}`, { redirect: 'manual', ...init });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return {
      status: response.status,
      text,
      body: isJson ? JSON.parse(text) : undefined,
      location: response.headers.get('location'),
    };
  }

  post = (path: string, body: unknown, token = this.token): Promise<CscResponse> =>
    this.send(`/csc/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });

  form = (path: string, fields: Readonly<Record<string, string>>): Promise<CscResponse> =>
    this.send(path.startsWith('/') ? path : `/csc/v2/${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
    });

  async login(username: string, password: string): Promise<CscResponse> {
    const basic = Buffer.from(`${username}:${password}`).toString('base64');
    const response = await this.send('/csc/v2/auth/login', {
      method: 'POST',
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
      body: '{}',
    });
    if (response.status === 200) this.token = response.body.access_token;
    return response;
  }
}

/** RFC 7636. */
export function newVerifier() {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** What a browser would send back with a form of this page. */
export const pageIn = ({ text }: CscResponse): string => /name="page" value="([^"]+)"/.exec(text)?.[1] ?? '';
