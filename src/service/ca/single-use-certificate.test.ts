import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { asFile, openssl } from '../../../test/support/openssl.ts';
import { makeSandbox } from '../../../test/support/sandbox.ts';
import { KEY_ALGORITHMS } from '../../contract/model/key-algorithm.ts';
import {
  buildCertificate,
  Certificate,
  type Extension,
  encodeName,
  extensions,
  OID,
  parseTbsCertificate,
  toPem,
  validatePath,
} from '../../pki/index.ts';
import { generateSingleUseKey } from '../keys/single-use-key.ts';
import { type Authorities, chainOf } from './authority.ts';
import { largestChainBytes } from './declared-sizes.ts';
import { signPlanned } from './issue.ts';
import { lintCertificate } from './lint.ts';
import { caIssuersUrl, practiceStatementUrl } from './public-urls.ts';
import { newSerialNumber } from './serial-number.ts';
import { planSingleUseCertificate, type SingleUsePlan } from './single-use-profile.ts';

const MINUTE = 60_000;
const publicUrl = 'http://127.0.0.1:4100';
const urls = {
  practiceStatementUrl: practiceStatementUrl(publicUrl),
  caIssuersUrl: caIssuersUrl(publicUrl, 'issuing'),
};
let authorities: Authorities;
let plan: SingleUsePlan;

beforeAll(async () => {
  ({ authorities } = await makeSandbox({ publicUrl }));
  const key = await generateSingleUseKey('ecdsa-p256');
  plan = {
    ...urls,
    identity: {
      givenName: 'Núria',
      surname1: 'Ferrer',
      surname2: 'Puig',
      idDocument: { type: 'IDC', country: 'ES', number: '12345678Z' },
    },
    signerId: 'c0ffee00c0ffee00',
    publicKeySpki: key.publicKeySpki,
    notBefore: new Date(Date.now() - MINUTE),
    notAfter: new Date(Date.now() + 14 * MINUTE),
    serialNumber: newSerialNumber(randomBytes),
    issuer: authorities.issuing.certificate,
    issuerScheme: authorities.issuing.signer.scheme,
  };
});

describe('the single-use certificate', () => {
  test('passes the lint, is issued, and is valid to OpenSSL and to us', async () => {
    const tbs = planSingleUseCertificate(plan);
    lintCertificate(tbs, plan.issuer);
    const certificate = new Certificate(await signPlanned(tbs, authorities.issuing.signer));
    const { root, issuing } = authorities;
    const response = openssl(
      ...[
        'verify',
        '-x509_strict',
        '-policy_check',
        '-explicit_policy',
        ...['-policy', '1.3.6.1.4.1.32473.1.1'],
        '-CAfile',
        asFile(toPem(root.certificate.der)),
      ],
      ...['-untrusted', asFile(toPem(issuing.certificate.der)), asFile(toPem(certificate.der))],
    );
    expect(response).toContain('OK');
    const chain = validatePath(certificate, chainOf(authorities), [root.certificate], new Date(), 'signing');
    expect(chain).toHaveLength(3);
    expect(certificate.subject).toMatchObject({
      country: 'ES',
      givenName: 'Núria',
      surname: 'Ferrer Puig',
      commonName: 'Núria Ferrer Puig',
      serialNumber: 'c0ffee00c0ffee00',
    });
  });

  test('says to OpenSSL what the profile says, and nothing of the id document', async () => {
    const der = await signPlanned(planSingleUseCertificate(plan), authorities.issuing.signer);
    const text = openssl('x509', '-in', asFile(toPem(der)), '-noout', '-text', '-nameopt', 'utf8');
    expect(text).toMatch(/X509v3 Key Usage: critical\s+Non Repudiation\n/);
    expect(text).toContain('CA Issuers - URI:http://127.0.0.1:4100/certificates/issuing.cer');
    expect(text).toContain('CPS: http://127.0.0.1:4100/cps');
    expect(text).toContain('0.4.0.194121.2.1');
    expect(text).not.toMatch(/OCSP|CRL Distribution|Qualified|12345678Z/);
  });

  test.each(KEY_ALGORITHMS)('with a key of %s it fits the declared size', async (algorithm) => {
    const key = await generateSingleUseKey(algorithm);
    const tbs = planSingleUseCertificate({ ...plan, publicKeySpki: key.publicKeySpki });
    const { length } = await signPlanned(tbs, authorities.issuing.signer);
    const chainBytes = chainOf(authorities).reduce((sum, { der }) => sum + der.length, 0);
    const declared = await largestChainBytes(algorithm, authorities, urls, randomBytes);
    expect(length + chainBytes).toBeLessThan(declared);
    const longName = {
      ...plan.identity,
      givenName: '𠮷'.repeat(64),
      surname1: '𠮷'.repeat(64),
      surname2: '𠮷'.repeat(64),
    };
    const largest = planSingleUseCertificate({
      ...plan,
      identity: longName,
      signerId: 'x'.repeat(64),
      publicKeySpki: key.publicKeySpki,
    });
    const largestLength = (await signPlanned(largest, authorities.issuing.signer)).length + chainBytes;
    expect(declared - largestLength).toBeGreaterThanOrEqual(0);
    expect(declared - largestLength).toBeLessThan(64);
  });

  test('serial numbers are 127 bits and do not repeat', () => {
    const serials = new Set(
      Array.from({ length: 5000 }, () => Buffer.from(newSerialNumber(randomBytes)).toString('hex')),
    );
    expect(serials.size).toBe(5000);
    for (const serial of serials) expect(BigInt(`0x${serial}`).toString(2)).toHaveLength(127);
  });
});

