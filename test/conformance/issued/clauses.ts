/**
 * The clauses an auditor asks for, each with what shows it. The words are ours, the clauses those of ETSI
 * and the IETF.
 */
import { OID } from '../../../src/pki/index.ts';
import { serviceConfigSchema } from '../../../src/service/config/service-config.ts';
import type { Issued } from './collect.ts';
import {
  absent,
  access,
  type Evidence,
  extension,
  inCertificate,
  inCrl,
  inOcsp,
  inToken,
  inTokenCms,
  shorterThan,
} from './evidence.ts';

interface Row {
  readonly clause: string;
  readonly says: string;
  /** The test that holds it; the table itself is held by issued.test.ts. */
  readonly test: string;
}
/** Seen in bytes: every certificate, list, response or token of that kind must say the same. */
export interface BytesRow extends Row {
  readonly about: { readonly kind: Issued['kind']; readonly of: readonly string[] };
  readonly evidence: Evidence;
}
/** Seen in what the service does. */
export interface ConductRow extends Row {
  readonly conduct: string;
}

export interface Standard {
  readonly name: string;
  readonly rows: readonly (BytesRow | ConductRow)[];
}

const certificateOf = (...of: string[]) => ({ kind: 'certificate' as const, of });
const SIGNER = certificateOf('signer');
const TSU = certificateOf('tsa');
const RESPONDERS = certificateOf('ocsp-root', 'ocsp-issuing');
const CRLS = { kind: 'crl' as const, of: ['root', 'issuing', 'signature'] };
const OCSP = {
  kind: 'ocsp' as const,
  of: ['issuing', 'tsa', 'ocsp-root', 'ocsp-issuing', 'signature'],
};
const TOKENS = { kind: 'timestamp' as const, of: ['tsa'] };

const CERTIFICATE_TEST = 'src/service/ca/single-use-certificate.test.ts';
const AUTHORITIES_TEST = 'src/service/ca/authorities.test.ts';
const STATUS_TEST = 'src/service/status/status.test.ts';
const TSA_TEST = 'src/service/tsa/tsa.test.ts';
const CLOCK_TEST = 'src/service/tsa/compared-clock.test.ts';
const RETENTION_TEST = 'test/integration/service-retention.test.ts';
const SIGNING_TEST = 'test/integration/service-signing.test.ts';
const PKILINT_TEST = 'test/conformance/issued/issued.test.ts';

const defaults = serviceConfigSchema.parse({ mode: 'production', dataDirectory: '/data' });

const present = (value: unknown): string => (value === undefined || value === '' ? 'absent' : 'present');

