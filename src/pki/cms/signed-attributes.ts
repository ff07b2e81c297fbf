/** The signed attributes of a PAdES baseline signature (EN 319 142-1 §6.3, rows T02-T13). */

import { equalBytes } from '../der/bytes.ts';
import { DerReader, readOnly } from '../der/reader.ts';
import { TAG } from '../der/tags.ts';
import { octetString, oid, setOf } from '../der/writer.ts';
import { malformed, PkiError } from '../errors.ts';
import { OID } from '../oids.ts';
import { type AttributeValues, encodeAttribute, readAttributes, singleValue } from './attributes.ts';
import {
  encodeSigningCertificateV2,
  readSigningCertificate,
  type SigningCertificateReference,
} from './signing-certificate.ts';

export interface SignedAttributes {
  /** OID of the signed content. */
  readonly contentType: string;
  readonly messageDigest: Uint8Array;
  readonly signingCertificate: SigningCertificateReference | undefined;
  readonly hasSigningTime: boolean;
  /** Types of all attributes present. */
  readonly types: readonly string[];
  readonly values: AttributeValues;
}

/**
 * DER `SET OF Attribute`: content-type id-data, message-digest and signing-certificate-v2. There is no signing-time:
 * in PAdES the claimed time is the M entry of the dictionary (row T13). These bytes are what gets signed.
 */
export const buildSignedAttributes = (input: {
  /** SHA-256 of the ByteRange. */
  readonly messageDigest: Uint8Array;
  /** DER of the signer's certificate. */
  readonly signingCertificate: Uint8Array;
}): Uint8Array => signedAttributesWriter(input.signingCertificate)(input.messageDigest);

/** The same for many documents that one certificate signs. @param signingCertificate DER */
export function signedAttributesWriter(
  signingCertificate: Uint8Array,
): (messageDigest: Uint8Array) => Uint8Array {
  const contentType = encodeAttribute(OID.contentType, oid(OID.data));
  const reference = encodeAttribute(OID.signingCertificateV2, encodeSigningCertificateV2(signingCertificate));
  return (messageDigest) =>
    setOf(contentType, encodeAttribute(OID.messageDigest, octetString(messageDigest)), reference);
}

/** Reads DER signed attributes (`SET OF`, in DER order). @throws PkiError `malformed`. */
export function parseSignedAttributes(der: Uint8Array): SignedAttributes {
  const { content } = readOnly(der, TAG.set);
  requireSetOrder(content);
  return interpretSignedAttributes(readAttributes(new DerReader(content)));
}

/** RFC 5652 §5.3: signed attributes are DER, hence their order is fixed; another order would sign other bytes. */
function requireSetOrder(content: Uint8Array): void {
  const members = new DerReader(content).map((reader) => reader.element().bytes);
  if (!equalBytes(readOnly(setOf(...members)).content, content)) {
    throw malformed('signed attributes not in DER order');
  }
}

export function interpretSignedAttributes(attributes: AttributeValues): SignedAttributes {
  const contentType = singleValue(attributes, OID.contentType);
  const messageDigest = singleValue(attributes, OID.messageDigest);
  if (contentType === undefined || messageDigest === undefined) {
    throw malformed('signed attributes without content-type or message-digest');
  }
  return {
    contentType: new DerReader(contentType).oid(),
    messageDigest: readOnly(messageDigest, TAG.octetString).content,
    signingCertificate: readSigningCertificate(attributes),
    hasSigningTime: attributes.has(OID.signingTime),
    types: [...attributes.keys()],
    values: attributes,
  };
}

/** The time that the signer claims (RFC 5652 §11.3); undefined where there is none that can be read. */
export function claimedTimeOf({ values }: SignedAttributes): Date | undefined {
  const [value] = values.get(OID.signingTime) ?? [];
  if (value === undefined) return undefined;
  try {
    return new DerReader(value).time();
  } catch (error) {
    if (error instanceof PkiError) return undefined;
    throw error;
  }
}
