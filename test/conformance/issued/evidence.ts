/** What stands in the bytes of what a service has issued, as a few words or hexadecimal digits. */
import {
  type Certificate,
  type Crl,
  extensions,
  OID,
  parseCertificate,
  parseCrl,
  parseOcspResponse,
  parseSignedData,
  parseTimestampToken,
} from '../../../src/pki/index.ts';
import type { Issued } from './collect.ts';

/** Words about one thing; the same for all of its kind, so nothing that changes from one to the next. */
export type Evidence = (issued: Issued) => string;

export const inCertificate =
  (say: (certificate: Certificate) => string): Evidence =>
  ({ der }) =>
    say(parseCertificate(der));
export const inCrl =
  (say: (crl: Crl) => string): Evidence =>
  ({ der }) =>
    say(parseCrl(der));
export const inOcsp =
  (say: (response: ReturnType<typeof parseOcspResponse>) => string): Evidence =>
  ({ der }) =>
    say(parseOcspResponse(der));
export const inToken =
  (say: (token: ReturnType<typeof parseTimestampToken>) => string): Evidence =>
  ({ der }) =>
    say(parseTimestampToken(der));
export const inTokenCms =
  (say: (cms: ReturnType<typeof parseSignedData>) => string): Evidence =>
  ({ der }) =>
    say(parseSignedData(der));

/** `critical 03020640`, or `absent`. */
export const extension = (oid: string): Evidence =>
  inCertificate(({ fields }) => {
    const found = fields.extensions.get(oid);
    if (found === undefined) return 'absent';
    return `${found.critical ? 'critical ' : ''}\`${Buffer.from(found.value).toString('hex')}\``;
  });

export const absent = (...oids: readonly string[]): Evidence =>
  inCertificate(({ fields }) =>
    oids.map((oid) => (fields.extensions.has(oid) ? 'present' : 'absent')).join(),
  );

export const access = inCertificate(({ fields }) => {
  const found = fields.extensions.get(OID.authorityInfoAccess);
  if (found === undefined) return 'absent';
  const { caIssuers, ocsp } = extensions.decodeAuthorityInfoAccess(found.value);
  const part = (name: string, urls: readonly string[]) =>
    `${name}: ${urls.map((url) => new URL(url).protocol)}`;
  return [part('caIssuers', caIssuers), ocsp.length === 0 ? 'no OCSP' : part('OCSP', ocsp)].join(', ');
});

/** `within 24 h` where every period is at most that long, both ends counted. */
export const shorterThan = (hours: number): Evidence =>
  inCertificate(({ notBefore, notAfter }) => {
    const inclusive = (notAfter.getTime() - notBefore.getTime()) / 1000 + 1;
    return inclusive <= hours * 3600 ? `at most ${hours} h` : `${inclusive} s`;
  });