describe('the lint names the rule that a certificate breaks', () => {
  interface Deviation {
    readonly without?: string;
    readonly with?: Extension;
    readonly change?: Partial<Parameters<typeof buildCertificate>[0]>;
  }

  /** Writes the planned certificate again with one deviation. */
  function deviate({ without, with: added, change }: Deviation): Uint8Array {
    const planned = parseTbsCertificate(planSingleUseCertificate(plan));
    const kept = [...planned.extensions.values()].filter(({ oid }) => oid !== without && oid !== added?.oid);
    return buildCertificate({
      serialNumber: plan.serialNumber,
      issuer: planned.issuer.der,
      subject: planned.subject.der,
      notBefore: planned.notBefore,
      notAfter: planned.notAfter,
      publicKeySpki: plan.publicKeySpki,
      issuerScheme: plan.issuerScheme,
      extensions: [...kept, ...(added ? [added] : [])],
      ...change,
    });
  }

  const subject = (attributes: Parameters<typeof encodeName>[0]) => ({
    change: { subject: encodeName(attributes) },
  });
  const named = { country: 'ES', commonName: 'Anna', givenName: 'Anna', serialNumber: 'abc' };

  test.each<[string, string, () => Deviation]>([
    [
      '24 hours and a second, ends included',
      'CE-01',
      () => ({ change: { notAfter: new Date(plan.notBefore.getTime() + 24 * 60 * MINUTE) } }),
    ],
    [
      'expired when issued',
      'CE-01',
      () => ({ change: { notAfter: new Date(plan.notBefore.getTime() - MINUTE) } }),
    ],
    ['no valassured', 'CE-02', () => ({ without: OID.valassuredShortTerm })],
    [
      'critical valassured',
      'CE-02',
      () => ({ with: { ...extensions.nullExtension(OID.valassuredShortTerm), critical: true } }),
    ],
    ['no noRevAvail', 'CE-03', () => ({ without: OID.noRevAvail })],
    [
      'noRevAvail that is not NULL',
      'CE-03',
      () => ({ with: { oid: OID.noRevAvail, critical: false, value: Uint8Array.of(0x30, 0) } }),
    ],
    ['a CRL address', 'CE-04', () => ({ with: extensions.crlDistributionPoint('http://x/crl') })],
    [
      'an OCSP address',
      'CE-04',
      () => ({ with: extensions.authorityInfoAccess({ caIssuers: ['http://x/c'], ocsp: ['http://x/o'] }) }),
    ],
    ['an authority', 'CE-04', () => ({ with: extensions.basicConstraints(true) })],
    ['no caIssuers', 'CE-05', () => ({ without: OID.authorityInfoAccess })],
    ['no authority key identifier', 'CE-05', () => ({ without: OID.authorityKeyIdentifier })],
    [
      'another authority key identifier',
      'CE-05',
      () => ({ with: extensions.authorityKeyIdentifier(new Uint8Array(20)) }),
    ],
    ['no policy', 'CE-05', () => ({ without: OID.certificatePolicies })],
    [
      'a policy without practice statement',
      'CE-05',
      () => ({ with: extensions.certificatePolicies(['1.2.3']) }),
    ],
    [
      'a second key usage',
      'CE-06',
      () => ({ with: extensions.keyUsage('nonRepudiation', 'digitalSignature') }),
    ],
    [
      'key usage not critical',
      'CE-06',
      () => ({ with: { ...extensions.keyUsage('nonRepudiation'), critical: false } }),
    ],
    [
      'another purpose',
      'CE-07',
      () => ({ with: extensions.extendedKeyUsage(false, OID.purposeTimeStamping) }),
    ],
    ['no country', 'CE-08', () => subject({ commonName: 'Anna', givenName: 'Anna', serialNumber: 'abc' })],
    ['no common name', 'CE-08', () => subject({ country: 'ES', givenName: 'Anna', serialNumber: 'abc' })],
    [
      'neither given name nor surname',
      'CE-08',
      () => subject({ country: 'ES', commonName: 'Anna', serialNumber: 'abc' }),
    ],
    ['a national number', 'CE-10', () => subject({ ...named, serialNumber: 'IDCES-12345678Z' })],
    [
      'qualified statements',
      'CE-11',
      () => ({ with: { oid: OID.qcStatements, critical: false, value: Uint8Array.of(0x30, 0) } }),
    ],
    [
      'a short serial number',
      'CE-12',
      () => ({ change: { serialNumber: Uint8Array.of(1, 2, 3, 4, 5, 6, 7) } }),
    ],
    [
      'another issuer',
      'RFC 5280 4.1.2.4',
      () => ({ change: { issuer: encodeName({ commonName: 'Other' }) } }),
    ],
    [
      'longer than its issuer',
      'RFC 5280 4.1.2.5',
      () => ({ change: { notBefore: new Date('2040-01-01'), notAfter: new Date('2040-01-01T00:10:00Z') } }),
    ],
    [
      'another key identifier',
      'RFC 5280 4.2.1.2',
      () => ({ with: extensions.subjectKeyIdentifier(new Uint8Array(20)) }),
    ],
  ])('%s: %s', (_, rule, deviation) => {
    const tbs = deviate(deviation());
    expect(() => lintCertificate(tbs, plan.issuer)).toThrow(
      expect.objectContaining({ code: 'OSS_CERTIFICATE_LINT', details: { reason: rule, rules: [rule] } }),
    );
  });

  test('documentSigning is the one purpose allowed', () => {
    lintCertificate(
      deviate({ with: extensions.extendedKeyUsage(false, OID.purposeDocumentSigning) }),
      plan.issuer,
    );
  });

  test('bytes that are no certificate', () => {
    expect(() => lintCertificate(Uint8Array.of(0x30, 0), plan.issuer)).toThrow(/RFC 5280 4.1/);
  });
});
