/** What honest authorities of every make send is accepted; anything else is refused with the true reason. */
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { certify, TSA } from '../../../test/support/own-pki/certificates.ts';
import { curveKey, ed25519Key, pssKey, rsaKey, type TestKey } from '../../../test/support/own-pki/keys.ts';
import { type TsaFields, tsaResponse } from '../../../test/support/tsa-double.ts';
import { TAG } from '../../pki/der/tags.ts';
import { element, integer, octetString, oid, sequence, tagged, utf8String } from '../../pki/der/writer.ts';
import { CertificateCache, digest, OID, type StampDigest } from '../../pki/index.ts';
import { obtainTimestamp } from './obtain-timestamp.ts';

const root = certify({ name: 'Root' });
const issuing = certify({ name: 'Issuing', issuer: root });
const tsa = certify({ name: 'TSA', issuer: root, extensions: TSA });
const other = certify({ name: 'Other', issuer: root, extensions: TSA });
const below = certify({ name: 'Below', issuer: issuing, extensions: TSA });
const signer = certify({ name: 'Signer', issuer: root, extensions: [] });

const keyOn = (namedCurve: string, hash: string, identifier: string): TestKey => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve });
  return {
    spki: createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
    identifier: sequence(oid(identifier)),
    sign: (data) => sign(hash, data, privateKey),
  };
};

async function outcome(
  fields: Partial<TsaFields>,
  party = tsa,
  hash: StampDigest = 'sha256',
): Promise<string> {
  const reasons: string[] = [];
  const now = () => new Date();
  await obtainTimestamp({
    ...{ digest: digest(hash, Buffer.from('a document')), hash, anchors: [root.certificate], pool: [], now },
    ...{ certificates: new CertificateCache(), notBefore: new Date(0), maxBytes: 65_536 },
    authorities: [
      { url: 'http://tsa.example/', query: async (request) => tsaResponse(party, request, fields) },
    ],
    issuersOf: async () => [],
    requireNotRevoked: async () => undefined,
    onAttempt: async ({ reason }) => void reasons.push(reason ?? 'accepted'),
  }).catch(() => undefined);
  return reasons.join();
}

const extension = (critical: boolean): Uint8Array =>
  sequence(
    oid('1.3.6.1.4.1.32473.9'),
    ...(critical ? [element(TAG.boolean, Uint8Array.of(0xff))] : []),
    octetString(integer(1)),
  );
const time = (text: string): Uint8Array => element(TAG.generalizedTime, Buffer.from(text, 'latin1'));
const inSeconds = (offset: number): string =>
  new Date(Date.now() + offset * 1000).toISOString().slice(0, 19).replaceAll(/[-:T]/gu, '');
const status = (value: number, ...more: readonly Uint8Array[]): Uint8Array =>
  sequence(integer(value), ...more);
const failure = (...bits: readonly number[]): Uint8Array => element(TAG.bitString, Uint8Array.of(...bits));

describe('accepted', () => {
  it.each<[string, TestKey, TsaFields['digest']?]>([
    ['RSA', rsaKey()],
    ['RSA of 3072 bits', rsaKey(3072)],
    ['P-256', curveKey()],
    ['P-384 with SHA-384', keyOn('P-384', 'sha384', OID.ecdsaSha384), 'sha384'],
    ['P-521 with SHA-512', keyOn('P-521', 'sha512', OID.ecdsaSha512), 'sha512'],
    ['PSS', pssKey({ hash: OID.sha256, mask: OID.sha256, salt: 32 })],
    ['Ed25519', ed25519Key(), 'sha512'],
  ])('an authority with %s', async (_, key, hash = 'sha256') => {
    const party = certify({ name: 'TSA', issuer: root, extensions: TSA, key });
    expect(await outcome({ digest: hash }, party)).toBe('accepted');
  });

  it.each(['sha256', 'sha384', 'sha512'] as const)('a stamp over %s', async (hash) => {
    expect(await outcome({}, tsa, hash)).toBe('accepted');
  });

  it.each<[string, Partial<TsaFields>]>([
    ['ESS v1', { ess: ['v1'] }],
    ['ESS v1 and v2', { ess: ['v1', 'v2'] }],
    ['accuracy in seconds', { accuracy: sequence(integer(1)) }],
    [
      'accuracy in parts',
      { accuracy: sequence(element(0x80, Uint8Array.of(100)), element(0x81, Uint8Array.of(9))) },
    ],
    ['ordering', { ordering: true }],
    ['a name', { name: tagged(4, tsa.certificate.subject.der) }],
    ['an extension that is not critical', { extensions: [extension(false)] }],
    ['a serial number of 160 bits', { serial: 2n ** 159n }],
    ['fractions of a second', { genTime: time(`${inSeconds(0)}.123Z`) }],
    ['granted with modifications', { status: status(1) }],
    ['a status text', { status: status(0, sequence(utf8String('well'))) }],
    [
      'certificates nobody needs',
      { certificates: [signer.certificate.der, tsa.certificate.der, root.certificate.der] },
    ],
  ])('%s', async (_, fields) => {
    expect(await outcome(fields)).toBe('accepted');
  });

  it('the whole chain in the token', async () => {
    const certificates = [below.certificate.der, issuing.certificate.der];
    expect(await outcome({ certificates }, below)).toBe('accepted');
  });
});

