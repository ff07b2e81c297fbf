/** Remembers certificates that come again with every signature (authorities, TSA): loading a key costs more than a signature check. */
import { OID } from '../oids.ts';
import { Certificate } from './certificate.ts';

const DEFAULT_CAPACITY = 200;
const OF_SERVICES: readonly string[] = [OID.purposeTimeStamping, OID.purposeOcspSigning];

export class CertificateCache {
  readonly #capacity: number;
  readonly #certificates = new Map<string, Certificate>();

  constructor(capacity = DEFAULT_CAPACITY) {
    this.#capacity = capacity;
  }

  /**
   * The same object for the same bytes; the least recently read is forgotten first.
   * @throws as parseCertificate does.
   */
  readonly read = (der: Uint8Array): Certificate => {
    const key = Buffer.from(der.buffer, der.byteOffset, der.byteLength).toString('latin1');
    // A copy, so that a cached certificate does not hold the whole file it was a view of.
    const certificate = this.#certificates.get(key) ?? new Certificate(Uint8Array.from(der));
    this.#certificates.delete(key);
    this.#certificates.set(key, certificate);
    const [oldest] = this.#certificates.keys();
    if (this.#certificates.size > this.#capacity && oldest !== undefined) this.#certificates.delete(oldest);
    return certificate;
  };

  /** Forgets the certificates of people, which do not come again: each is of one transaction, and says who somebody is. */
  forgetPeople(): void {
    for (const [key, certificate] of this.#certificates)
      if (!comesAgain(certificate)) this.#certificates.delete(key);
  }
}

/** Of authorities, and of those who stamp and answer for them. */
function comesAgain(certificate: Certificate): boolean {
  try {
    const { basicConstraints, extendedKeyUsage = [] } = certificate;
    return basicConstraints.ca || extendedKeyUsage.some((usage) => OF_SERVICES.includes(usage));
  } catch {
    return false; // An extension that nobody can read.
  }
}
