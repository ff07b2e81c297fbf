import type { ServiceConfig } from '../config/service-config.ts';

/** What stands before `/csc/v2`, without a slash at its end. */
export function cscUrlOf({ url, host, port, tls }: NonNullable<ServiceConfig['csc']>): string {
  if (url !== undefined) return url.replace(/\/+$/u, '');
  const shown = host.includes(':') ? `[${host}]` : host;
  return `${tls === undefined ? 'http' : 'https'}://${shown}:${port}`;
}
