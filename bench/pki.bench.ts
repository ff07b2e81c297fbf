/** Cost of verifying one B-T signature (CMS, path, time stamp): `npx vitest bench --run bench/pki.bench.ts`. */
import * as pkijs from 'pkijs';
import { bench, describe } from 'vitest';
import {
  assembleCms,
  buildSignedAttributes,
  buildTimestampRequest,
  buildTimestampToken,
  CertificateCache,
  digest,
  parseCertificate,
  parseTimestampRequest,
  type ReadCertificate,
  validatePath,
  verifyCms,
  verifyTimestampToken,
} from '../src/pki/index.ts';
import { makeHierarchy, NOW } from '../test/support/pki-hierarchy.ts';

const content = Buffer.from('the signed part of a document');
const contentDigest = digest('sha256', content);
const { root, issuing, signer, tsa } = await makeHierarchy();

async function signAndStamp(): Promise<Uint8Array> {
  const signedAttributes = buildSignedAttributes({
    messageDigest: contentDigest,
    signingCertificate: signer.certificate.der,
  });
  const signature = await signer.signer.sign(signedAttributes);
  const request = buildTimestampRequest({ digest: digest('sha256', signature), certReq: true });
  const timestampToken = await buildTimestampToken(
    {
      policy: '1.3.6.1.4.1.32473.1.2',
      imprint: parseTimestampRequest(request).imprint.der,
      serialNumber: new Uint8Array(16).fill(1),
      genTime: NOW,
      accuracySeconds: 1,
      nonce: undefined,
      certificate: tsa.certificate.der,
      chain: [],
      embedCertificates: true,
    },
    tsa.signer,
  );
  const { scheme } = signer.signer;
  const chain = [issuing.certificate.der];
  return assembleCms({
    signedAttributes,
    signature,
    scheme,
    certificate: signer.certificate.der,
    chain,
    timestampToken,
  });
}

const cms = await signAndStamp();
const anchors = [root.certificate];

function verify(read: ReadCertificate): void {
  const { signatureValid, signerCertificate, certificates, signature, timestampTokens } = verifyCms(
    cms,
    contentDigest,
    read,
  );
  const [token] = timestampTokens;
  if (!signatureValid || signerCertificate === undefined || token === undefined) throw new Error('not valid');
  validatePath(signerCertificate, certificates, anchors, NOW, 'signing');
  verifyTimestampToken(token, { imprint: (hash) => digest(hash, signature), anchors, at: NOW }, read);
}

const toArrayBuffer = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;
const trustedCerts = [pkijs.Certificate.fromBER(toArrayBuffer(root.certificate.der))];

async function verifyWithPkijs(): Promise<void> {
  const options = { trustedCerts, checkChain: true, checkDate: NOW, passedWhenNotRevValues: true };
  const data = new pkijs.SignedData({ schema: pkijs.ContentInfo.fromBER(toArrayBuffer(cms)).content });
  await data.verify({ signer: 0, data: toArrayBuffer(content), ...options });
  const [info] = data.signerInfos;
  const stamp = new pkijs.ContentInfo({ schema: info?.unsignedAttrs?.attributes[0]?.values[0] });
  const signature = info?.signature.valueBlock.valueHex ?? new ArrayBuffer(0);
  await new pkijs.SignedData({ schema: stamp.content }).verify({ signer: 0, data: signature, ...options });
}

describe('verification of one B-T signature', () => {
  const cache = new CertificateCache();
  bench('certificates known', () => verify(cache.read));
  bench('certificates new', () => verify(parseCertificate));
  bench('PKI.js', verifyWithPkijs);
});
