import type { FastifyRequest } from 'fastify';
import { OssError } from '../../contract/errors.ts';
import type { ApiClient } from '../../contract/model/api-client.ts';
import { Refusal } from '../core/refusal.ts';
import { EVERYBODY } from '../store/owners.ts';
import { type Applications, clientOf, ownerOf } from './api-keys.ts';

export interface CallerRules {
  /** Host names by which this server may be called, without port. */
  readonly hostNames: readonly string[];
  /** Origins of web pages that may call, e.g. `https://branch.example`. */
  readonly origins: readonly string[];
  /** Undefined: no key is needed (drop-in), and all callers are one. */
  readonly clients: Applications | undefined;
}

/** Looked at without a key: a page that documents, and whether the server lives. */
const OPEN_PATHS = /^\/(docs|openapi\.json|health|ready)(\/|\?|$)/;

/**
 * Admits a call or refuses it before anything of it is read: a name that is not ours (DNS rebinding), a web
 * page of another origin (request forgery), no key, a key from another address.
 * @returns the owner of what the call makes, and of what it may see
 * @throws Refusal 401, 403
 */
export async function admitCaller(rules: CallerRules, request: FastifyRequest): Promise<string> {
  const { host = '', origin, 'sec-fetch-site': site } = request.headers;
  const [, name = '', port] = /^(\[[^\]]+\]|[^:]*)(?::(\d+))?$/.exec(host) ?? [];
  const ownPort = request.socket.localPort;
  const rightPort = port === undefined ? ownPort === 80 || ownPort === 443 : Number(port) === ownPort;
  if (!rules.hostNames.includes(name.toLowerCase()) || !rightPort) {
    throw new Refusal(403, 'This server is not called by that name');
  }
  const sameOrigin = origin !== undefined && /^https?:\/\/(.+)$/.exec(origin)?.[1] === host;
  if (origin !== undefined && !sameOrigin && !rules.origins.includes(origin)) {
    throw new Refusal(403, 'Web pages of that origin may not call this server');
  }
  if (site === 'cross-site' && (origin === undefined || !rules.origins.includes(origin))) {
    throw new Refusal(403, 'Web pages of other sites may not call this server');
  }
  if (rules.clients === undefined || OPEN_PATHS.test(request.url)) return EVERYBODY;
  return ownerOf(admitClient(await rules.clients(), request));
}

function admitClient(clients: readonly ApiClient[], request: FastifyRequest): ApiClient {
  const { 'x-api-key': header, authorization = '' } = request.headers;
  const key = typeof header === 'string' ? header : /^Bearer (.+)$/.exec(authorization)?.[1];
  const client = key === undefined ? undefined : clientOf(clients, key);
  if (client === undefined) {
    throw new Refusal(401, 'An API key is needed: send it in the header x-api-key');
  }
  const address = request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
  if (client.addresses !== undefined && !client.addresses.includes(address)) {
    throw new Refusal(403, 'This API key may not be used from that address');
  }
  return client;
}

const LOOPBACK_NAMES = Object.freeze(['127.0.0.1', 'localhost', '[::1]']);

export const isLoopback = (host: string): boolean => ['127.0.0.1', '::1', 'localhost'].includes(host);

/** @throws OssError OSS_CONFIG_UNSAFE for what must not be reachable from other machines */
export function assertSafeToListen(options: {
  readonly host: string;
  readonly clients: Applications | undefined;
  readonly tls: boolean;
}): void {
  if (isLoopback(options.host)) return;
  const missing = [...(options.tls ? [] : ['TLS']), ...(options.clients === undefined ? ['API keys'] : [])];
  if (missing.length > 0) {
    throw new OssError('OSS_CONFIG_UNSAFE', {
      reason: `beyond this machine the API needs ${missing.join(' and ')}`,
    });
  }
}

export const hostNamesOf = (host: string, more: readonly string[]): string[] => [
  ...(isLoopback(host) ? LOOPBACK_NAMES : [host.includes(':') ? `[${host}]` : host]),
  ...more.map((name) => name.toLowerCase()),
];
