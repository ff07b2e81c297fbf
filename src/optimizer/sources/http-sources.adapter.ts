/** Time stamps and validation data over HTTP. */
import { type Certificate, isSandboxCertificate } from '../../pki/index.ts';
import { GuardedHttp } from '../outbound/guarded-http.ts';
import type { TimestampAuthority, ValidationDataSource } from './port.ts';

/** Lists of large authorities have some megabytes; the other answers are small (TS-13 of our rules: 64 KiB). */
const MAX_CRL_BYTES = 16 * 1024 * 1024;
const MAX_RESPONSE_BYTES = 64 * 1024;

export type Sources = ValidationDataSource & {
  timestampAuthority(url: string): TimestampAuthority;
  close(): Promise<void>;
};

/**
 * Sources for signatures under these anchors. Time-stamp authorities of the settings may stand anywhere; whatever
 * certificates name must be public, or, for the anchors of a sandbox, on this machine.
 */
export function sourcesFor(anchors: readonly Certificate[], timestampUrls: readonly string[]): Sources {
  const http = new GuardedHttp({
    trustedHosts: timestampUrls.filter((url) => URL.canParse(url)).map((url) => new URL(url).hostname),
    allowLoopback: anchors.length > 0 && anchors.every(isSandboxCertificate),
  });
  return {
    crl: (url) => http.call({ url, maxBytes: MAX_CRL_BYTES }),
    // RFC 6960 appendix A.1.
    ocsp: (url, bytes) =>
      http.call({ url, body: { type: 'application/ocsp-request', bytes }, maxBytes: MAX_RESPONSE_BYTES }),
    certificate: (url) => http.call({ url, maxBytes: MAX_RESPONSE_BYTES }),
    // RFC 3161 §3.4.
    timestampAuthority: (url) => ({
      url,
      query: (bytes) =>
        http.call({
          url,
          body: { type: 'application/timestamp-query', bytes },
          maxBytes: MAX_RESPONSE_BYTES,
        }),
    }),
    close: () => http.close(),
  };
}
