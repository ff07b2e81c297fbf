import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { certify, type Party, RESPONDER, SIGNER, TSA } from '../../../test/support/own-pki/certificates.ts';
import {
  curveKey,
  dsaKey,
  ed25519Key,
  explicitCurveKey,
  exponentOneKey,
  keyOfModulus,
  pssKey,
  rsaKey,
  type TestKey,
  weakDigestKey,
} from '../../../test/support/own-pki/keys.ts';
import { PkiError } from '../errors.ts';
import { OID, type PathPurpose, validatePath } from '../index.ts';
import { keyStrength } from './key-strength.ts';

const weaknessOf = (key: TestKey): string => keyStrength(key.spki).weakness ?? 'strong';

function verdict(leaf: Party, pool: readonly Party[], root: Party, purpose: PathPurpose = 'signing'): string {
  try {
    const certificates = pool.map(({ certificate }) => certificate);
    validatePath(leaf.certificate, certificates, [root.certificate], new Date(), purpose);
    return 'accepted';
  } catch (error) {
    return error instanceof PkiError ? `${error.reason}: ${error.message}` : `unexpected ${String(error)}`;
  }
}

describe('keys (EN 319 102-1 §5.2.8, TS 119 312)', () => {
  test.each([
    ['RSA of 2048 bits', () => rsaKey()],
    ['RSA of 3072 bits', () => rsaKey(3072)],
    ['P-256', () => curveKey()],
    ['P-384', () => curveKey('P-384')],
    ['P-521', () => curveKey('P-521')],
    ['brainpoolP256r1', () => curveKey('brainpoolP256r1')],
    ['brainpoolP384r1', () => curveKey('brainpoolP384r1')],
    ['brainpoolP512r1', () => curveKey('brainpoolP512r1')],
    ['Ed25519', ed25519Key],
    ['a key for PSS alone', () => pssKey({ hash: OID.sha256 }, OID.rsaPss)],
  ])('%s is relied on', (_, make) => {
    expect(weaknessOf(make())).toBe('strong');
  });

  test.each([
    ['RSA of 512 bits', () => rsaKey(512), '512 bits'],
    ['RSA of 1024 bits', () => rsaKey(1024), '1024 bits'],
    ['RSA of 2047 bits', () => keyOfModulus((1n << 2047n) - 1n), '2047 bits'],
    ['RSA with e = 1', () => exponentOneKey(), 'exponent 1'],
    ['RSA with e = 3', () => rsaKey(2048, 3), 'exponent 3'],
    ['RSA with e = 65536', () => exponentOneKey(65_536n), 'exponent 65536'],
    ['RSA with an even e', () => exponentOneKey(65_538n), 'even exponent'],
    ['RSA with a huge e', () => exponentOneKey((1n << 300n) + 1n), 'oversized exponent'],
    ['RSA with a negative modulus', () => keyOfModulus(-(1n << 2050n)), '0 bits'],
    ['RSA with an even modulus', () => keyOfModulus(1n << 2050n), 'divides'],
    ['RSA with a small factor', () => keyOfModulus(743n * ((1n << 2060n) + 1n)), 'divides'],
    ['RSA that takes long to check', () => keyOfModulus((1n << 16_384n) - 1n), 'more than are checked'],
    ['secp112r1', () => curveKey('secp112r1'), 'secp112r1'],
    ['secp256k1', () => curveKey('secp256k1'), 'secp256k1'],
    ['P-224', () => curveKey('secp224r1'), 'P-224'],
    ['a twisted Brainpool curve', () => curveKey('brainpoolP256t1'), 'brainpoolP256t1'],
    ['a curve that is written out', explicitCurveKey, 'by its parameters'],
    ['DSA', dsaKey, 'DSA'],
  ])('%s is not', (_, make, reason) => {
    expect(weaknessOf(make())).toContain(reason);
  });

  test('what cannot be read is weak, not an exception', () => {
    for (const bytes of [[], [0x30], [0x30, 0], [0x30, 0x80, 0, 0], [4, 1, 1]])
      expect(keyStrength(Uint8Array.from(bytes)).weakness).toContain('cannot be read');
  });

  test('the forged signature of e = 1 would verify: the floor is what keeps it out', () => {
    const key = exponentOneKey();
    const data = Buffer.from('never signed');
    const publicKey = createPublicKey({ key: Buffer.from(key.spki), format: 'der', type: 'spki' });
    expect(verify('sha256', data, publicKey, key.sign(data))).toBe(true);
  });
});

const WEAK_KEYS = [
  ['RSA of 1024 bits', () => rsaKey(1024), '1024 bits'],
  ['RSA with e = 3', () => rsaKey(2048, 3), 'exponent 3'],
  ['secp256k1', () => curveKey('secp256k1'), 'secp256k1'],
  ['a curve that is written out', explicitCurveKey, 'by its parameters'],
  ['DSA', dsaKey, 'DSA'],
] as const;

