import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { afterAll, describe, expect, it } from 'vitest';
import { verifyFile } from '../../src/optimizer/index.ts';
import { encodeAttribute } from '../../src/pki/cms/attributes.ts';
import { octetString, oid, sequence } from '../../src/pki/der/writer.ts';
import { extensions, OID } from '../../src/pki/index.ts';
import { certify, list, type Party, SIGNER } from '../support/own-pki/certificates.ts';
import { curveKey, exponentOneKey, pssKey, rsaKey, weakDigestKey } from '../support/own-pki/keys.ts';
import { type OwnPki, ownPki, type SigningOptions, signPdf } from '../support/own-pki/sign-pdf.ts';

const DAY = 24 * 3600 * 1000;
const daysFromNow = (days: number): Date => new Date(Date.now() + days * DAY);
const folder = mkdtempSync(join(tmpdir(), 'oss-own-pki-'));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;

async function judge(pki: OwnPki, options: SigningOptions = {}) {
  count += 1;
  const path = join(folder, `${count}.pdf`);
  writeFileSync(path, await signPdf(pki, options));
  const report = await verifyFile(path, { anchors: [pki.root.certificate], at: new Date() });
  const [signature] = report.signatures;
  const checks = signature?.checks ?? [];
  return {
    verdict: report.verdict,
    level: signature?.level,
    subIndication: signature?.subIndication,
    reasons: checks.flatMap(({ reason }) => reason ?? []),
    said: checks.map(({ name, outcome, sentence }) => `${name} ${outcome}: ${sentence}`).join('\n'),
  };
}

const lists = ({ root, issuing }: OwnPki, options: Partial<Parameters<typeof list>[0]> = {}) => [
  list({ issuer: root }),
  list({ issuer: issuing, ...options }),
];
const store = (crls: readonly Uint8Array[], certificates: readonly Party[] = []) => ({
  crls,
  ocspResponses: [],
  certificates: certificates.map(({ certificate }) => certificate.der),
});

it('a signature of this PKI is valid, with the level that it reaches', async () => {
  const pki = ownPki();
  expect(await judge(pki)).toMatchObject({ verdict: 'valid', level: 'B-T' });
  expect(await judge(pki, { dss: store(lists(pki)) })).toMatchObject({ verdict: 'valid', level: 'B-LT' });
});

describe.each([
  ['RSA of 1024 bits', () => rsaKey(1024), '1024 bits'],
  ['RSA with e = 3', () => rsaKey(2048, 3), 'exponent 3'],
  ['RSA with e = 1', () => exponentOneKey(), 'exponent 1'],
  ['secp256k1', () => curveKey('secp256k1'), 'secp256k1'],
  ['SHA-1', () => weakDigestKey('sha1'), 'SHA-1'],
  ['PSS with the defaults', () => pssKey({}), 'SHA-1'],
])('%s', (_, make, reason) => {
  it.each([
    ['signer', 'Own Signer|signed by|the digest|the signer’s key'],
    ['issuing', 'Own CA|Own Signer'],
    ['root', 'Own Root|Own CA'],
    ['tsa', 'Own TSA|signed by|the digest'],
  ] as const)('of the %s: never valid, and named', async (role, whose) => {
    const { verdict, subIndication, reasons, said } = await judge(ownPki({ [role]: make() }));
    expect(verdict, said).toBe('undecided');
    expect(subIndication).toBe('CRYPTO_CONSTRAINTS_FAILURE');
    expect(reasons).toContain('weakCryptography');
    expect(said).toContain(reason);
    expect(said).toMatch(new RegExp(whose));
  });
});

