import { timingSafeEqual } from 'node:crypto';
import { CscError } from '../csc-error.ts';
import type { CscClient } from '../port.ts';

/** RFC 6749 §2.3.1: in the header, or in the body. */
export interface ClientCredentials {
  readonly authorization: string | undefined;
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
}

/** @throws CscError invalid_client */
export function authenticateClient(clients: readonly CscClient[], given: ClientCredentials): CscClient {
  const { id, secret } = credentialsIn(given);
  const client = clients.find((one) => one.id === id);
  const isRight = client?.secret === undefined ? secret === undefined : isSame(secret ?? '', client.secret);
  if (!client || !isRight)
    throw new CscError('invalid_client', 'The client is not known, or its secret is wrong.');
  return client;
}

function credentialsIn({ authorization, clientId, clientSecret }: ClientCredentials) {
  const [, basic] = /^Basic ([A-Za-z0-9+/=]{1,1000})$/iu.exec(authorization ?? '') ?? [];
  if (basic === undefined) return { id: clientId, secret: clientSecret };
  const [id = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { id: formDecoded(id), secret: formDecoded(rest.join(':')) };
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|\[::1\])(?::\d{1,5})?(?<path>\/.*)?$/u;

/** Exactly as registered; of a loopback address any port (RFC 8252 §7.3). */
export function isRegistered({ redirectUris }: CscClient, uri: string): boolean {
  if (redirectUris.includes(uri)) return true;
  const path = LOOPBACK.exec(uri)?.groups?.path ?? (LOOPBACK.test(uri) ? '/' : undefined);
  return (
    path !== undefined &&
    redirectUris.some((one) => LOOPBACK.test(one) && (LOOPBACK.exec(one)?.groups?.path ?? '/') === path)
  );
}
