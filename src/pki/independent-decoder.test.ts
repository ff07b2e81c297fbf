/** Our DER codec judged by another one: PKI.js reads everything that we write, and verifies it through WebCrypto. */
import * as pkijs from 'pkijs';
import { beforeAll, expect, test } from 'vitest';
import { type Hierarchy, makeHierarchy, NOW } from '../../test/support/pki-hierarchy.ts';
import {
  assembleCms,
  buildCrl,
  buildOcspResponse,
  buildSignedAttributes,
  buildTimestampRequest,
  buildTimestampToken,
  digest,
  encodeCertId,
  parseTimestampRequest,
} from './index.ts';

const content = Buffer.from('the signed part of a document');
let hierarchy: Hierarchy;
let trustedCerts: pkijs.Certificate[];

const toArrayBuffer = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;
const readSignedData = (der: Uint8Array) =>
  new pkijs.SignedData({ schema: pkijs.ContentInfo.fromBER(toArrayBuffer(der)).content });
const readCertificate = (der: Uint8Array) => pkijs.Certificate.fromBER(toArrayBuffer(der));

async function stamp(data: Uint8Array): Promise<Uint8Array> {
  const { tsa } = hierarchy;
  const request = parseTimestampRequest(
    buildTimestampRequest({ digest: digest('sha256', data), certReq: true }),
  );
  return buildTimestampToken(
    {
      policy: '1.3.6.1.4.1.32473.1.2',
      imprint: request.imprint.der,
      serialNumber: Uint8Array.of(1, 2, 3),
      genTime: NOW,
      accuracySeconds: 1,
      nonce: undefined,
      certificate: tsa.certificate.der,
      chain: [],
      embedCertificates: true,
    },
    tsa.signer,
  );
}

beforeAll(async () => {
  hierarchy = await makeHierarchy();
  trustedCerts = [readCertificate(hierarchy.root.certificate.der)];
});

test('certificates: same fields, signature verifies', async () => {
  const { signer, issuing } = hierarchy;
  const certificate = readCertificate(signer.certificate.der);
  expect(certificate.notAfter.value).toEqual(signer.certificate.notAfter);
  expect(Buffer.from(certificate.serialNumber.valueBlock.valueHexView).toString('hex')).toBe(
    signer.certificate.serialHex,
  );
  expect(certificate.extensions?.map(({ extnID }) => extnID)).toEqual([
    ...signer.certificate.fields.extensions.keys(),
  ]);
  expect(await certificate.verify(readCertificate(issuing.certificate.der))).toBe(true);
});

test('a time-stamped signature: the signature with its chain, and the token inside', async () => {
  const { signer, issuing } = hierarchy;
  const signedAttributes = buildSignedAttributes({
    messageDigest: digest('sha256', content),
    signingCertificate: signer.certificate.der,
  });
  const signature = await signer.signer.sign(signedAttributes);
  const cms = assembleCms({
    signedAttributes,
    signature,
    scheme: signer.signer.scheme,
    certificate: signer.certificate.der,
    chain: [issuing.certificate.der],
    timestampToken: await stamp(signature),
  });
  const signedData = readSignedData(cms);
  const verify = (data: Uint8Array) =>
    signedData.verify({
      signer: 0,
      data: toArrayBuffer(data),
      trustedCerts,
      checkChain: true,
      checkDate: NOW,
      passedWhenNotRevValues: true,
    });
  expect(await verify(content)).toBe(true);
  await expect(verify(Buffer.from('other'))).rejects.toBeDefined();

  const [signerInfo] = signedData.signerInfos;
  const token = signerInfo?.unsignedAttrs?.attributes[0]?.values[0];
  const stampData = new pkijs.SignedData({ schema: new pkijs.ContentInfo({ schema: token }).content });
  expect(await stampData.verify({ signer: 0, data: toArrayBuffer(signature) })).toBe(true);
});

test('CRL and OCSP response: signatures verify', async () => {
  const { root, tsa, responder } = hierarchy;
  const serialNumber = tsa.certificate.fields.serialNumber;
  const period = { thisUpdate: NOW, nextUpdate: new Date(NOW.getTime() + 3_600_000) };
  const revoked = [{ serialNumber, revokedAt: NOW, reason: 'superseded' as const }];
  const crl = pkijs.CertificateRevocationList.fromBER(
    toArrayBuffer(await buildCrl({ issuer: root.certificate, number: 7n, revoked, ...period }, root.signer)),
  );
  expect(await crl.verify({ issuerCertificate: readCertificate(root.certificate.der) })).toBe(true);
  expect(crl.isCertificateRevoked(readCertificate(tsa.certificate.der))).toBe(true);

  const ocsp = pkijs.OCSPResponse.fromBER(
    toArrayBuffer(
      await buildOcspResponse(
        {
          responses: [{ certId: encodeCertId(root.certificate, serialNumber), status: 'good' }],
          responder: responder.certificate,
          producedAt: NOW,
          nonce: Uint8Array.of(1),
          ...period,
        },
        responder.signer,
      ),
    ),
  );
  const status = await ocsp.getCertificateStatus(
    readCertificate(tsa.certificate.der),
    readCertificate(root.certificate.der),
  );
  expect(status).toEqual({ isForCertificate: true, status: 0 });
});