describe('revocation data in the file', () => {
  const entry = (certificate: Party['certificate']) => ({ certificate, revokedAt: daysFromNow(-1) });

  it('signed with SHA-1 alone leaves it open', async () => {
    const pki = ownPki();
    const weak = { ...weakDigestKey('sha1'), spki: pki.issuing.key.spki };
    const judged = await judge(pki, { dss: store(lists(pki, { signedWith: weak })) });
    expect(judged).toMatchObject({
      verdict: 'undecided',
      subIndication: 'CRYPTO_CONSTRAINTS_FAILURE',
      level: 'B-T',
    });
    expect(judged.said).toContain('the CRL of');
  });

  it.each([OID.noRevAvail, OID.valassuredShortTerm, OID.ocspNoCheck])(
    'that names a certificate as revoked counts, though it carries %s',
    async (marker) => {
      const pki = ownPki({ signerExtensions: [extensions.nullExtension(marker)] });
      expect(await judge(pki)).toMatchObject({ verdict: 'valid' });
      const crls = lists(pki, { entries: [entry(pki.signer.certificate)] });
      expect(await judge(pki, { dss: store(crls) })).toMatchObject({
        verdict: 'invalid',
        subIndication: 'REVOKED',
      });
    },
  );

  it('counts for the authority and for the time-stamp unit', async () => {
    const pki = ownPki();
    const ofRoot = (certificate: Party['certificate']) => [
      list({ issuer: pki.root, entries: [entry(certificate)] }),
      list({ issuer: pki.issuing }),
    ];
    expect(await judge(pki, { dss: store(ofRoot(pki.issuing.certificate)) })).toMatchObject({
      verdict: 'invalid',
    });
    const stamped = await judge(pki, { dss: store(ofRoot(pki.tsa.certificate)) });
    expect(stamped).toMatchObject({ verdict: 'undecided' });
    expect(stamped.reasons).toContain('timestampAuthorityRevoked');
  });

  it('with a critical extension in the entry that nobody knows names it as revoked (X.509 §7.3)', async () => {
    const pki = ownPki();
    for (const reason of [1, 6, 8]) {
      const extension = { oid: '1.3.6.1.4.1.32473.1', critical: true, value: Uint8Array.of(5, 0) };
      const entries = [{ ...entry(pki.signer.certificate), reason, extensions: [extension] }];
      expect(await judge(pki, { dss: store(lists(pki, { entries })) })).toMatchObject({
        verdict: 'invalid',
        subIndication: 'REVOKED',
      });
    }
  });

  it('on hold leaves it open', async () => {
    const pki = ownPki();
    const crls = lists(pki, { entries: [{ ...entry(pki.signer.certificate), reason: 6 }] });
    const judged = await judge(pki, { dss: store(crls) });
    expect(judged).toMatchObject({ verdict: 'undecided', subIndication: 'TRY_LATER' });
  });
});

describe('times', () => {
  it('of a time stamp in the future prove nothing', async () => {
    const judged = await judge(ownPki(), { stamped: [daysFromNow(3)] });
    expect(judged).toMatchObject({ verdict: 'undecided', level: 'B-T' });
    expect(judged.reasons).toContain('timestampInFuture');
  });
  it.each([
    ['before the certificate', -150, 'undecided'],
    ['after the time stamp', 3, 'undecided'],
    ['long before the time stamp', -30, 'valid'],
    ['a little after it, as clocks differ', 0.4, 'valid'],
  ])('that the signature claims: %s', async (_, days, verdict) => {
    const judged = await judge(ownPki(), { claimed: daysFromNow(days) });
    expect(judged.verdict, judged.said).toBe(verdict);
    if (Math.abs(days) > 1) expect(judged.reasons).toContain('claimedTimeImplausible');
  });
  it('of two time stamps the one that holds counts', async () => {
    expect(await judge(ownPki(), { stamped: [new Date(), new Date()] })).toMatchObject({ verdict: 'valid' });
    expect(await judge(ownPki(), { stamped: [daysFromNow(3), new Date()] })).toMatchObject({
      verdict: 'valid',
    });
  });
});

