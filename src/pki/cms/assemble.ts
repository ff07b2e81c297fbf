/** Writes CMS SignedData with one signer (RFC 5652 §5.1), for signatures and for time-stamp tokens. */
import { issuerAndSerialNumber } from '../certificate/certificate.ts';
import { contextConstructed } from '../der/tags.ts';
import { integer, octetString, oid, retag, sequence, setOf, tagged } from '../der/writer.ts';
import { OID } from '../oids.ts';
import { SHA256_IDENTIFIER, type SignatureScheme, schemeIdentifier } from '../signature-scheme.ts';
import { encodeAttribute } from './attributes.ts';

export interface CmsParts {
  /** DER `SET OF Attribute`, exactly the bytes that were signed. */
  readonly signedAttributes: Uint8Array;
  readonly signature: Uint8Array;
  readonly scheme: SignatureScheme;
  /** DER of the signer's certificate. */
  readonly certificate: Uint8Array;
  /** DER of further certificates to embed: the issuing authority, upwards. */
  readonly chain: readonly Uint8Array[];
  /** DER time-stamp token over `signature`. */
  readonly timestampToken?: Uint8Array;
}

/** Version of SignedData and SignerInfo when the signer is named by issuer and serial (RFC 5652 §5.1, §5.3). */
const VERSION_ISSUER_AND_SERIAL = 1;
/** SignedData that encapsulates anything but id-data is of version 3. */
const VERSION_OTHER_CONTENT = 3;

/**
 * DER CMS for `/Contents`: detached, one SignerInfo, time stamp as unsigned attribute signature-time-stamp
 * (EN 319 142-1 §6.3; EN 319 122-1 §5.3).
 * @throws PkiError `malformed` if `certificate` is not a certificate.
 */
export function assembleCms(parts: CmsParts): Uint8Array {
  return encodeSignedData({
    version: VERSION_ISSUER_AND_SERIAL,
    encapsulatedContent: sequence(oid(OID.data)),
    certificates: [parts.certificate, ...parts.chain],
    signerInfo: encodeSignerInfo(parts),
  });
}

/** DER CMS around content of a type of its own, as TSTInfo is (RFC 3161 §2.4.2). */
export function assembleEncapsulatedCms(
  contentType: string,
  content: Uint8Array,
  parts: CmsParts & { readonly embedCertificates: boolean },
): Uint8Array {
  return encodeSignedData({
    version: VERSION_OTHER_CONTENT,
    encapsulatedContent: sequence(oid(contentType), tagged(0, octetString(content))),
    certificates: parts.embedCertificates ? [parts.certificate, ...parts.chain] : [],
    signerInfo: encodeSignerInfo(parts),
  });
}

function encodeSignedData(input: {
  readonly version: number;
  readonly encapsulatedContent: Uint8Array;
  readonly certificates: readonly Uint8Array[];
  readonly signerInfo: Uint8Array;
}): Uint8Array {
  const certificates =
    input.certificates.length === 0 ? [] : [retag(contextConstructed(0), setOf(...input.certificates))];
  return sequence(
    oid(OID.signedData),
    tagged(
      0,
      sequence(
        integer(input.version),
        setOf(SHA256_IDENTIFIER),
        input.encapsulatedContent,
        ...certificates,
        setOf(input.signerInfo),
      ),
    ),
  );
}

function encodeSignerInfo(parts: CmsParts): Uint8Array {
  const unsigned =
    parts.timestampToken === undefined
      ? []
      : [tagged(1, encodeAttribute(OID.signatureTimeStamp, parts.timestampToken))];
  return sequence(
    integer(VERSION_ISSUER_AND_SERIAL),
    issuerAndSerialNumber(parts.certificate),
    SHA256_IDENTIFIER,
    retag(contextConstructed(0), parts.signedAttributes),
    schemeIdentifier(parts.scheme),
    octetString(parts.signature),
    ...unsigned,
  );
}
