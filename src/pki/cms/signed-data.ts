/** CMS SignedData (RFC 5652 §5): with exactly one signer, as PAdES signatures and time-stamp tokens are, or with several. */
import { type Certificate, parseCertificate } from '../certificate/certificate.ts';
import { isSameName } from '../certificate/name-comparison.ts';
import { derFromBer } from '../der/ber.ts';
import { equalBytes } from '../der/bytes.ts';
import { DerReader, readSequence } from '../der/reader.ts';
import { contextConstructed, contextPrimitive, TAG } from '../der/tags.ts';
import { retag, setOf } from '../der/writer.ts';
import { malformed, PkiError } from '../errors.ts';
import { OID } from '../oids.ts';
import {
  type DigestName,
  readDigestIdentifier,
  readSignatureIdentifier,
  type SignatureAlgorithm,
} from '../signature-scheme.ts';
import { type AttributeValues, readUnsignedAttributes } from './attributes.ts';
import { parseSignedAttributes, type SignedAttributes } from './signed-attributes.ts';
import { refersTo } from './signing-certificate.ts';

/** How certificates are read; CertificateCache gives one that remembers. */
export type ReadCertificate = (der: Uint8Array) => Certificate;

type ReadOneOf = (der: Uint8Array) => Certificate | undefined;

export type SignerIdentifier =
  | { readonly issuer: Uint8Array; readonly serialNumber: bigint }
  | { readonly subjectKeyIdentifier: Uint8Array };

export interface SignerInfo {
  readonly identifier: SignerIdentifier;
  readonly digest: DigestName;
  readonly signatureAlgorithm: SignatureAlgorithm;
  readonly signedAttributes: SignedAttributes;
  /** The signed bytes: the attributes as `SET OF` (RFC 5652 §5.4). */
  readonly signedBytes: Uint8Array;
  /** The same as they were sent, where that is not their DER. */
  readonly sentBytes: Uint8Array | undefined;
  readonly signature: Uint8Array;
  readonly unsignedAttributes: AttributeValues;
}

export interface SignedData {
  readonly contentType: string;
  /** Encapsulated content; undefined when detached. */
  readonly content: Uint8Array | undefined;
  readonly certificates: readonly Certificate[];
  /** Content of RevocationInfoChoices. */
  readonly revocationInfo: Uint8Array | undefined;
  readonly signer: SignerInfo;
}

/**
 * Reads a DER ContentInfo holding SignedData.
 * @throws PkiError `malformed` (also for any number of signers but one), `unsupported-format` (no signed attributes)
 * or `unsupported-algorithm`.
 */
export function parseSignedData(
  der: Uint8Array,
  readCertificate: ReadCertificate = parseCertificate,
): SignedData {
  return readSignedData(der, readCertificate, (attributes) => attributes);
}

/**
 * Reads the CMS of somebody else, which may be BER (RFC 5652 §5.1, ISO 32000-2 §12.8.3.3). Whatever the form in which
 * the signed attributes came, their DER was signed (RFC 5652 §5.4).
 * @throws what parseSignedData throws.
 */
export function parseForeignSignedData(
  ber: Uint8Array,
  readCertificate: ReadCertificate = parseCertificate,
): SignedData {
  return readSignedData(derFromBer(ber), unlessUnreadable(readCertificate), inDerOrder);
}

/** A CMS that several may have signed, each read by itself. */
export interface SignedMessage {
  /** Encapsulated content; undefined when detached. */
  readonly content: Uint8Array | undefined;
  /** In their order. What is thrown for one that cannot be read stands in its place. */
  readonly signers: readonly (SignedData | PkiError)[];
}

/**
 * Reads a CMS of somebody else with any number of signers, as CAdES files have them.
 * @throws what parseSignedData throws, for the message as a whole; `malformed` for more than `MOST_SIGNERS`
 */
export function parseSignedMessage(ber: Uint8Array, readCertificate: ReadCertificate): SignedMessage {
  const { signerInfos, ...message } = readMessage(derFromBer(ber), unlessUnreadable(readCertificate));
  const signers: (SignedData | PkiError)[] = [];
  while (!signerInfos.atEnd) {
    if (signers.length === MOST_SIGNERS) throw malformed(`more than ${MOST_SIGNERS} signers`);
    const { bytes } = signerInfos.element(TAG.sequence);
    try {
      signers.push({ ...message, signer: readSignerInfo(readSequence(bytes), inDerOrder) });
    } catch (error) {
      if (!(error instanceof PkiError)) throw error;
      signers.push(error);
    }
  }
  return { content: message.content, signers };
}

/** Each costs a path and its revocation. */
const MOST_SIGNERS = 100;

/** What others put beside the chain must not keep their signature from being read; without its signer's nothing holds. */
const unlessUnreadable =
  (readCertificate: ReadCertificate) =>
  (der: Uint8Array): Certificate | undefined => {
    try {
      return readCertificate(der);
    } catch (error) {
      if (error instanceof PkiError) return undefined;
      throw error;
    }
  };

const inDerOrder = (attributes: Uint8Array): Uint8Array =>
  setOf(...new DerReader(attributes).set().map((reader) => reader.element().bytes));

