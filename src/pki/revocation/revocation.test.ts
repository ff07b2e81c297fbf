import { beforeAll, describe, expect, test } from 'vitest';
import { asFile, openssl } from '../../../test/support/openssl.ts';
import {
  type Hierarchy,
  makeCertificate,
  makeHierarchy,
  NOW,
  SIGNER_EXTENSIONS,
} from '../../../test/support/pki-hierarchy.ts';
import { octetString, sequence, tagged } from '../der/writer.ts';
import { PkiError } from '../errors.ts';
import {
  buildCrl,
  buildOcspError,
  buildOcspRequest,
  buildOcspResponse,
  checkChainRevocation,
  checkCrl,
  checkOcspResponse,
  encodeCertId,
  extensions,
  OID,
  parseCrl,
  parseOcspRequest,
  parseOcspResponse,
  type SingleResponse,
  toPem,
} from '../index.ts';
import { encodeNonce } from './ocsp-request.ts';

const HOUR = 3_600_000;
const later = (millis: number): Date => new Date(NOW.getTime() + millis);
let hierarchy: Hierarchy;
beforeAll(async () => {
  hierarchy = await makeHierarchy();
});

function reasonOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return error instanceof PkiError ? error.reason : `unexpected ${String(error)}`;
  }
  return 'accepted';
}

const crl = (revoked: boolean, issuer = hierarchy.root) =>
  buildCrl(
    {
      issuer: issuer.certificate,
      number: 1n << 70n,
      thisUpdate: NOW,
      nextUpdate: later(HOUR),
      revoked: revoked
        ? [
            {
              serialNumber: hierarchy.tsa.certificate.fields.serialNumber,
              revokedAt: later(-HOUR),
              reason: 'keyCompromise',
            },
          ]
        : [],
    },
    issuer.signer,
  );

async function ocsp(
  status: SingleResponse['status'],
  options: { nonce?: Uint8Array; responder?: Hierarchy['tsa'] } = {},
) {
  const { root, tsa } = hierarchy;
  const responder = options.responder ?? hierarchy.responder;
  return buildOcspResponse(
    {
      responses: [{ certId: encodeCertId(root.certificate, tsa.certificate.fields.serialNumber), status }],
      responder: responder.certificate,
      producedAt: new Date(NOW.getTime() + 123),
      thisUpdate: new Date(NOW.getTime() + 123),
      nextUpdate: later(HOUR),
      nonce: options.nonce,
    },
    responder.signer,
  );
}

describe('CRL', () => {
  test('is verified and read by OpenSSL', async () => {
    const file = asFile(await crl(true));
    const root = asFile(toPem(hierarchy.root.certificate.der));
    const text = openssl('crl', '-inform', 'DER', '-in', file, '-CAfile', root, '-noout', '-text');
    expect(text).toContain('X509v3 CRL Number');
    expect(text).toContain('Key Compromise');
    expect(text.toUpperCase()).toContain(hierarchy.tsa.certificate.serialHex.toUpperCase());
  });

  test('tells revoked from not revoked, OpenSSL agreeing', async () => {
    const { root, tsa } = hierarchy;
    const check = (der: Uint8Array) =>
      reasonOf(() => checkCrl(parseCrl(der), tsa.certificate, root.certificate, { at: NOW }));
    const ask = (der: Uint8Array) =>
      openssl(
        ...['verify', '-crl_check', '-attime', `${NOW.getTime() / 1000 + 60}`],
        ...['-CAfile', asFile(toPem(root.certificate.der)), '-CRLfile', asFile(toPem(der, 'X509 CRL'))],
        asFile(toPem(tsa.certificate.der)),
      );
    expect(check(await crl(false))).toBe('accepted');
    expect(ask(await crl(false))).toContain('OK');
    expect(check(await crl(true))).toBe('revoked');
    const revoked = await crl(true);
    expect(() => ask(revoked)).toThrow(/revoked/);
  });

  test('is refused when stale, of the future, of another authority, or changed', async () => {
    const { root, tsa, issuing } = hierarchy;
    const der = await crl(false);
    const check = (at: Date, bytes = der) =>
      reasonOf(() => checkCrl(parseCrl(bytes), tsa.certificate, root.certificate, { at }));
    expect(check(later(2 * HOUR))).toBe('revocation-data-stale');
    expect(check(later(-2 * HOUR))).toBe('revocation-data-stale');
    expect(check(NOW, await crl(false, issuing))).toBe('revocation-data-invalid');
    const changed = Buffer.from(der);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    expect(check(NOW, changed)).toBe('revocation-data-invalid');
  });
});

