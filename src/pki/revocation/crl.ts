/** Reads certificate revocation lists (RFC 5280 §5) of every kind; check-crl.ts says what they settle. */
import type { Certificate } from '../certificate/certificate.ts';
import { type DistinguishedName, parseName } from '../certificate/distinguished-name.ts';
import { type Extension, readExtensions } from '../certificate/extensions.ts';
import { equalBytes, toHex } from '../der/bytes.ts';
import { DerReader, readSequence } from '../der/reader.ts';
import { contextConstructed, TAG } from '../der/tags.ts';
import { malformed } from '../errors.ts';
import { OID } from '../oids.ts';
import { readSignatureIdentifier, verifySignature } from '../signature-scheme.ts';
import { CrlEntries } from './crl-entries.ts';
import { COMPLETE_SCOPE, type CrlScope, decodeIssuingDistributionPoint } from './crl-scope.ts';

const VERSION_2 = 1;

/** Extensions of a list that are processed, whether critical or not. */
const PROCESSED: ReadonlySet<string> = new Set([
  OID.authorityKeyIdentifier,
  OID.crlNumber,
  OID.deltaCrlIndicator,
  OID.issuingDistributionPoint,
  OID.freshestCrl,
  OID.expiredCertsOnCrl,
]);

export class Crl {
  readonly der: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  readonly entries: CrlEntries;
  readonly #tbs: Uint8Array;
  readonly #identifier: Uint8Array;
  readonly #signature: Uint8Array;
  readonly #extensions: ReadonlyMap<string, Extension>;
  /** By issuer key. */
  readonly #signedBy = new Map<string, boolean>();
  #scope: CrlScope | undefined;

  /** @throws PkiError `malformed`. */
  constructor(der: Uint8Array) {
    this.der = der;
    const outer = readSequence(der);
    this.#tbs = outer.element(TAG.sequence).bytes;
    this.#identifier = outer.element(TAG.sequence).bytes;
    this.#signature = outer.bitString();
    outer.end();
    const fields = readSequence(this.#tbs);
    const version = fields.peek() === TAG.integer ? fields.smallInteger() : 0;
    if (version > VERSION_2) throw malformed('version of the CRL');
    if (!equalBytes(fields.element(TAG.sequence).bytes, this.#identifier))
      throw malformed('CRL algorithms differ');
    this.issuer = parseName(fields.element(TAG.sequence).bytes);
    this.thisUpdate = fields.time();
    const hasNext = fields.peek() === TAG.utcTime || fields.peek() === TAG.generalizedTime;
    this.nextUpdate = hasNext ? fields.time() : undefined;
    this.entries = new CrlEntries(fields.optional(TAG.sequence)?.content ?? new Uint8Array());
    const extensions = fields.optionalInside(contextConstructed(0));
    fields.end();
    this.#extensions = extensions ? readExtensions(extensions) : new Map();
  }

  get number(): bigint | undefined {
    const number = this.#extensions.get(OID.crlNumber);
    return number && new DerReader(number.value).integer();
  }

  /** Holds only what changed since another list (RFC 5280 §5.2.4), critical or not. */
  get isDelta(): boolean {
    return this.#extensions.has(OID.deltaCrlIndicator);
  }

  /** @throws PkiError `malformed`. */
  get scope(): CrlScope {
    const point = this.#extensions.get(OID.issuingDistributionPoint);
    this.#scope ??= point ? decodeIssuingDistributionPoint(point.value) : COMPLETE_SCOPE;
    return this.#scope;
  }

  /** Certificates that expired since then stay on the list; undefined where they may have been dropped. */
  get retainedSince(): Date | undefined {
    const since = this.#extensions.get(OID.expiredCertsOnCrl);
    return since && new DerReader(since.value).time();
  }

  get unknownCriticalExtensions(): readonly string[] {
    return [...this.#extensions.values()]
      .filter(({ critical, oid }) => critical && !PROCESSED.has(oid))
      .map(({ oid }) => oid);
  }

  /** Whether the response of isSignedBy costs nothing. */
  knowsIssuer(issuer: Certificate): boolean {
    return this.#signedBy.has(toHex(issuer.publicKeySpki));
  }

  /** @throws PkiError `weak-cryptography` or `unsupported-algorithm`. */
  isSignedBy(issuer: Certificate): boolean {
    const key = toHex(issuer.publicKeySpki);
    const known = this.#signedBy.get(key);
    if (known !== undefined) return known;
    const algorithm = readSignatureIdentifier(new DerReader(this.#identifier));
    const valid = verifySignature(algorithm, issuer.publicKey, this.#tbs, this.#signature);
    this.#signedBy.set(key, valid);
    return valid;
  }
}

/** @throws PkiError `malformed`. */
export const parseCrl = (der: Uint8Array): Crl => new Crl(der);
