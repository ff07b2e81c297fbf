/** What a PAdES signature value itself proves: digest, certificate binding, signature; not the path, not the time. */
import { type Certificate, parseCertificate } from '../certificate/certificate.ts';
import { equalBytes } from '../der/bytes.ts';
import { OID } from '../oids.ts';
import { verifySignature } from '../signature-scheme.ts';
import type { SignedAttributes } from './signed-attributes.ts';
import {
  findSignerCertificate,
  parseSignedData,
  type ReadCertificate,
  type SignedData,
} from './signed-data.ts';
import { refersTo } from './signing-certificate.ts';

/** Departures from the PAdES baseline that leave the cryptography intact (EN 319 142-1 §6.3, row in brackets). */
export type BaselineFinding =
  | 'content not detached (PA-01)'
  | 'content-type is not id-data (T02)'
  | 'signed attributes not in DER order (T02)'
  | 'signing certificate not embedded (T01)'
  | 'no signing-certificate-v2 (T08)'
  | 'signing-time present (T13)';

export interface CmsVerification {
  readonly signedData: SignedData;
  readonly signedAttributes: SignedAttributes;
  /** Undefined where it is neither in the CMS nor in the pool: then nothing below can be true. */
  readonly signerCertificate: Certificate | undefined;
  readonly certificates: readonly Certificate[];
  /** message-digest equals the digest of the content. */
  readonly digestMatches: boolean;
  /** The signed ESS reference names the signer's certificate. */
  readonly signingCertificateMatches: boolean;
  /** The signature value verifies over the signed attributes. */
  readonly signatureValid: boolean;
  /** It verifies over the attributes as they were sent, which are not the DER that has to be signed (RFC 5652 §5.4). */
  readonly signedOtherForm: boolean;
  /** The type that is signed is that of the content, and the one of a signed file (RFC 5652 §11.1). */
  readonly contentTypeMatches: boolean;
  /** What is wrong with the signer's key; undefined for a strong one (EN 319 102-1 §5.2.8). */
  readonly weakness: string | undefined;
  readonly signature: Uint8Array;
  /** DER tokens of the signature-time-stamp attribute. */
  readonly timestampTokens: readonly Uint8Array[];
  readonly findings: readonly BaselineFinding[];
}

/**
 * Verifies a detached CMS signature against the digest of its content, made with `signedData.signer.digest`
 * (SHA-256 in everything we sign). `pool`: where the signer's certificate may be, too. The outcome is data.
 * @throws PkiError `malformed` or `unsupported-algorithm` only when the bytes cannot be read.
 */
export function verifyCms(
  cms: Uint8Array | SignedData,
  contentDigest: Uint8Array,
  readCertificate: ReadCertificate = parseCertificate,
  pool: Iterable<Certificate> = [],
): CmsVerification {
  const signedData = cms instanceof Uint8Array ? parseSignedData(cms, readCertificate) : cms;
  const { signer } = signedData;
  const { signedAttributes, signature } = signer;
  const certificate = findSignerCertificate(signedData, pool);
  const isSigned = (bytes: Uint8Array | undefined): boolean =>
    certificate !== undefined &&
    bytes !== undefined &&
    verifySignature(signer.signatureAlgorithm, certificate.publicKey, bytes, signature);
  const signatureValid = isSigned(signer.signedBytes);
  const reference = signedAttributes.signingCertificate;
  return {
    signedData,
    signedAttributes,
    signerCertificate: certificate,
    certificates: signedData.certificates,
    digestMatches: equalBytes(signedAttributes.messageDigest, contentDigest),
    signingCertificateMatches:
      certificate !== undefined && reference !== undefined && refersTo(reference, certificate),
    signatureValid,
    signedOtherForm: !signatureValid && isSigned(signer.sentBytes),
    contentTypeMatches: signedAttributes.contentType === OID.data && signedData.contentType === OID.data,
    weakness: certificate?.keyStrength.weakness,
    signature,
    timestampTokens: signer.unsignedAttributes.get(OID.signatureTimeStamp) ?? [],
    findings: baselineFindings(signedData, certificate),
  };
}

function baselineFindings(data: SignedData, certificate: Certificate | undefined): BaselineFinding[] {
  const { signedAttributes } = data.signer;
  const findings: BaselineFinding[] = [];
  if (data.content !== undefined || data.contentType !== OID.data)
    findings.push('content not detached (PA-01)');
  if (signedAttributes.contentType !== OID.data) findings.push('content-type is not id-data (T02)');
  if (data.signer.sentBytes !== undefined) findings.push('signed attributes not in DER order (T02)');
  if (certificate === undefined || !data.certificates.includes(certificate))
    findings.push('signing certificate not embedded (T01)');
  if (!signedAttributes.types.includes(OID.signingCertificateV2))
    findings.push('no signing-certificate-v2 (T08)');
  if (signedAttributes.hasSigningTime) findings.push('signing-time present (T13)');
  return findings;
}