export const STANDARDS: readonly Standard[] = [
  {
    name: 'EN 319 411-1: policy requirements, general',
    rows: [
      {
        clause: 'REV-6.2.4-03A',
        says: 'a certificate that cannot be revoked lives shorter than a revocation would take',
        about: SIGNER,
        evidence: shorterThan(24),
        test: CERTIFICATE_TEST,
      },
      {
        clause: 'OVR-6.6.3-02',
        says: 'the responder never calls a certificate good that was not issued',
        conduct: '`unauthorized` for a number that is unknown, and for those of signers',
        test: STATUS_TEST,
      },
      {
        clause: 'CSS-6.6.3-01B',
        says: 'the certificate of a responder names no responder for itself',
        about: RESPONDERS,
        evidence: access,
        test: AUTHORITIES_TEST,
      },
      {
        clause: 'OVR-6.4.6-01',
        says: 'records are kept for at least seven years after the certificate has ended',
        conduct: `\`retention.signedDays\`: ${defaults.retention.signedDays}; fewer stop a production start`,
        test: RETENTION_TEST,
      },
      {
        clause: 'OVR-6.4.5-02',
        says: 'every security event is logged, starts and stops too',
        conduct: 'chained events that no statement can change or remove',
        test: 'src/service/store/store.test.ts',
      },
      {
        clause: 'GEN-6.3.3-12',
        says: 'a policy of the standard is named only by who follows it',
        about: SIGNER,
        evidence: inCertificate(({ policies }) =>
          policies.every(({ policy }) => !policy.startsWith('0.4.0.'))
            ? 'the operator’s own policy'
            : 'ETSI’s',
        ),
        test: PKILINT_TEST,
      },
    ],
  },
  {
    name: 'EN 319 411-2: EU qualified certificates',
    rows: [
      {
        clause: 'CSS-6.3.10-09',
        says: 'no last list while a certificate in its scope is neither expired nor revoked',
        about: CRLS,
        evidence: inCrl(({ nextUpdate }) => `nextUpdate ${present(nextUpdate)}`),
        test: STATUS_TEST,
      },
      {
        clause: 'the policies QCP-n, QCP-n-qscd',
        says: 'qualified certificates are issued under them',
        conduct:
          'none: no profile that ships is a qualified one, and a certificate that says so is not issued',
        test: CERTIFICATE_TEST,
      },
    ],
  },
  {
    name: 'EN 319 412-1: common data structures',
    rows: [
      {
        clause: '5.2.2',
        says: 'a short-term certificate says so, not critical, NULL',
        about: SIGNER,
        evidence: extension(OID.valassuredShortTerm),
        test: CERTIFICATE_TEST,
      },
      {
        clause: '5.2.2; RFC 9608 §2',
        says: 'and that there is no revocation',
        about: SIGNER,
        evidence: extension(OID.noRevAvail),
        test: CERTIFICATE_TEST,
      },
      {
        clause: '5.1.1',
        says: 'the serial number of a person may be one that says nothing of them',
        about: SIGNER,
        evidence: inCertificate(({ subject }) =>
          /^[0-9a-f]{32}$/.test(subject.serialNumber ?? '') ? '32 hexadecimal digits' : 'something else',
        ),
        test: CERTIFICATE_TEST,
      },
      {
        clause: 'NAT-5.1.3-02 to -07',
        says: 'a semantics identifier is asserted only for serial numbers in its form',
        about: SIGNER,
        evidence: extension(OID.qcStatements),
        test: CERTIFICATE_TEST,
      },
    ],
  },
  {
    name: 'EN 319 412-2: natural persons',
    rows: [
      {
        clause: 'GEN-4.2.3.1-2',
        says: 'the issuer names country and organisation',
        about: SIGNER,
        evidence: inCertificate(
          ({ issuer }) => `C ${present(issuer.country)}, O ${present(issuer.organization)}`,
        ),
        test: 'test/integration/authority-keys.test.ts',
      },
      {
        clause: 'NAT-4.2.4-1',
        says: 'the subject has country, common name, and given name or surname',
        about: SIGNER,
        evidence: inCertificate(
          ({ subject: { country, commonName, givenName, surname } }) =>
            `C ${present(country)}, CN ${present(commonName)}, name ${present(givenName ?? surname)}`,
        ),
        test: CERTIFICATE_TEST,
      },
      {
        clause: 'NAT-4.3.2-1 to -3',
        says: 'keyUsage is of type A: nonRepudiation alone',
        about: SIGNER,
        evidence: extension(OID.keyUsage),
        test: CERTIFICATE_TEST,
      },
      {
        clause: 'GEN-4.3.1',
        says: 'the key of the issuer is identified',
        about: SIGNER,
        evidence: absent(OID.authorityKeyIdentifier),
        test: CERTIFICATE_TEST,
      },
      {
        clause: 'GEN-4.3.3-1',
        says: 'policies are there, not critical, with the address of the practice statement',
        about: SIGNER,
        evidence: inCertificate(({ fields, policies }) => {
          const critical = fields.extensions.get(OID.certificatePolicies)?.critical;
          const urls = policies.map(({ practiceStatementUrls }) => practiceStatementUrls.length);
          return `critical: ${critical}, addresses: ${urls.join()}`;
        }),
        test: CERTIFICATE_TEST,
      },
      {
        clause: 'GEN-4.3.10-1',
        says: 'extended key usage is not critical',
        about: SIGNER,
        evidence: extension(OID.extendedKeyUsage),
        test: CERTIFICATE_TEST,
      },
      {
        clause: 'GEN-4.4.1-3, -4',
        says: 'the certificate of the issuer can be fetched over HTTP',
        about: SIGNER,
        evidence: access,
        test: CERTIFICATE_TEST,
      },
      {
        clause: 'GEN-4.3.11-2, GEN-4.4.1-8',
        says: 'CRL or OCSP are named; not by a short-term certificate (RFC 9608 §3 forbids it)',
        about: SIGNER,
        evidence: absent(OID.crlDistributionPoints, OID.freshestCrl),
        test: CERTIFICATE_TEST,
      },
    ],
  },
  {
    name: 'EN 319 412-3: legal persons; EN 319 412-4: web sites',
    rows: [
      {
        clause: 'all',
        says: 'profiles of certificates for organisations and for web sites',
        conduct: 'no such certificate is issued: every subject of a signer is a person',
        test: CERTIFICATE_TEST,
      },
    ],
  },
  {
    name: 'EN 319 412-5: statements of qualified certificates',
    rows: [
      {
        clause: '4.2',
        says: 'QcCompliance, QcType, QcSSCD, QcPDS only in a qualified certificate',
        about: SIGNER,
        evidence: absent(OID.qcStatements),
        test: CERTIFICATE_TEST,
      },
    ],
  },
  {
    name: 'EN 319 421: time-stamp authorities',
    rows: [
      {
        clause: 'TIS-7.7.1-08',
        says: 'the key of the unit is used for nothing else',
        about: TSU,
        evidence: extension(OID.keyUsage),
        test: AUTHORITIES_TEST,
      },
      {
        clause: 'TIS-7.7.1-07, -09',
        says: 'nothing is stamped after the end of the certificate',
        conduct: '`systemFailure` outside the validity; `/ready` fails',
        test: TSA_TEST,
      },
      {
        clause: 'TIS-7.7.2-03, -05, -06',
        says: 'a clock that jumps or drifts stops the stamping until it is trusted again',
        conduct: '`timeNotAvailable`',
        test: CLOCK_TEST,
      },
    ],
  },
  {
    name: 'EN 319 422: time-stamping protocol and token profiles (with RFC 3161, RFC 5816)',
    rows: [
      {
        clause: '5.2.2',
        says: 'the token names its accuracy, one second or better',
        about: TOKENS,
        evidence: inToken(({ info }) => `${info.accuracyMillis} ms`),
        test: TSA_TEST,
      },
      {
        clause: '5.2.2',
        says: 'and has no critical extension',
        about: TOKENS,
        evidence: inToken(({ info }) => (info.hasCriticalExtension ? 'one' : 'none')),
        test: TSA_TEST,
      },
      {
        clause: '5.2.2; RFC 5816 §2.2.1',
        says: 'the certificate of the unit is bound by ESSCertIDv2',
        about: TOKENS,
        evidence: inTokenCms(({ signer }) =>
          signer.signedAttributes.types.includes(OID.signingCertificateV2) ? 'present' : 'absent',
        ),
        test: TSA_TEST,
      },
      {
        clause: '6.4; RFC 3161 §2.3',
        says: 'extended key usage: time stamping alone, critical',
        about: TSU,
        evidence: extension(OID.extendedKeyUsage),
        test: AUTHORITIES_TEST,
      },
      {
        clause: '5.1.2',
        says: 'SHA-256, SHA-384, SHA-512, a policy, a nonce and certReq are understood',
        conduct: 'each has a test, each refusal its failInfo',
        test: TSA_TEST,
      },
    ],
  },
  {
    name: 'RFC 5280, RFC 6960, RFC 9654: lists and responses',
    rows: [
      {
        clause: 'RFC 5280 §4.1.2.2',
        says: 'serial numbers are positive, of at most 20 octets, and random',
        about: certificateOf('signer', 'root', 'issuing', 'tsa', 'ocsp-root', 'ocsp-issuing'),
        evidence: inCertificate(({ fields: { serialNumber } }) => {
          const bits = serialNumber.toString(2).length;
          return serialNumber > 0n && bits >= 64 && bits <= 159 ? '64 to 159 bits' : `${bits} bits`;
        }),
        test: CERTIFICATE_TEST,
      },
      {
        clause: 'RFC 5280 §5.2.1, §5.2.3',
        says: 'lists have a number that grows; complete lists, not deltas',
        about: CRLS,
        evidence: inCrl(({ number, isDelta }) => `number ${present(number)}, delta: ${isDelta}`),
        test: STATUS_TEST,
      },
      {
        clause: 'RFC 6960 §4.2.2.1',
        says: 'responses say until when they speak',
        about: OCSP,
        evidence: inOcsp(({ responses }) =>
          responses.every(({ nextUpdate }) => nextUpdate !== undefined) ? 'nextUpdate present' : 'absent',
        ),
        test: STATUS_TEST,
      },
      {
        clause: 'RFC 6960 §4.2.2.2',
        says: 'the responder is certified for it by the authority',
        about: RESPONDERS,
        evidence: extension(OID.extendedKeyUsage),
        test: AUTHORITIES_TEST,
      },
      {
        clause: 'RFC 6960 §4.2.2.2.1',
        says: 'and nobody asks for its own status',
        about: RESPONDERS,
        evidence: extension(OID.ocspNoCheck),
        test: AUTHORITIES_TEST,
      },
      {
        clause: 'RFC 9654 §2.1',
        says: 'a nonce of 1 to 128 octets comes back as it was',
        conduct: 'an empty or longer one is `malformedRequest`',
        test: STATUS_TEST,
      },
    ],
  },
  {
    name: 'TS 119 431-1: signing for others',
    rows: [
      {
        clause: '3.1, DEL-6.3.2-05',
        says: 'the key signs in one session and is destroyed with it, on every way out',
        conduct: 'event `key.destroyed` in the transaction that stores the signature',
        test: SIGNING_TEST,
      },
      {
        clause: 'SIG-6.3.1-11 to -13',
        says: 'one session, one authorisation, for all documents and no other',
        conduct: 'a code authorises a manifest; `OSS_SIGNING_DIGESTS_CHANGED` for another one',
        test: SIGNING_TEST,
      },
    ],
  },
];
