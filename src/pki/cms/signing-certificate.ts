/** ESS signing-certificate attributes: the signer binds the signature to one certificate (RFC 5035 §3, RFC 2634 §5.4). */
import type { Certificate } from '../certificate/certificate.ts';
import { equalBytes } from '../der/bytes.ts';
import { type DerReader, readSequence } from '../der/reader.ts';
import { TAG } from '../der/tags.ts';
import { octetString, sequence } from '../der/writer.ts';
import { OID } from '../oids.ts';
import { type DigestName, digest, readDigestIdentifier } from '../signature-scheme.ts';
import { type AttributeValues, singleValue } from './attributes.ts';

/** The certificate hash that was signed; `sha1` only from the first version, which old time-stamp tokens carry. */
export interface SigningCertificateReference {
  readonly digest: DigestName | 'sha1';
  readonly hash: Uint8Array;
  /** Of the first version of the attribute, where both are there: neither may name another certificate. */
  readonly first?: SigningCertificateReference;
}

/**
 * SigningCertificateV2 with one ESSCertIDv2. The hash algorithm is omitted because SHA-256 is its DEFAULT, which
 * DER does not encode; issuerSerial is left out, as EN 319 122-1 §5.2.2.3 recommends.
 */
export const encodeSigningCertificateV2 = (certificateDer: Uint8Array): Uint8Array =>
  sequence(sequence(sequence(octetString(digest('sha256', certificateDer)))));

/** The reference to the signer's own certificate (the first one); undefined when neither version is present. */
export function readSigningCertificate(attributes: AttributeValues): SigningCertificateReference | undefined {
  const [first, second] = [
    referenceIn(attributes, OID.signingCertificate, 'sha1'),
    referenceIn(attributes, OID.signingCertificateV2, 'sha256'),
  ];
  return first && second ? { ...second, first } : (second ?? first);
}

function referenceIn(
  attributes: AttributeValues,
  type: string,
  defaultDigest: SigningCertificateReference['digest'],
): SigningCertificateReference | undefined {
  const value = singleValue(attributes, type);
  return value && readCertId(readSequence(value).sequence(), defaultDigest);
}

function readCertId(
  certIds: DerReader,
  defaultDigest: SigningCertificateReference['digest'],
): SigningCertificateReference {
  const fields = certIds.sequence();
  const explicit = fields.peek() === TAG.sequence ? readDigestIdentifier(fields) : defaultDigest;
  return { digest: explicit, hash: fields.octetString() };
}

export function refersTo(reference: SigningCertificateReference, certificate: Certificate): boolean {
  if (reference.first && !refersTo(reference.first, certificate)) return false;
  const isUsual = reference.digest === 'sha256';
  return equalBytes(reference.hash, isUsual ? certificate.sha256 : digest(reference.digest, certificate.der));
}