describe('signed attributes', () => {
  it.each([
    ['another content-type', { contentType: '1.2.840.113549.1.7.5' }, 'signedAttributesWrong'],
    ['that of a time stamp', { contentType: OID.tstInfo }, 'signedAttributesWrong'],
    ['no content-type', { leaveOut: OID.contentType }, 'unreadable'],
    ['no message-digest', { leaveOut: OID.messageDigest }, 'unreadable'],
    [
      'two message-digests',
      { signedAttributes: [encodeAttribute(OID.messageDigest, octetString(Uint8Array.of(1)))] },
      'unreadable',
    ],
    [
      'two content-types',
      { signedAttributes: [encodeAttribute(OID.contentType, oid(OID.data))] },
      'unreadable',
    ],
  ])('%s: invalid (RFC 5652 §11)', async (_, options, reason) => {
    const judged = await judge(ownPki(), options);
    expect(judged.verdict, judged.said).toBe('invalid');
    expect(judged.reasons).toContain(reason);
  });
  it('in another order than that of DER: undecided, and named', async () => {
    const judged = await judge(ownPki(), { unsorted: true });
    expect(judged).toMatchObject({ verdict: 'undecided', level: 'none' });
    expect(judged.reasons).toContain('signedAttributesNotDer');
  });
  it('without an ESS reference: a remark that nothing binds the certificate', async () => {
    const pki = ownPki();
    const twin = certify({
      name: 'Somebody Else',
      issuer: pki.issuing,
      key: pki.signer.key,
      extensions: SIGNER,
    });
    const judged = await judge(pki, { withoutEss: true, furtherCertificates: [twin.certificate.der] });
    expect(judged).toMatchObject({ verdict: 'valid', level: 'none' });
    expect(judged.reasons).toContain('certificateNotBound');
  });
});

describe('two versions of the ESS reference', () => {
  const firstVersion = (of: Uint8Array): Uint8Array =>
    encodeAttribute(
      OID.signingCertificate,
      sequence(sequence(sequence(octetString(createHash('sha1').update(of).digest())))),
    );
  it.each([
    ['the same certificate', (pki: OwnPki) => pki.signer, 'valid'],
    ['another one in the first version', (pki: OwnPki) => pki.issuing, 'invalid'],
  ])('name %s', async (_, whose, verdict) => {
    const pki = ownPki();
    const judged = await judge(pki, { signedAttributes: [firstVersion(whose(pki).certificate.der)] });
    expect(judged.verdict, judged.said).toBe(verdict);
  });
});

describe('certificates', () => {
  it('that are missing leave it open; from the document security store they count', async () => {
    const pki = ownPki();
    const judged = await judge(pki, { withoutCertificates: true });
    expect(judged).toMatchObject({ verdict: 'undecided', subIndication: 'NO_SIGNING_CERTIFICATE_FOUND' });
    const dss = store(lists(pki), [pki.signer, pki.issuing]);
    expect(await judge(pki, { withoutCertificates: true, dss })).toMatchObject({
      verdict: 'valid',
      level: 'none',
    });
  });

  it('of an expired authority beside its renewed twin do not matter', async () => {
    const pki = ownPki();
    const expired = certify({
      name: 'Own CA',
      key: pki.issuing.key,
      issuer: pki.root,
      notBefore: daysFromNow(-90),
      notAfter: daysFromNow(-80),
    });
    const judged = await judge(
      { ...pki, issuing: expired },
      { furtherCertificates: [pki.issuing.certificate.der] },
    );
    expect(judged.verdict, judged.said).toBe('valid');
  });

  it('by the thousand beside the path cost a moment', async () => {
    const pki = ownPki();
    const sample = Array.from({ length: 50 }, (_, index) =>
      certify({ name: `Junk ${index}`, issuer: pki.root }),
    );
    const twins = Array.from({ length: 150 }, () =>
      certify({ name: 'Own CA', key: pki.issuing.key, issuer: pki.issuing }),
    );
    const certificates = [...sample, ...twins].map(({ certificate }) => certificate.der);
    const start = performance.now();
    const judged = await judge(pki, { dss: { certificates, crls: lists(pki), ocspResponses: [] } });
    expect(judged).toMatchObject({ verdict: 'valid', level: 'B-LT' });
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
