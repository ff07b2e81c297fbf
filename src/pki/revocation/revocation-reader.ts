/** Reads revocation data once, however many certificates and verifications ask for it, and counts what that costs. */
import { createHash } from 'node:crypto';
import { parseCertificate } from '../certificate/certificate.ts';
import { nameKey } from '../certificate/name-comparison.ts';
import type { ReadCertificate } from '../cms/signed-data.ts';
import { PkiError } from '../errors.ts';
import { WorkBudget } from '../path/work-budget.ts';
import { Crl } from './crl.ts';
import { OcspResponse } from './ocsp-response.ts';

/** DER of the revocation data given. */
export interface RevocationMaterial {
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
}

interface Indexed {
  /** By issuer. */
  readonly crls: ReadonlyMap<string, readonly Crl[]>;
  /** By serial number of the certificates that they are about. */
  readonly ocspResponses: ReadonlyMap<bigint, readonly OcspResponse[]>;
}

/** Of one verification. */
export class RevocationReader {
  readonly work: WorkBudget;
  readonly #readCertificate: ReadCertificate;
  /** By digest: what several versions of a file hold is the same data. Undefined for what cannot be read. */
  readonly #crls = new Map<string, Crl | undefined>();
  readonly #ocspResponses = new Map<string, OcspResponse | undefined>();
  readonly #indexed = new WeakMap<RevocationMaterial, Indexed>();

  constructor(readCertificate: ReadCertificate = parseCertificate, work: WorkBudget = new WorkBudget()) {
    this.#readCertificate = readCertificate;
    this.work = work;
  }

  crlsOf(material: RevocationMaterial, issuer: Uint8Array): readonly Crl[] {
    return this.#index(material).crls.get(nameKey(issuer)) ?? [];
  }

  ocspResponsesFor(material: RevocationMaterial, serialNumber: bigint): readonly OcspResponse[] {
    return this.#index(material).ocspResponses.get(serialNumber) ?? [];
  }

  #index(material: RevocationMaterial): Indexed {
    const known = this.#indexed.get(material);
    if (known) return known;
    const crls = new Map<string, Set<Crl>>();
    for (const der of material.crls) {
      const crl = remembered(this.#crls, der, () => new Crl(der));
      if (crl) added(crls, nameKey(crl.issuer.der), crl);
    }
    const ocspResponses = new Map<bigint, Set<OcspResponse>>();
    for (const der of material.ocspResponses) {
      const response = remembered(
        this.#ocspResponses,
        der,
        () => new OcspResponse(der, this.#readCertificate),
      );
      for (const { certId } of response?.responses ?? []) added(ocspResponses, certId.serialNumber, response);
    }
    const indexed = { crls: asLists(crls), ocspResponses: asLists(ocspResponses) };
    this.#indexed.set(material, indexed);
    return indexed;
  }
}

function remembered<T>(known: Map<string, T | undefined>, der: Uint8Array, read: () => T): T | undefined {
  const key = createHash('sha256').update(der).digest('base64');
  if (!known.has(key)) known.set(key, unlessUnreadable(read));
  return known.get(key);
}

/** Data that cannot be read proves nothing and hides nothing. */
function unlessUnreadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof PkiError) return undefined;
    throw error;
  }
}

function added<K, V>(lists: Map<K, Set<V>>, key: K, value: V | undefined): void {
  if (value === undefined) return;
  const list = lists.get(key);
  if (list) list.add(value);
  else lists.set(key, new Set([value]));
}

const asLists = <K, V>(sets: ReadonlyMap<K, ReadonlySet<V>>): ReadonlyMap<K, readonly V[]> =>
  new Map([...sets].map(([key, values]) => [key, [...values]]));
