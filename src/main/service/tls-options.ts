import type { TlsOptions } from '../../optimizer/index.ts';
import type { SecretStore } from '../secrets/port.ts';
import type { Settings } from '../settings/port.ts';

/** PEM of the anchors for one use, one after the other. */
export const anchorsFor = ({ anchors }: Settings, use: Settings['anchors'][number]['use']): string =>
  anchors
    .filter((anchor) => anchor.use === use)
    .map(({ pem }) => pem)
    .join('\n');

/**
 * The station's own certificate for mutual TLS, and whom it believes to be the service: anchors for that use
 * where there are any, and then no others; else those that Node carries.
 */
export async function tlsOptionsOf(settings: Settings, secrets: SecretStore): Promise<TlsOptions> {
  const ca = anchorsFor(settings, 'server');
  const cert = settings.clientCertificate;
  const key = cert === undefined ? undefined : await secrets.read('client-key');
  return { ...(ca !== '' && { ca }), ...(cert !== undefined && key !== undefined && { cert, key }) };
}
