import type { IssuerName } from './authority.ts';

/** Paths below the public address; certificates carry them, the public listener serves them. */
export const PUBLIC_PATHS = Object.freeze({
  crl: '/crl/',
  ocsp: '/ocsp/',
  certificates: '/certificates/',
  tsa: '/tsa',
  cps: '/cps',
  log: '/log',
});

const below = (publicUrl: string, path: string): string => `${publicUrl.replace(/\/+$/, '')}${path}`;

/** RFC 5280 §4.2.1.13: a DER CRL. */
export const crlUrl = (publicUrl: string, issuer: IssuerName): string =>
  below(publicUrl, `${PUBLIC_PATHS.crl}${issuer}.crl`);

export const ocspUrl = (publicUrl: string, issuer: IssuerName): string =>
  below(publicUrl, `${PUBLIC_PATHS.ocsp}${issuer}`);

/** RFC 5280 §4.2.2.1: a single DER certificate. */
export const caIssuersUrl = (publicUrl: string, issuer: IssuerName): string =>
  below(publicUrl, `${PUBLIC_PATHS.certificates}${issuer}.cer`);

/** RFC 3161 §3.4. */
export const timestampUrl = (publicUrl: string): string => below(publicUrl, PUBLIC_PATHS.tsa);

export const practiceStatementUrl = (publicUrl: string): string => below(publicUrl, PUBLIC_PATHS.cps);

/** Names the transparency log: its address without the scheme (C2SP tlog-tiles). */
export const logOrigin = (publicUrl: string): string =>
  below(publicUrl, PUBLIC_PATHS.log).replace(/^https?:\/\//, '');

/** Where a gateway's vendor reports what became of messages. @param token the secret part */
export const receiptUrl = (publicUrl: string, gateway: string, token: string): string =>
  `${publicUrl.replace(/\/$/, '')}/receipts/${gateway}/${token}`;
