/** Signatures that are sound in themselves, of PKIs that should not be relied on, and some odd ones that may be. */

import { integer, oid, printableString, sequence, setOf, tagged } from '../../../src/pki/der/writer.ts';
import { type Extension, extensions, OID } from '../../../src/pki/index.ts';
import { CA, certify, list, type Party, SIGNER } from '../../support/own-pki/certificates.ts';
import { curveKey, exponentOneKey, pssKey, rsaKey, weakDigestKey } from '../../support/own-pki/keys.ts';
import {
  type OwnKeys,
  type OwnPki,
  ownPki,
  type SigningOptions,
  signPdf,
} from '../../support/own-pki/sign-pdf.ts';
import type { Attack } from './attack.ts';

const DAY = 24 * 3600 * 1000;
const daysFromNow = (days: number): Date => new Date(Date.now() + days * DAY);

/** The anchor of all of them. */
export const OWN_ROOT = certify({ name: 'Own Root', key: rsaKey() });

const family = 'Keys, paths and revocation (nothing was changed)';

interface Making {
  readonly keys?: Omit<OwnKeys, 'root'>;
  readonly change?: (pki: OwnPki) => Partial<OwnPki>;
  readonly options?: (pki: OwnPki) => SigningOptions;
  /** Lists of the issuing authority in the place of one that names nobody. */
  readonly lists?: (pki: OwnPki) => readonly Uint8Array[];
}

function row(
  name: string,
  what: string,
  verdict: Pick<Attack, 'expected' | 'finding' | 'because'>,
  { keys, change, options, lists }: Making,
): Attack {
  return {
    family,
    name: `pki-${name}`,
    what,
    ...verdict,
    ownRoot: true,
    make: async () => {
      const made = ownPki(keys, OWN_ROOT);
      const pki = { ...made, ...change?.(made) };
      const crls = [list({ issuer: OWN_ROOT }), ...(lists?.(pki) ?? [list({ issuer: pki.issuing })])];
      const dss = { crls, ocspResponses: [], certificates: [OWN_ROOT.certificate.der] };
      return signPdf(pki, { dss, ...options?.(pki) });
    },
  };
}

const revoked = ({ signer }: OwnPki) => [
  { certificate: signer.certificate, revokedAt: daysFromNow(-1), reason: 1 },
];
const weak = { expected: 'undecided', finding: 'weakCryptography' } as const;
const notCritical = (oidOf: string, value: Uint8Array): Extension => ({ oid: oidOf, critical: false, value });
const country = (code: string): Uint8Array =>
  sequence(setOf(sequence(oid(OID.country), printableString(code))));

const twinOf = ({ issuing }: OwnPki, notAfter: Date): Party =>
  certify({ name: 'Own CA', key: issuing.key, issuer: OWN_ROOT, notBefore: daysFromNow(-90), notAfter });

