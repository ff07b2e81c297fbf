/** Signatures as other programs make them, here OpenSSL. */
import { createPrivateKey, sign as signBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openssl } from '../../../test/support/openssl.ts';
import { issuerAndSerialNumber } from '../certificate/certificate.ts';
import { contextConstructed } from '../der/tags.ts';
import { integer, octetString, oid, retag, sequence, setOf } from '../der/writer.ts';
import {
  buildSignedAttributes,
  digest,
  OID,
  PkiError,
  parseCertificate,
  parseForeignSignedData,
  verifyCms,
} from '../index.ts';

const content = Buffer.from('the signed part of a document');
const folder = mkdtempSync(join(tmpdir(), 'oss-foreign-'));
const at = (name: string): string => join(folder, name);

const selfSigned = (name: string, ...options: readonly string[]): string =>
  openssl(
    'req',
    '-x509',
    '-nodes',
    '-subj',
    `/CN=${name}`,
    ...options,
    '-keyout',
    at(`${name}.key`),
    '-out',
    at(name),
  );

function sign(signer: string, ...options: readonly string[]): Uint8Array {
  const output = at(`${signer}.cms`);
  const how = ['-binary', '-in', at('content'), '-outform', 'DER', '-out', output];
  openssl('cms', '-sign', '-signer', at(signer), '-inkey', at(`${signer}.key`), ...how, ...options);
  return readFileSync(output);
}

function verified(cms: Uint8Array) {
  const data = parseForeignSignedData(cms);
  return verifyCms(data, digest(data.signer.digest, content));
}

const certificate = (name: string) => {
  openssl('x509', '-in', at(name), '-outform', 'DER', '-out', at(`${name}.der`));
  return parseCertificate(readFileSync(at(`${name}.der`)));
};

beforeAll(() => {
  writeFileSync(at('content'), content);
  selfSigned('modern', '-newkey', 'ed25519');
  selfSigned('old-root', '-newkey', 'rsa:2048', '-sha1');
  openssl(
    'req',
    '-new',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-subj',
    '/CN=leaf',
    '-keyout',
    at('leaf.key'),
    '-out',
    at('csr'),
  );
  // Without extensions OpenSSL writes version 1.
  const issuer = ['-CA', at('old-root'), '-CAkey', at('old-root.key'), '-CAcreateserial', '-sha256'];
  writeFileSync(at('no-extensions'), '');
  openssl('x509', '-req', '-in', at('csr'), ...issuer, '-extfile', at('no-extensions'), '-out', at('leaf'));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('a signature of another program', () => {
  test('may be one of Ed25519 (RFC 8419), which OpenSSL makes by itself only since 3.2', () => {
    const signer = certificate('modern');
    const key = createPrivateKey(readFileSync(at('modern.key')));
    const sha512 = sequence(oid(OID.sha512));
    const attributes = buildSignedAttributes({
      messageDigest: digest('sha512', content),
      signingCertificate: signer.der,
    });
    const signerInfo = sequence(
      ...[integer(1n), issuerAndSerialNumber(signer.der), sha512, retag(contextConstructed(0), attributes)],
      ...[sequence(oid(OID.ed25519)), octetString(signBytes(null, attributes, key))],
    );
    const certificates = retag(contextConstructed(0), setOf(signer.der));
    const data = [integer(1n), setOf(sha512), sequence(oid(OID.data)), certificates, setOf(signerInfo)];
    const cms = sequence(oid(OID.signedData), retag(contextConstructed(0), sequence(sequence(...data))));
    expect(verified(cms)).toMatchObject({ digestMatches: true, signatureValid: true });
    expect(signer.isSignedBy(signer)).toBe(true);
  });

  test('may carry a certificate of version 1, and a root that signed itself with SHA-1', () => {
    const result = verified(sign('leaf', '-certfile', at('old-root')));
    expect(result).toMatchObject({ digestMatches: true, signatureValid: true });
    expect(result.certificates).toHaveLength(2);
    const [leaf, root] = [certificate('leaf'), certificate('old-root')];
    expect(leaf.fields.extensions.size).toBe(0);
    expect(leaf.isSignedBy(root)).toBe(true);
    // What SHA-1 signs proves nothing.
    expect(root.isSignedBy(root)).toBe(false);
  });

  test('may carry a certificate that cannot be read, unless it is that of the signer', () => {
    const cms = Buffer.from(sign('leaf', '-certfile', at('old-root')));
    const root = cms.indexOf(certificate('old-root').tbs);
    cms[root + 4] = 0x05; // the version becomes something else
    expect(verified(cms)).toMatchObject({ signatureValid: true });
    const leaf = cms.indexOf(certificate('leaf').tbs);
    cms[leaf + 4] = 0x05;
    expect(verified(cms)).toMatchObject({ signerCertificate: undefined, signatureValid: false });
  });

  test('has signed attributes, or is not read', () => {
    const reason = () => {
      try {
        return verified(sign('leaf', '-noattr'));
      } catch (error) {
        return error instanceof PkiError && error.reason;
      }
    };
    expect(reason()).toBe('unsupported-format');
  });

  test('that holds content of its own says so', () => {
    expect(parseForeignSignedData(sign('leaf', '-nodetach')).content).toEqual(content);
  });
});