describe('OCSP', () => {
  test('OpenSSL verifies our response to its own request', async () => {
    const { root, tsa } = hierarchy;
    const [rootFile, tsaFile] = [asFile(toPem(root.certificate.der)), asFile(toPem(tsa.certificate.der))];
    const requestFile = asFile('', 'request.der');
    openssl('ocsp', '-issuer', rootFile, '-cert', tsaFile, '-reqout', requestFile);
    const response = await ocsp('good');
    const verdict = openssl(
      ...['ocsp', '-issuer', rootFile, '-cert', tsaFile, '-respin', asFile(response)],
      ...['-CAfile', rootFile, '-attime', `${NOW.getTime() / 1000 + 60}`, '-no_nonce'],
      ...['-validity_period', `${10 * 365 * 86_400}`],
    );
    expect(verdict).toContain(': good');
  });

  test('requests carry the nonce and the certificate asked for', () => {
    const nonce = new Uint8Array(32).fill(0x80);
    const der = buildOcspRequest(hierarchy.tsa.certificate, hierarchy.root.certificate, nonce);
    expect(openssl('ocsp', '-reqin', asFile(der), '-req_text')).toContain('OCSP Nonce');
    const request = parseOcspRequest(der);
    expect(request.nonce).toEqual(Buffer.from(nonce));
    expect(request.certIds[0]?.serialNumber).toBe(hierarchy.tsa.certificate.fields.serialNumber);
  });

  test.each([0, 129])('a nonce of %i octets is malformed (RFC 9654)', (length) => {
    const nonce = sequence(encodeNonce(new Uint8Array(length)));
    const certId = encodeCertId(hierarchy.root.certificate, 1n);
    const der = sequence(sequence(sequence(sequence(certId)), tagged(2, nonce)));
    expect(reasonOf(() => parseOcspRequest(der))).toBe('malformed');
  });

  test('the status decides, and the nonce must be the one sent', async () => {
    const { root, tsa } = hierarchy;
    const nonce = new Uint8Array(32).fill(1);
    const check = (der: Uint8Array, extra = {}) =>
      reasonOf(() =>
        checkOcspResponse(der, { certificate: tsa.certificate, issuer: root.certificate, at: NOW, ...extra }),
      );
    expect(check(await ocsp('good'))).toBe('accepted');
    expect(check(await ocsp('good', { nonce }), { nonce })).toBe('accepted');
    expect(check(await ocsp('good'), { nonce })).toBe('revocation-data-invalid');
    expect(check(await ocsp('unknown'))).toBe('revocation-data-invalid');
    expect(check(await ocsp({ revokedAt: later(-HOUR), reason: 'superseded' }))).toBe('revoked');
    expect(check(await ocsp('good'), { at: later(2 * HOUR) })).toBe('revocation-data-stale');
    expect(check(await ocsp('good'), { certificate: hierarchy.issuing.certificate })).toBe(
      'revocation-data-invalid',
    );
    expect(check(buildOcspError('unauthorized'))).toBe('revocation-data-invalid');
  });

  test('only the issuer or its delegate may answer', async () => {
    const { root, tsa, signer } = hierarchy;
    const check = (der: Uint8Array) =>
      reasonOf(() =>
        checkOcspResponse(der, { certificate: tsa.certificate, issuer: root.certificate, at: NOW }),
      );
    expect(check(await ocsp('good', { responder: root }))).toBe('accepted');
    expect(check(await ocsp('good', { responder: tsa }))).toBe('path-invalid');
    expect(check(await ocsp('good', { responder: signer }))).toBe('revocation-data-invalid');
  });

  test('times have whole seconds', async () => {
    const response = parseOcspResponse(await ocsp('good'));
    expect(response.producedAt).toEqual(NOW);
    expect(response.responses[0]?.thisUpdate).toEqual(NOW);
  });
});

describe('a whole chain (LT-01, LT-02)', () => {
  test('the short-term leaf is exempt, its authority is not', async () => {
    const { root, issuing } = hierarchy;
    const shortTerm = await makeCertificate({
      commonName: 'Short',
      issuer: issuing,
      extensions: [...SIGNER_EXTENSIONS, extensions.nullExtension(OID.noRevAvail)],
    });
    const chain = [shortTerm.certificate, issuing.certificate, root.certificate];
    const rootCrl = await crl(false);
    const issuingCrl = await crl(false, issuing);
    const material = { crls: [issuingCrl, rootCrl], ocspResponses: [] };
    expect(checkChainRevocation(chain, material, NOW)).toEqual({ crls: [rootCrl], ocspResponses: [] });
    expect(reasonOf(() => checkChainRevocation(chain, { crls: [], ocspResponses: [] }, NOW))).toBe(
      'revocation-data-invalid',
    );
    expect(reasonOf(() => checkChainRevocation(chain, material, later(2 * HOUR)))).toBe(
      'revocation-data-stale',
    );
  });

  test('OCSP or CRL settle it; revoked is final', async () => {
    const chain = [hierarchy.tsa.certificate, hierarchy.root.certificate];
    const good = await ocsp('good');
    const material = { crls: [], ocspResponses: [good] };
    expect(checkChainRevocation(chain, material, NOW)).toEqual(material);
    const revoked = { crls: [await crl(true)], ocspResponses: [] };
    expect(reasonOf(() => checkChainRevocation(chain, revoked, NOW))).toBe('revoked');
  });

  test('garbage among the data proves nothing and hides nothing', async () => {
    const chain = [hierarchy.tsa.certificate, hierarchy.root.certificate];
    const garbage = octetString(Uint8Array.of(1));
    const good = await crl(false);
    const check = (...crls: Uint8Array[]) =>
      checkChainRevocation(chain, { crls, ocspResponses: [garbage] }, NOW);
    expect(reasonOf(() => check(garbage))).toBe('revocation-data-invalid');
    expect(check(garbage, good).crls).toEqual([good]);
  });
});