export const OWN_PKI: readonly Attack[] = [
  row('sound', 'nothing at all', { expected: 'valid' }, {}),
  row('rsa1024', 'the signer has an RSA key of 1024 bits', weak, { keys: { signer: rsaKey(1024) } }),
  row(
    'rsa-e1',
    'the signer has an RSA key with the exponent 1: no private key was used',
    { ...weak, because: 'DSS asks for the size of the modulus, not for the exponent.' },
    {
      keys: { signer: exponentOneKey() },
    },
  ),
  row(
    'secp256k1',
    'the signer has a key on a curve that is not listed',
    {
      ...weak,
      because: 'They have no list of curves: DSS asks for the size of the key, pyHanko for nothing.',
    },
    {
      keys: { signer: curveKey('secp256k1') },
    },
  ),
  row('sha1', 'the signature is over a SHA-1 digest', weak, { keys: { signer: weakDigestKey('sha1') } }),
  row('weak-ca', 'the authority has an RSA key of 1024 bits', weak, { keys: { issuing: rsaKey(1024) } }),
  row(
    'weak-tsa',
    'the time-stamp unit has an RSA key of 1024 bits',
    { ...weak, because: 'DSS leaves a time stamp that it does not accept out of account.' },
    { keys: { tsa: rsaKey(1024) } },
  ),
  row(
    'sha1-crl',
    'the only list of the authority is signed with SHA-1',
    {
      ...weak,
      because:
        'DSS agrees. pyHanko does not look at data in the file unless it is asked about the long term.',
    },
    {
      lists: ({ issuing }) => [
        list({ issuer: issuing, signedWith: { ...weakDigestKey('sha1'), spki: issuing.key.spki } }),
      ],
    },
  ),
  row(
    'no-rev-avail',
    'revoked in the file’s own list, behind noRevAvail',
    {
      expected: 'invalid',
      finding: 'revoked',
      because:
        'To DSS the mark excuses from looking at the list, too. pyHanko does not look at data in the file unless it is asked about the long term.',
    },
    {
      keys: { signerExtensions: [extensions.nullExtension(OID.noRevAvail)] },
      lists: (pki) => [list({ issuer: pki.issuing, entries: revoked(pki) })],
    },
  ),
  row(
    'old-good',
    'an older list without, a newer one with the certificate',
    {
      expected: 'invalid',
      finding: 'revoked',
      because:
        'DSS agrees. pyHanko does not look at data in the file unless it is asked about the long term.',
    },
    {
      lists: (pki) => [
        list({ issuer: pki.issuing, thisUpdate: daysFromNow(-2), nextUpdate: daysFromNow(3) }),
        list({ issuer: pki.issuing, entries: revoked(pki) }),
      ],
    },
  ),
  row(
    'delta',
    'the only list is a delta list that is not marked critical',
    { expected: 'valid', finding: 'revocationUnknown' },
    {
      lists: ({ issuing }) => [
        list({ issuer: issuing, extensions: [notCritical(OID.deltaCrlIndicator, integer(1))] }),
      ],
    },
  ),
  row(
    'eku',
    'the authority is for TLS alone',
    {
      expected: 'invalid',
      finding: 'chainConstraints',
      because:
        'RFC 5280 does not say what the extension means in the certificate of an authority, and they do not ask. Browsers and CA/Browser Forum take it for a restriction of what it may issue; so do we.',
    },
    {
      keys: { issuingExtensions: [extensions.extendedKeyUsage(false, '1.3.6.1.5.5.7.3.1')] },
    },
  ),
  row(
    'names',
    'the authority is for names of another country',
    {
      expected: 'invalid',
      finding: 'chainConstraints',
      because:
        'DSS passes names that the authority may not certify, where the constraint is not marked critical.',
    },
    {
      keys: {
        issuingExtensions: [
          notCritical(OID.nameConstraints, sequence(tagged(0, sequence(tagged(4, country('FR')))))),
        ],
      },
    },
  ),
  row(
    'future',
    'the time stamp is of next month',
    {
      expected: 'undecided',
      finding: 'timestampInFuture',
      because:
        'They do not compare the time with their own clock. A time stamp that is not made yet proves nothing.',
    },
    {
      options: () => ({ stamped: [daysFromNow(30)] }),
    },
  ),
  row(
    'claimed',
    'signed in 1970, as it says',
    {
      expected: 'undecided',
      finding: 'claimedTimeImplausible',
      because: 'DSS agrees: /M is not within the validity of the certificate. pyHanko does not look at it.',
    },
    {
      options: () => ({ claimed: new Date(0) }),
    },
  ),
  row(
    'content-type',
    'the signed content-type is another one',
    { expected: 'invalid', finding: 'signedAttributesWrong' },
    {
      options: () => ({ contentType: '1.2.840.113549.1.7.5' }),
    },
  ),
  row(
    'no-ess',
    'nothing binds the certificate, and another one has its key',
    { expected: 'valid', finding: 'certificateNotBound' },
    {
      options: ({ signer, issuing }) => ({
        withoutEss: true,
        furtherCertificates: [
          certify({ name: 'Somebody Else', key: signer.key, issuer: issuing, extensions: SIGNER }).certificate
            .der,
        ],
      }),
    },
  ),
  row(
    'bomb',
    'six authorities of one name and key that certify each other, none of a trusted root',
    { expected: 'undecided', finding: 'chainUntrusted' },
    {
      change: ({ issuing, signer }) => {
        const bomb = certify({ name: 'Bomb', key: issuing.key });
        return {
          issuing: bomb,
          signer: certify({ name: 'Own Signer', key: signer.key, issuer: bomb, extensions: SIGNER }),
        };
      },
      options: ({ issuing }) => ({
        furtherCertificates: Array.from(
          { length: 5 },
          () => certify({ name: 'Bomb', key: issuing.key, issuer: issuing, extensions: CA }).certificate.der,
        ),
      }),
    },
  ),
  row(
    'renewed',
    'an expired authority beside its renewed twin',
    { expected: 'valid' },
    {
      options: (pki) => ({ furtherCertificates: [twinOf(pki, daysFromNow(-1)).certificate.der] }),
    },
  ),
  row(
    'encoding',
    'the issuer written as PrintableString and as UTF8String',
    {
      expected: 'valid',
      because: 'DSS compares the two names byte by byte. RFC 5280 §7.1 compares what they say.',
    },
    {
      change: ({ issuing, signer }) => ({
        signer: certify({
          name: 'Own Signer',
          key: signer.key,
          issuer: issuing,
          extensions: SIGNER,
          issuerName: sequence(
            setOf(sequence(oid(OID.country), printableString('ES'))),
            setOf(sequence(oid(OID.commonName), printableString('Own CA'))),
          ),
        }),
      }),
    },
  ),
  row(
    'pss',
    'PSS with the default salt left out',
    { expected: 'valid' },
    {
      keys: { signer: pssKey({ hash: OID.sha256, mask: OID.sha256 }) },
    },
  ),
  row(
    'two-stamps',
    'two time stamps',
    { expected: 'valid' },
    {
      options: () => ({ stamped: [new Date(), new Date()] }),
    },
  ),
  row(
    'unsorted',
    'signed attributes that are not in DER order',
    {
      expected: 'undecided',
      finding: 'signedAttributesNotDer',
      because:
        'pyHanko checks the order in which they were sent, DSS the one of DER, for which the value does not verify. It was signed, but not as RFC 5652 §5.4 demands: a person must look.',
    },
    {
      options: () => ({ unsorted: true }),
    },
  ),
  row(
    'no-certificates',
    'the certificate of the signer is missing',
    { expected: 'undecided', finding: 'noSigningCertificate' },
    {
      options: () => ({ withoutCertificates: true }),
    },
  ),
];
