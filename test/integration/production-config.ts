import { join } from 'node:path';
import { openssl } from '../support/openssl.ts';

const EC_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'] as const;

/** Files of TLS with client certificates in a folder: `ca`, `server` (127.0.0.1) and `client`, each `.pem` and `.key`. */
export function makeServerCertificates(folder: string) {
  const file = (name: string): string => join(folder, name);
  openssl(
    'req',
    '-x509',
    ...EC_KEY,
    '-subj',
    '/CN=TLS CA',
    '-keyout',
    file('ca.key'),
    '-out',
    file('ca.pem'),
  );
  for (const [name, san] of [
    ['server', 'IP:127.0.0.1'],
    ['client', 'DNS:station'],
  ] as const) {
    openssl(
      ...['req', '-x509', ...EC_KEY, '-subj', `/CN=${name}`, '-addext', `subjectAltName=${san}`],
      ...[
        '-CA',
        file('ca.pem'),
        '-CAkey',
        file('ca.key'),
        '-keyout',
        file(`${name}.key`),
        '-out',
        file(`${name}.pem`),
      ],
    );
  }
  return { keyFile: file('server.key'), certificateFile: file('server.pem'), clientCaFile: file('ca.pem') };
}
