import { beforeAll, describe, expect, test } from 'vitest';
import { asFile, openssl } from '../../../test/support/openssl.ts';
import {
  AUTHORITY_EXTENSIONS,
  type Hierarchy,
  makeCertificate,
  makeHierarchy,
  NOW,
  OCSP_EXTENSIONS,
  SIGNER_EXTENSIONS,
  type TestAuthority,
  type TestCertificateOptions,
  TSA_EXTENSIONS,
} from '../../../test/support/pki-hierarchy.ts';
import { PkiError } from '../errors.ts';
import { extensions, OID, type PathPurpose, toPem, validatePath } from '../index.ts';

let hierarchy: Hierarchy;
beforeAll(async () => {
  hierarchy = await makeHierarchy();
});

const { basicConstraints, keyUsage, extendedKeyUsage, nullExtension } = extensions;

function verdict(
  leaf: TestAuthority,
  pool: readonly TestAuthority[] = [hierarchy.issuing],
  purpose: PathPurpose = 'signing',
  at = NOW,
): string {
  try {
    const certificates = pool.map(({ certificate }) => certificate);
    const chain = validatePath(leaf.certificate, certificates, [hierarchy.root.certificate], at, purpose);
    return chain.map(({ subject }) => subject.commonName).join(' < ');
  } catch (error) {
    return error instanceof PkiError ? `${error.reason}: ${error.message}` : `unexpected ${String(error)}`;
  }
}

const leaf = (options: Partial<TestCertificateOptions>) =>
  makeCertificate({
    commonName: 'Leaf',
    issuer: hierarchy.issuing,
    extensions: SIGNER_EXTENSIONS,
    ...options,
  });
const authority = (options: Partial<TestCertificateOptions>) =>
  makeCertificate({
    commonName: 'Sub',
    issuer: hierarchy.root,
    extensions: AUTHORITY_EXTENSIONS,
    ...options,
  });

test('who is missing, and who is not trusted, is named', async () => {
  expect(verdict(hierarchy.signer, [])).toMatch(
    /^path-not-found: the issuer of "CN=Anna Example,.*", "CN=Test Issuing CA,.*", is missing$/,
  );
  const stranger = await makeCertificate({ commonName: 'Stranger', extensions: AUTHORITY_EXTENSIONS });
  const between = await authority({ commonName: 'Between', issuer: stranger });
  const below = await leaf({ issuer: between });
  expect(verdict(below, [between, stranger])).toMatch(/^path-not-found: "CN=Stranger,.*" is not trusted$/);
  expect(verdict(below, [between])).toMatch(
    /^path-not-found: the issuer of "CN=Between,.*", "CN=Stranger,.*", is missing$/,
  );
});

test('a path is found and agrees with OpenSSL', () => {
  expect(verdict(hierarchy.signer)).toBe('Anna Example < Test Issuing CA < Test Root');
  const response = openssl(
    ...['verify', '-x509_strict', '-attime', `${NOW.getTime() / 1000}`],
    ...['-CAfile', asFile(toPem(hierarchy.root.certificate.der))],
    ...['-untrusted', asFile(toPem(hierarchy.issuing.certificate.der))],
    asFile(toPem(hierarchy.signer.certificate.der)),
  );
  expect(response).toContain('OK');
});

test('a path is found among irrelevant and namesake authorities', async () => {
  const namesake = await authority({ commonName: 'Test Issuing CA' });
  expect(verdict(hierarchy.signer, [namesake, hierarchy.tsa, hierarchy.issuing])).toContain('Test Root');
});

describe('no path', () => {
  test('without the issuing authority', () => {
    expect(verdict(hierarchy.signer, [])).toContain('path-not-found');
  });
  test('when a namesake signed', async () => {
    const namesake = await authority({ commonName: 'Test Issuing CA' });
    expect(verdict(await leaf({ issuer: namesake }))).toContain('path-not-found');
  });
  test('in a circle', async () => {
    const first = await makeCertificate({ commonName: 'Circle', extensions: AUTHORITY_EXTENSIONS });
    expect(verdict(await leaf({ issuer: first }), [first])).toContain('path-not-found');
  });
});