describe('refused, and why', () => {
  it.each<[string, Partial<TsaFields>, RegExp]>([
    ['another version', { version: 2 }, /not of version 1/],
    ['the time of yesterday', { genTime: time(`${inSeconds(-86_400)}Z`) }, /is not that of this machine/],
    ['the time of tomorrow', { genTime: time(`${inSeconds(86_400)}Z`) }, /is not that of this machine/],
    ['accuracy out of range', { accuracy: sequence(element(0x80, Uint8Array.of(0))) }, /accuracy/],
    ['no nonce', { nonce: 'left out' }, /another request/],
    ['another nonce', { nonce: 'another' }, /another request/],
    [
      'another imprint',
      { imprint: sequence(sequence(oid(OID.sha256)), octetString(new Uint8Array(32))) },
      /stamps other data/,
    ],
    [
      'an imprint over SHA-1',
      { imprint: sequence(sequence(oid(OID.sha1)), octetString(new Uint8Array(20))) },
      /SHA-1/,
    ],
    ['signed attributes over SHA-1', { digest: 'sha1' }, /SHA-1/],
    // RFC 5652 §11.2: signed with SHA-256, over attributes with another digest.
    ['two digests', { digest: 'sha384' }, /digest of signature and signer differ/],
    ['a critical extension', { extensions: [extension(true)] }, /critical/],
    ['no ESS reference', { ess: [] }, /ESS reference/],
    ['an ESS reference to another certificate', { essNames: other }, /ESS reference/],
    ['another content type', { contentType: OID.data }, /TSTInfo/],
    ['no certificate', { certificates: [] }, /certificate not available/],
    ['a signature by another key', { signedBy: other }, /does not verify/],
    ['granted without a token', { isTokenSent: false }, /contradicts itself/],
    ['rejected with a token', { status: status(2) }, /contradicts itself/],
    ['badAlg', { status: status(2, failure(7, 0x80)), isTokenSent: false }, /badAlg/],
    ['timeNotAvailable', { status: status(2, failure(1, 0, 2)), isTokenSent: false }, /timeNotAvailable/],
    ['a refusal without a reason', { status: status(2), isTokenSent: false }, /no reason given/],
    [
      'a failure nobody knows',
      { status: status(2, failure(0, 0, 0, 0, 1)), isTokenSent: false },
      /unknown failure/,
    ],
  ])('%s', async (_, fields, reason) => {
    expect(await outcome(fields)).toMatch(reason);
  });

  it('a certificate for something else, of a stranger, expired, or without its issuer', async () => {
    expect(await outcome({}, signer)).toMatch(/Signer|purpose|time/i);
    const stranger = certify({ name: 'Stranger', issuer: certify({ name: 'Elsewhere' }), extensions: TSA });
    expect(await outcome({}, stranger)).toMatch(/issuer.*Stranger.*missing/);
    const notAfter = new Date(Date.now() - 1000);
    expect(await outcome({}, certify({ name: 'Ended', issuer: root, extensions: TSA, notAfter }))).toMatch(
      /Ended/,
    );
    expect(await outcome({}, below)).toMatch(/issuer.*Below.*missing/);
  });
});