function readSignedData(
  der: Uint8Array,
  readCertificate: ReadOneOf,
  signedForm: (attributes: Uint8Array) => Uint8Array,
): SignedData {
  const { signerInfos, ...message } = readMessage(der, readCertificate);
  const signer = readSignerInfo(signerInfos.sequence(), signedForm);
  if (!signerInfos.atEnd) throw malformed('more than one signer');
  return { ...message, signer };
}

/** All but the signers, which are not read yet. */
function readMessage(
  der: Uint8Array,
  readCertificate: ReadOneOf,
): Omit<SignedData, 'signer'> & { readonly signerInfos: DerReader } {
  const contentInfo = readSequence(der);
  if (contentInfo.oid() !== OID.signedData) throw malformed('content is not SignedData');
  const wrapper = contentInfo.inside(contextConstructed(0));
  contentInfo.end();
  const fields = wrapper.sequence();
  wrapper.end();
  fields.smallInteger();
  fields.set();
  const encapsulated = fields.sequence();
  const contentType = encapsulated.oid();
  const content = encapsulated.optionalInside(contextConstructed(0))?.octetString();
  encapsulated.end();
  const certificates = fields.optionalInside(contextConstructed(0));
  const revocationInfo = fields.optional(contextConstructed(1))?.content;
  const signerInfos = fields.set();
  fields.end();
  return {
    contentType,
    content,
    certificates: readCertificates(certificates, readCertificate),
    revocationInfo,
    signerInfos,
  };
}

function readCertificates(members: DerReader | undefined, readCertificate: ReadOneOf): Certificate[] {
  const elements = members?.map((reader) => reader.element()) ?? [];
  // CertificateChoices: the tagged alternatives (attribute certificates) play no part here.
  return elements
    .filter(({ tag }) => tag === TAG.sequence)
    .flatMap(({ bytes }) => readCertificate(bytes) ?? []);
}

function readSignerInfo(fields: DerReader, signedForm: (attributes: Uint8Array) => Uint8Array): SignerInfo {
  fields.smallInteger();
  const identifier = readSignerIdentifier(fields);
  const digest = readDigestIdentifier(fields);
  const attributes = fields.optional(contextConstructed(0));
  // PKCS #7 knows signatures right over the content; whose certificate they were made for is not signed then.
  if (!attributes) throw new PkiError('unsupported-format', 'no signed attributes');
  const sent = retag(TAG.set, attributes.bytes);
  const signedBytes = signedForm(sent);
  const signatureAlgorithm = readSignatureIdentifier(fields, digest);
  if (signatureAlgorithm.digest !== digest) throw malformed('digest of signature and signer differ');
  const signature = fields.octetString();
  const unsigned = fields.optionalInside(contextConstructed(1));
  fields.end();
  return {
    identifier,
    digest,
    signatureAlgorithm,
    signedAttributes: parseSignedAttributes(signedBytes),
    signedBytes,
    sentBytes: equalBytes(sent, signedBytes) ? undefined : sent,
    signature,
    unsignedAttributes: unsigned === undefined ? new Map() : readUnsignedAttributes(unsigned),
  };
}

function readSignerIdentifier(fields: DerReader): SignerIdentifier {
  const subjectKeyIdentifier = fields.optional(contextPrimitive(0));
  if (subjectKeyIdentifier !== undefined) return { subjectKeyIdentifier: subjectKeyIdentifier.content };
  const issuerAndSerial = fields.sequence();
  const issuer = issuerAndSerial.element(TAG.sequence).bytes;
  const serialNumber = issuerAndSerial.integer();
  issuerAndSerial.end();
  return { issuer, serialNumber };
}

/**
 * The certificate that the SignerInfo names, among those embedded and then in the pool. Where several have its name and
 * number, or its key identifier, it is the one that the signed ESS reference names.
 */
export function findSignerCertificate(
  data: SignedData,
  pool: Iterable<Certificate> = [],
): Certificate | undefined {
  const reference = data.signer.signedAttributes.signingCertificate;
  let first: Certificate | undefined;
  for (const certificate of chained(data.certificates, pool)) {
    if (!isNamed(data.signer.identifier, certificate)) continue;
    if (reference === undefined || refersTo(reference, certificate)) return certificate;
    first ??= certificate;
  }
  return first;
}

function* chained(first: Iterable<Certificate>, second: Iterable<Certificate>): Generator<Certificate> {
  yield* first;
  yield* second;
}

function isNamed(identifier: SignerIdentifier, certificate: Certificate): boolean {
  if ('subjectKeyIdentifier' in identifier) {
    const own = keyIdentifierOf(certificate);
    return own !== undefined && equalBytes(own, identifier.subjectKeyIdentifier);
  }
  const { fields, issuer } = certificate;
  return fields.serialNumber === identifier.serialNumber && isSameName(issuer.der, identifier.issuer);
}

/** Undefined, too, where it cannot be read: that is the flaw of one certificate among many. */
function keyIdentifierOf(certificate: Certificate): Uint8Array | undefined {
  try {
    return certificate.subjectKeyIdentifier;
  } catch (error) {
    if (error instanceof PkiError) return undefined;
    throw error;
  }
}
