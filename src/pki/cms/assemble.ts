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
const DIGEST_ALGORITHMS = setOf(SHA256_IDENTIFIER);

/**
 * DER CMS for `/Contents`: detached, one SignerInfo, time stamp as unsigned attribute signature-time-stamp
 * (EN 319 142-1 §6.3; EN 319 122-1 §5.3).
 * @throws PkiError `malformed` if `certificate` is not a certificate.
 */
export function assembleCms(parts: CmsParts): Uint8Array {
  return encodeSignedData({
    version: VERSION_ISSUER_AND_SERIAL,
    encapsulatedContent: sequence(oid(OID.data)),
    certificates: encodeCertificates([parts.certificate, ...parts.chain]),
    signerInfo: encodeSignerInfo(nameSigner(parts), parts),
  });
}

/** What goes into one CMS around content of a type of its own. */
interface EncapsulatedParts {
  /** DER of the content. */
  readonly content: Uint8Array;
  readonly signedAttributes: Uint8Array;
  readonly signature: Uint8Array;
  readonly embedCertificates: boolean;
}

/**
 * Writes DER CMS around content of a type of its own, as TSTInfo is (RFC 3161 §2.4.2), always with the same signer;
 * what names the signer is encoded once.
 * @throws PkiError `malformed` if `certificate` is not a certificate.
 */
export function encapsulatedCmsWriter(
  contentType: string,
  signer: Pick<CmsParts, 'certificate' | 'chain' | 'scheme'>,
): (parts: EncapsulatedParts) => Uint8Array {
  const named = nameSigner(signer);
  const type = oid(contentType);
  const certificates = encodeCertificates([signer.certificate, ...signer.chain]);
  return ({ content, signedAttributes, signature, embedCertificates }) =>
    encodeSignedData({
      version: VERSION_OTHER_CONTENT,
      encapsulatedContent: sequence(type, tagged(0, octetString(content))),
      certificates: embedCertificates ? certificates : [],
      signerInfo: encodeSignerInfo(named, { signedAttributes, signature }),
    });
}

function encodeSignedData(input: {
  readonly version: number;
  readonly encapsulatedContent: Uint8Array;
  /** The field as a whole; none leaves it out. */
  readonly certificates: readonly Uint8Array[];
  readonly signerInfo: Uint8Array;
}): Uint8Array {
  return sequence(
    oid(OID.signedData),
    tagged(
      0,
      sequence(
        integer(input.version),
        DIGEST_ALGORITHMS,
        input.encapsulatedContent,
        ...input.certificates,
        setOf(input.signerInfo),
      ),
    ),
  );
}

const encodeCertificates = (certificates: readonly Uint8Array[]): readonly Uint8Array[] => [
  retag(contextConstructed(0), setOf(...certificates)),
];

/** The fields of a SignerInfo that its signer decides: before the signed attributes, and behind them. */
interface NamedSigner {
  readonly before: Uint8Array;
  readonly algorithm: Uint8Array;
}

const nameSigner = ({ certificate, scheme }: Pick<CmsParts, 'certificate' | 'scheme'>): NamedSigner => ({
  before: Buffer.concat([
    integer(VERSION_ISSUER_AND_SERIAL),
    issuerAndSerialNumber(certificate),
    SHA256_IDENTIFIER,
  ]),
  algorithm: schemeIdentifier(scheme),
});

function encodeSignerInfo(
  { before, algorithm }: NamedSigner,
  parts: Pick<CmsParts, 'signedAttributes' | 'signature' | 'timestampToken'>,
): Uint8Array {
  const unsigned =
    parts.timestampToken === undefined
      ? []
      : [tagged(1, encodeAttribute(OID.signatureTimeStamp, parts.timestampToken))];
  return sequence(
    before,
    retag(contextConstructed(0), parts.signedAttributes),
    algorithm,
    octetString(parts.signature),
    ...unsigned,
  );
}
