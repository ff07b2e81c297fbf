import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openssl } from './openssl.ts';

/**
 * An authority of OpenSSL with a server's certificate for 127.0.0.1 and service.example, and a client's, as an
 * operator issues them.
 */
export function makeTlsCertificates() {
  const folder = mkdtempSync(join(tmpdir(), 'oss-tls-'));
  const path = (name: string): string => join(folder, name);
  const issue = (name: string, ...more: readonly string[]): void => {
    openssl(
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...[
        '-subj',
        `/O=Operator/CN=${name}`,
        '-keyout',
        path(`${name}.key`),
        '-out',
        path(`${name}.pem`),
        ...more,
      ],
    );
  };
  const by = (authority: string) => ['-CA', path(`${authority}.pem`), '-CAkey', path(`${authority}.key`)];
  issue('authority');
  issue('server', ...by('authority'), '-addext', 'subjectAltName=IP:127.0.0.1,DNS:service.example');
  issue('station', ...by('authority'), '-addext', 'extendedKeyUsage=clientAuth');
  issue('stranger');
  return {
    path,
    text: (name: string): string => readFileSync(path(name), 'utf8'),
    /** What `api.tls` of the service takes. */
    server: {
      keyFile: path('server.key'),
      certificateFile: path('server.pem'),
      clientCaFile: path('authority.pem'),
    },
    /** A PKCS#12 file with the certificate and key of this name. @returns its path */
    pack(name: string, password: string): string {
      const file = path(`${name}.p12`);
      const source = ['-inkey', path(`${name}.key`), '-in', path(`${name}.pem`)];
      openssl('pkcs12', '-export', ...source, '-passout', `pass:${password}`, '-out', file);
      return file;
    },
  };
}
