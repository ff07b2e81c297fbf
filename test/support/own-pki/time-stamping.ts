/** Time-stamp authorities of one's own, one after the other, with lists of those who are revoked at any moment. */
import { generalizedTime } from '../../../src/pki/der/writer.ts';
import { extensions, type StampDigest } from '../../../src/pki/index.ts';
import { tsaResponse } from '../tsa-double.ts';
import { CA, certify, list, type Party, TSA } from './certificates.ts';
import { curveKey, type TestKey } from './keys.ts';

const YEAR = 365.25 * 24 * 3600 * 1000;
const MINUTE = 60_000;

export interface StampingAuthority {
  readonly root: Party;
  readonly unit: Party;
}

/** A root for longer than anybody asks, and a unit below it from `from` for so many years. */
export function stampingAuthority(
  name: string,
  { key, from, years, rootKey }: StampingTerm,
): StampingAuthority {
  const notBefore = new Date(from.getTime() - 5 * MINUTE);
  const root = certify({
    name: `${name} Root`,
    key: rootKey ?? curveKey('P-384', 'sha384'),
    extensions: CA,
    notBefore,
    notAfter: new Date(from.getTime() + 60 * YEAR),
  });
  const unit = certify({
    name: `${name} Unit`,
    issuer: root,
    key,
    extensions: [...TSA, extensions.crlDistributionPoint(crlAddress(`${name} Root`))],
    notBefore,
    notAfter: new Date(from.getTime() + years * YEAR),
  });
  return { root, unit };
}

export interface StampingTerm {
  readonly key: TestKey;
  readonly rootKey?: TestKey;
  readonly from: Date;
  readonly years: number;
}

export const crlAddress = (name: string): string => `http://pki.example/${encodeURIComponent(name)}.crl`;

/** What the addresses in the certificates answer at a moment: an empty list of the authority that is named there. */
export const listsOf = (issuers: readonly Party[], now: () => Date) => ({
  crl: async (url: string): Promise<Uint8Array> => {
    const issuer = issuers.find(
      ({ certificate }) => url === crlAddress(certificate.subject.commonName ?? ''),
    );
    if (!issuer) throw new Error(`nobody answers at ${url}`);
    return list({ issuer, thisUpdate: now() });
  },
  ocsp: () => Promise.reject(new Error('there is no responder')),
  certificate: () => Promise.reject(new Error('no issuer is published')),
});

/** The authority as RFC 3161 over HTTP would give it; it signs with `hash` (Ed25519: SHA-512, RFC 8419 §3.1). */
export const stampingBy = ({ root, unit }: StampingAuthority, hash: StampDigest, now: () => Date) => ({
  url: 'http://tsa.example/',
  query: async (request: Uint8Array): Promise<Uint8Array> =>
    tsaResponse(unit, request, {
      genTime: generalizedTime(now()),
      digest: hash,
      certificates: [unit.certificate.der, root.certificate.der],
    }),
});
