import type { Certificate } from '../certificate/certificate.ts';
import { nameKey } from '../certificate/name-comparison.ts';
import { OID } from '../oids.ts';

/** Certificates found by their subject, however many there are beside them. */
export class CertificatePool {
  readonly certificates: readonly Certificate[];
  readonly #beneath: CertificatePool | undefined;
  #bySubject: ReadonlyMap<string, readonly Certificate[]> | undefined;

  #isConstraining: boolean | undefined;

  /** `beneath`: a pool that is searched as well, after this one. */
  constructor(certificates: readonly Certificate[], beneath?: CertificatePool) {
    this.certificates = certificates;
    this.#beneath = beneath;
  }

  static of(certificates: readonly Certificate[] | CertificatePool): CertificatePool {
    return certificates instanceof CertificatePool ? certificates : new CertificatePool(certificates);
  }

  /** Those whose subject is this name, whatever its encoding. DER Name. */
  named(name: Uint8Array): Certificate[] {
    this.#bySubject ??= bySubject(this.certificates);
    return [...(this.#bySubject.get(nameKey(name)) ?? []), ...(this.#beneath?.named(name) ?? [])];
  }

  /** Whether any of them says which names it may certify. */
  get isConstraining(): boolean {
    this.#isConstraining ??= this.certificates.some((one) => one.hasExtension(OID.nameConstraints));
    return this.#isConstraining || (this.#beneath?.isConstraining ?? false);
  }

  /** All of them, those beneath last. */
  *[Symbol.iterator](): Generator<Certificate> {
    yield* this.certificates;
    if (this.#beneath) yield* this.#beneath;
  }
}

function bySubject(certificates: readonly Certificate[]): ReadonlyMap<string, readonly Certificate[]> {
  const found = new Map<string, Certificate[]>();
  for (const certificate of certificates) {
    const key = nameKey(certificate.subject.der);
    const namesakes = found.get(key);
    if (namesakes) namesakes.push(certificate);
    else found.set(key, [certificate]);
  }
  return found;
}
