/** An X.509 certificate (RFC 5280 §4.1) read once; expensive parts are decoded when first asked for. */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { type KeyStrength, keyStrength } from '../crypto-constraints/key-strength.ts';
import { equalBytes, toHex } from '../der/bytes.ts';
import { DerReader, decodeInteger, readOnly, readSequence } from '../der/reader.ts';
import { contextConstructed, contextPrimitive, TAG } from '../der/tags.ts';
import { sequence } from '../der/writer.ts';
import { malformed, PkiError } from '../errors.ts';
import { OID } from '../oids.ts';
import { readSignatureIdentifier, type SignatureAlgorithm, verifySignature } from '../signature-scheme.ts';
import { type DistinguishedName, parseName } from './distinguished-name.ts';
import {
  type AuthorityInfoAccess,
  type BasicConstraints,
  type CertificatePolicy,
  decodeAuthorityInfoAccess,
  decodeAuthorityKeyIdentifier,
  decodeBasicConstraints,
  decodeCertificatePolicies,
  decodeCrlDistributionPoints,
  decodeExtendedKeyUsage,
  decodeKeyUsage,
  decodeSubjectKeyIdentifier,
  type Extension,
  readExtensions,
} from './extensions.ts';
import { type GeneralName, readGeneralNames } from './general-names.ts';
import { isSameName } from './name-comparison.ts';
import { decodeNameConstraints, type NameConstraints } from './name-constraints.ts';

/** The fields of a TBSCertificate, also of one that nobody has signed yet. */
export interface TbsCertificate {
  /** The serial number as lower-case hex without sign octet. */
  readonly serialHex: string;
  readonly serialNumber: bigint;
  /** Content octets of the serial number. */
  readonly serialContent: Uint8Array;
  /** DER of the inner signature AlgorithmIdentifier. */
  readonly signatureIdentifier: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKeySpki: Uint8Array;
  readonly extensions: ReadonlyMap<string, Extension>;
}

/** Reads a DER TBSCertificate; only version 3 can say what its key is for. @throws PkiError `malformed`. */
export function parseTbsCertificate(der: Uint8Array): TbsCertificate {
  const fields = readSequence(der);
  const version = fields.optionalInside(contextConstructed(0))?.smallInteger() ?? 0;
  if (version < 0 || version > 2) throw malformed('version of the certificate');
  const serialContent = fields.element(TAG.integer).content;
  const serialNumber = decodeInteger(serialContent);
  const signatureIdentifier = fields.element(TAG.sequence).bytes;
  const issuer = parseName(fields.element(TAG.sequence).bytes);
  const validity = fields.sequence();
  const notBefore = validity.time();
  const notAfter = validity.time();
  validity.end();
  const subject = parseName(fields.element(TAG.sequence).bytes);
  const publicKeySpki = fields.element(TAG.sequence).bytes;
  for (const uniqueId of [1, 2]) fields.optional(contextPrimitive(uniqueId));
  const extensionsReader = fields.optionalInside(contextConstructed(3));
  fields.end();
  return {
    serialHex: serialHex(serialNumber),
    serialNumber,
    serialContent,
    signatureIdentifier,
    issuer,
    subject,
    notBefore,
    notAfter,
    publicKeySpki,
    extensions: extensionsReader === undefined ? new Map() : readExtensions(extensionsReader),
  };
}

/**
 * DER IssuerAndSerialNumber of a certificate (RFC 5652 §10.2.4), without reading the rest.
 * @throws PkiError `malformed`.
 */
export function issuerAndSerialNumber(der: Uint8Array): Uint8Array {
  const fields = readSequence(der).sequence();
  fields.optionalInside(contextConstructed(0));
  const serialNumber = fields.element(TAG.integer).bytes;
  fields.element(TAG.sequence);
  return sequence(fields.element(TAG.sequence).bytes, serialNumber);
}

export function serialHex(serialNumber: bigint): string {
  const hex = serialNumber.toString(16);
  return hex.length % 2 === 0 ? hex : `0${hex}`;
}

/** SHA-1 of the subjectPublicKey bits: key identifier method 1 of RFC 5280 §4.2.1.2; an identifier, not a protection. */
export function keyIdentifier(spki: Uint8Array): Uint8Array {
  const fields = readSequence(spki);
  fields.sequence();
  return createHash('sha1').update(fields.bitString()).digest();
}

/** A certificate that is kept for long must not gather keys that somebody tried on it. */
const MAX_REMEMBERED_KEYS = 64;

export class Certificate {
  readonly der: Uint8Array;
  /** The signed bytes. */
  readonly tbs: Uint8Array;
  readonly fields: TbsCertificate;
  readonly signature: Uint8Array;
  #signatureAlgorithm: SignatureAlgorithm | undefined;
  #publicKey: KeyObject | undefined;
  #sha256: Uint8Array | undefined;
  #keyStrength: KeyStrength | undefined;
  /** By issuer key: certificates of one key, renewed or cross-certified, are one question. */
  readonly #signedBy = new Map<string, boolean>();
  /** By object identifier, each decoded by the one getter that it has: an authority's are asked for with every signature. */
  readonly #decoded = new Map<string, unknown>();

  /** @throws PkiError `malformed`. */
  constructor(der: Uint8Array) {
    this.der = der;
    const outer = readSequence(der);
    this.tbs = outer.element(TAG.sequence).bytes;
    this.fields = parseTbsCertificate(this.tbs);
    const identifier = outer.element(TAG.sequence).bytes;
    // RFC 5280 §4.1.1.2: both algorithm fields are the same.
    if (!equalBytes(identifier, this.fields.signatureIdentifier))
      throw malformed('signature algorithms differ');
    this.signature = outer.bitString();
    outer.end();
  }

