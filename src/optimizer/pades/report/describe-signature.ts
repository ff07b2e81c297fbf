/** What a signature says of itself, for anyone who shows or archives a report. */
import type { VerifiedSignature } from '../../../contract/model/verification.ts';
import type { PdfSignature } from '../../../pdf/index.ts';
import type { Certificate, CmsVerification } from '../../../pki/index.ts';

const PERMISSIONS = Object.freeze({ 1: 'nothing', 2: 'filling', 3: 'annotating' } as const);

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Absent entries are those that the signature does not have. */
export function describeSignature(
  { docMdp, reason, location, subFilter, byteRange }: Partial<PdfSignature>,
  cms: CmsVerification | undefined,
): Partial<VerifiedSignature> {
  const certificate = cms?.signerCertificate;
  return {
    ...(docMdp === undefined ? {} : { permission: PERMISSIONS[docMdp] }),
    ...(reason === undefined ? {} : { reasonForSigning: reason }),
    ...(location === undefined ? {} : { location }),
    ...(subFilter === undefined ? {} : { subFilter }),
    ...(byteRange === undefined ? {} : { byteRange: [...byteRange] }),
    ...(cms ? describeCms(cms) : {}),
    ...(certificate ? { certificate: describeCertificate(certificate) } : {}),
  };
}

const describeCms = ({ signature, signedAttributes, signedData }: CmsVerification) => ({
  digest: { algorithm: signedData.signer.digest, value: base64(signedAttributes.messageDigest) },
  signatureValue: base64(signature),
});

const describeCertificate = ({ subject, issuer, notBefore, notAfter, fingerprint, der }: Certificate) => ({
  subject: subject.text,
  issuer: issuer.text,
  notBefore: notBefore.toISOString(),
  notAfter: notAfter.toISOString(),
  fingerprint,
  der: base64(der),
});