describe('a path that is found is refused', () => {
  test('outside the validity of any certificate on it', async () => {
    expect(verdict(await leaf({ notAfter: new Date(NOW.getTime() - 1000) }))).toContain('outside-validity');
    expect(verdict(hierarchy.signer, undefined, 'signing', new Date('2035-01-01'))).toContain(
      'outside-validity',
    );
    const expired = await authority({ notAfter: new Date(NOW.getTime() - 1000) });
    expect(verdict(await leaf({ issuer: expired }), [expired])).toContain('outside-validity');
    const before = new Date(hierarchy.signer.certificate.notBefore.getTime() - 1000);
    expect(verdict(hierarchy.signer, undefined, 'signing', before)).toContain('not-yet-valid');
  });
  test('when a signer signs certificates', async () => {
    const issuer = hierarchy.signer;
    expect(verdict(await leaf({ issuer }), [issuer, hierarchy.issuing])).toContain(
      'not a certification authority',
    );
  });
  test('when an authority has no right to certify', async () => {
    const sub = await authority({ extensions: [basicConstraints(true), keyUsage('cRLSign')] });
    expect(verdict(await leaf({ issuer: sub }), [sub])).toContain('may not sign certificates');
  });
  test('beyond the path length', async () => {
    const top = await authority({ extensions: [basicConstraints(true, 0), keyUsage('keyCertSign')] });
    const sub = await authority({ commonName: 'Sub 2', issuer: top });
    expect(verdict(await leaf({ issuer: top }), [top])).toContain('Leaf <');
    expect(verdict(await leaf({ issuer: sub }), [top, sub])).toContain('path length exceeded');
  });
  test('with a critical extension that nobody here knows', async () => {
    const unknown = { ...nullExtension('1.3.6.1.4.1.32473.9'), critical: true };
    expect(verdict(await leaf({ extensions: [unknown] }))).toContain('critical extension');
    expect(verdict(await leaf({ extensions: [{ ...unknown, critical: false }] }))).toContain('Leaf <');
  });
});

describe('the purpose of the leaf', () => {
  test('a signer may not stamp, a TSA may not sign, neither answers OCSP', () => {
    expect(verdict(hierarchy.signer, undefined, 'timestamping')).toContain('not for time-stamping alone');
    expect(verdict(hierarchy.tsa, [], 'signing')).toContain('not for signing');
    expect(verdict(hierarchy.tsa, [], 'ocsp')).toContain('not for OCSP');
    expect(verdict(hierarchy.tsa, [], 'timestamping')).toBe('Test TSA < Test Root');
  });
  test.each([
    ['not critical', [extendedKeyUsage(false, OID.purposeTimeStamping)]],
    ['not alone', [extendedKeyUsage(true, OID.purposeTimeStamping, OID.purposeOcspSigning)]],
  ])('time-stamping %s is refused (RFC 3161 §2.3)', async (_, purpose) => {
    expect(verdict(await leaf({ extensions: purpose }), undefined, 'timestamping')).toContain('path-invalid');
  });
  test('a key that may not sign data', async () => {
    expect(verdict(await leaf({ extensions: [keyUsage('keyEncipherment')] }))).toContain('may not sign data');
  });
  test('document signing and the TSA profile of these tests are accepted', async () => {
    const documentSigning = [extendedKeyUsage(false, OID.purposeDocumentSigning)];
    expect(verdict(await leaf({ extensions: documentSigning }))).toContain('Leaf <');
    expect(verdict(await leaf({ extensions: TSA_EXTENSIONS }), undefined, 'timestamping')).toContain(
      'Leaf <',
    );
    expect(verdict(await leaf({ extensions: OCSP_EXTENSIONS }), undefined, 'ocsp')).toContain('Leaf <');
  });
});