  /**
   * With which it was signed. An old root may have signed itself with what proves nothing any more, and is trusted
   * for another reason.
   * @throws PkiError `weak-cryptography` or `unsupported-algorithm`.
   */
  get signatureAlgorithm(): SignatureAlgorithm {
    this.#signatureAlgorithm ??= readSignatureIdentifier(new DerReader(this.fields.signatureIdentifier));
    return this.#signatureAlgorithm;
  }

  get subject(): DistinguishedName {
    return this.fields.subject;
  }

  get issuer(): DistinguishedName {
    return this.fields.issuer;
  }

  get serialHex(): string {
    return this.fields.serialHex;
  }

  get notBefore(): Date {
    return this.fields.notBefore;
  }

  get notAfter(): Date {
    return this.fields.notAfter;
  }

  get publicKeySpki(): Uint8Array {
    return this.fields.publicKeySpki;
  }

  /** @throws PkiError `unsupported-algorithm` or `weak-cryptography` for a key that cannot be loaded. */
  get publicKey(): KeyObject {
    this.#publicKey ??= loadPublicKey(this.publicKeySpki);
    return this.#publicKey;
  }

  get keyStrength(): KeyStrength {
    this.#keyStrength ??= keyStrength(this.publicKeySpki);
    return this.#keyStrength;
  }

  get sha256(): Uint8Array {
    this.#sha256 ??= createHash('sha256').update(this.der).digest();
    return this.#sha256;
  }

  get fingerprint(): string {
    return toHex(this.sha256);
  }

  get selfIssued(): boolean {
    return isSameName(this.subject.der, this.issuer.der);
  }

  hasExtension(oid: string): boolean {
    return this.fields.extensions.has(oid);
  }

  get basicConstraints(): BasicConstraints {
    return this.#decode(OID.basicConstraints, decodeBasicConstraints) ?? { ca: false, pathLength: undefined };
  }

  /** Undefined when the certificate does not restrict the use of its key. */
  get keyUsage(): ReadonlySet<string> | undefined {
    return this.#decode(OID.keyUsage, decodeKeyUsage);
  }

  get extendedKeyUsage(): readonly string[] | undefined {
    return this.#decode(OID.extendedKeyUsage, decodeExtendedKeyUsage);
  }

  get subjectKeyIdentifier(): Uint8Array | undefined {
    return this.#decode(OID.subjectKeyIdentifier, decodeSubjectKeyIdentifier);
  }

  get authorityKeyIdentifier(): Uint8Array | undefined {
    return this.#decode(OID.authorityKeyIdentifier, decodeAuthorityKeyIdentifier);
  }

  get authorityInfoAccess(): AuthorityInfoAccess {
    return this.#decode(OID.authorityInfoAccess, decodeAuthorityInfoAccess) ?? { caIssuers: [], ocsp: [] };
  }

  get crlDistributionPoints(): readonly string[] {
    return this.#decode(OID.crlDistributionPoints, decodeCrlDistributionPoints) ?? [];
  }

  get subjectAlternativeNames(): readonly GeneralName[] {
    return this.#decode(OID.subjectAltName, (value) => readGeneralNames(readSequence(value))) ?? [];
  }

  /** RFC 5280 §4.2.1.10; undefined for an authority that is not constrained. */
  get nameConstraints(): NameConstraints | undefined {
    return this.#decode(OID.nameConstraints, decodeNameConstraints);
  }

  get policies(): readonly CertificatePolicy[] {
    return this.#decode(OID.certificatePolicies, decodeCertificatePolicies) ?? [];
  }

  /**
   * True if the certificate's signature verifies with the issuer's key, by an algorithm that is accepted; names are
   * not compared.
   */
  isSignedBy(issuer: Certificate): boolean {
    const key = toHex(issuer.publicKeySpki);
    const known = this.#signedBy.get(key);
    if (known !== undefined) return known;
    const valid = this.#verifiesWith(issuer);
    if (this.#signedBy.size >= MAX_REMEMBERED_KEYS) this.#signedBy.clear();
    this.#signedBy.set(key, valid);
    return valid;
  }

  /** Whether isSignedBy has the response for this issuer already, or can tell it without cryptography. */
  knowsIssuer(issuer: Certificate): boolean {
    return this.#signedBy.has(toHex(issuer.publicKeySpki));
  }

  #verifiesWith(issuer: Certificate): boolean {
    try {
      return verifySignature(this.signatureAlgorithm, issuer.publicKey, this.tbs, this.signature);
    } catch (error) {
      if (error instanceof PkiError) return false;
      throw error;
    }
  }

  isValidAt(at: Date): boolean {
    return this.notBefore <= at && at <= this.notAfter;
  }

  #decode<T>(oid: string, decode: (value: Uint8Array) => T): T | undefined {
    const extension = this.fields.extensions.get(oid);
    if (extension === undefined) return undefined;
    if (!this.#decoded.has(oid)) this.#decoded.set(oid, decode(extension.value));
    return this.#decoded.get(oid) as T;
  }
}

/** @throws PkiError `malformed`. */
export const parseCertificate = (der: Uint8Array): Certificate => new Certificate(der);

function loadPublicKey(spki: Uint8Array): KeyObject {
  readOnly(spki, TAG.sequence);
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  } catch (cause) {
    const { weakness } = keyStrength(spki);
    if (weakness !== undefined) throw new PkiError('weak-cryptography', weakness, { cause });
    throw new PkiError('unsupported-algorithm', 'public key cannot be loaded', { cause });
  }
}