describe.each(WEAK_KEYS)('%s on a path', (_, make, reason) => {
  const root = certify({ name: 'Root' });
  const issuing = certify({ name: 'Issuing', issuer: root });

  test('of the signer', () => {
    const leaf = certify({ name: 'Leaf', issuer: issuing, key: make(), extensions: SIGNER });
    expect(verdict(leaf, [issuing], root)).toMatch(new RegExp(`^weak-cryptography: .*Leaf.*${reason}`));
  });
  test('of an authority', () => {
    const weak = certify({ name: 'Weak CA', issuer: root, key: make() });
    const leaf = certify({ name: 'Leaf', issuer: weak, extensions: SIGNER });
    expect(verdict(leaf, [weak], root)).toMatch(new RegExp(`^weak-cryptography: .*Weak CA.*${reason}`));
  });
  test('of the anchor: its own signature proves nothing, its key does', () => {
    const weak = certify({ name: 'Weak Root', key: make() });
    const leaf = certify({ name: 'Leaf', issuer: weak, extensions: SIGNER });
    expect(verdict(leaf, [], weak)).toMatch(new RegExp(`^weak-cryptography: .*Weak Root.*${reason}`));
  });
  test('of a time-stamp unit and of a responder', () => {
    const unit = certify({ name: 'TSU', issuer: root, key: make(), extensions: TSA });
    const responder = certify({ name: 'OCSP', issuer: root, key: make(), extensions: RESPONDER });
    expect(verdict(unit, [], root, 'timestamping')).toContain('weak-cryptography');
    expect(verdict(responder, [], root, 'ocsp')).toContain('weak-cryptography');
  });
});

describe('digests of certificates', () => {
  test.each(['sha1', 'md5', 'ripemd160'] as const)('%s under a certificate is named', (digest) => {
    const old = weakDigestKey(digest);
    const root = certify({ name: 'Root', key: old });
    const issuing = certify({ name: 'Issuing', issuer: root });
    const leaf = certify({ name: 'Leaf', issuer: issuing, extensions: SIGNER });
    expect(verdict(leaf, [issuing], root)).toMatch(
      /^weak-cryptography: the certificate of ".*Issuing.*": signed by RSA/,
    );
  });

  test('an anchor may have signed itself with SHA-1: it is trusted for another reason', () => {
    const strong = rsaKey();
    const root = certify({ name: 'Root', key: strong, signedWith: { ...weakDigestKey('sha1') } });
    const leaf = certify({ name: 'Leaf', issuer: { ...root, key: strong }, extensions: SIGNER });
    expect(verdict(leaf, [], root)).toBe('accepted');
  });

  test('a twin that was signed with SHA-1 does not hide the one that was not', () => {
    const root = certify({ name: 'Root' });
    const key = curveKey();
    const old = certify({ name: 'CA', key, issuer: root, signedWith: weakDigestKey('sha1') });
    const renewed = certify({ name: 'CA', key, issuer: root });
    const leaf = certify({ name: 'Leaf', issuer: renewed, extensions: SIGNER });
    expect(verdict(leaf, [old, renewed], root)).toBe('accepted');
  });
});

describe('RSASSA-PSS (RFC 4055)', () => {
  const leafBy = (key: TestKey) => {
    const root = certify({ name: 'Root', key });
    return verdict(certify({ name: 'Leaf', issuer: root, extensions: SIGNER }), [], root);
  };
  test.each([
    ['everything explicit', { hash: OID.sha256, mask: OID.sha256, salt: 32, trailer: 1 }],
    ['salt and trailer left out', { hash: OID.sha256, mask: OID.sha256 }],
    ['no salt at all', { hash: OID.sha256, mask: OID.sha256, salt: 0 }],
  ])('%s holds, with either kind of key', (_, parameters) => {
    expect(leafBy(pssKey(parameters))).toBe('accepted');
    expect(leafBy(pssKey(parameters, OID.rsaPss))).toBe('accepted');
  });
  test.each([
    ['all defaults', {}, 'weak-cryptography'],
    ['the default mask', { hash: OID.sha256 }, 'weak-cryptography'],
    ['the default hash', { mask: OID.sha256 }, 'weak-cryptography'],
    ['another digest for the mask', { hash: OID.sha256, mask: OID.sha512 }, 'unsupported-algorithm'],
    [
      'a negative salt',
      { hash: OID.sha256, mask: OID.sha256, salt: -1 },
      'malformed|path-not-found|path-invalid',
    ],
    [
      'another trailer',
      { hash: OID.sha256, mask: OID.sha256, trailer: 2 },
      'malformed|path-not-found|path-invalid',
    ],
  ])('%s do not', (_, parameters, reason) => {
    const odd = { ...pssKey({}), identifier: pssKey(parameters).identifier };
    expect(leafBy(odd)).toMatch(new RegExp(`^(${reason})`));
  });
  test('a key for PSS alone does not verify PKCS #1 signatures', () => {
    const { privateKey } = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
    const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
    const root = certify({ name: 'Root', key: { ...rsaKey(), spki } });
    expect(verdict(certify({ name: 'Leaf', issuer: root, extensions: SIGNER }), [], root)).toContain(
      'path-not-found',
    );
  });
});
