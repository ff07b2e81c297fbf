/** Collects what validators will need: first what is at hand, then what the authorities publish. */
import { randomBytes } from 'node:crypto';
import { OssError } from '../../contract/errors.ts';
import type { SourceAttempt } from '../../contract/model/transaction.ts';
import type { ValidationData } from '../../pdf/index.ts';
import {
  buildOcspRequest,
  type Certificate,
  type CertificateCache,
  type CertificateInQuestion,
  certificatesInQuestion,
  checkCrl,
  checkOcspResponse,
  delegatesInQuestion,
  findRevocationEvidence,
  PkiError,
  type ProvenMaterial,
  parseCrl,
  type RevocationEvidence,
  type RevocationMaterial,
  RevocationReader,
  type StatusTime,
} from '../../pki/index.ts';
import { reasonOf } from './obtain-timestamp.ts';
import type { ValidationDataSource } from './port.ts';

/** A validated chain and what its revocation data must say. */
export interface ChainNeed {
  readonly chain: readonly Certificate[];
  /** The data must speak for this time or a later one. */
  readonly at: Date;
  /** Data made since then settles the matter; older data only where nothing better can be had. */
  readonly since: Date;
}

export interface GatheringOptions {
  /** Data in the file with the time at which each piece is proven to have existed: its signer may have expired since. */
  readonly proven?: readonly ProvenMaterial[];
  /** Data without a proof of time. */
  readonly atHand: RevocationMaterial;
  readonly source: ValidationDataSource;
  readonly certificates: CertificateCache;
  readonly now: () => Date;
  /** Told of every attempt, before the next one. */
  readonly onAttempt: (attempt: SourceAttempt) => Promise<void>;
}

const NONCE_BYTES = 32;

/**
 * The certificates of all chains with the data that settles every certificate that can be revoked; single-use
 * certificates can not (LT-01). Nothing is taken that does not verify (OC-04). Only hosts are asked that
 * certificates of these chains name, all of which lead to the pinned anchor.
 * @throws OssError OSS_VALIDATION_DATA_MISSING, OSS_LEVEL_NOT_POSSIBLE for a certificate that was revoked
 */
export async function gatherValidationData(
  needs: readonly ChainNeed[],
  options: GatheringOptions,
): Promise<ValidationData> {
  const gathering = new Gathering(options);
  for (const need of needs) await gathering.add(need);
  return gathering.result();
}

class Gathering {
  readonly #options: GatheringOptions;
  readonly #certificates = new Set<Certificate>();
  readonly #evidence = new Map<Uint8Array, RevocationEvidence>();
  readonly #fetched: RevocationEvidence[] = [];
  readonly #reader: RevocationReader;

  constructor(options: GatheringOptions) {
    this.#options = options;
    this.#reader = new RevocationReader(options.certificates.read);
  }

  async add({ chain, at, since }: ChainNeed): Promise<void> {
    for (const certificate of chain) this.#certificates.add(certificate);
    const open = certificatesInQuestion(chain);
    for (let question = open.pop(); question; question = open.pop()) {
      if (question.isExempt) {
        this.#requireNotRevoked(question, at);
        continue;
      }
      for (const evidence of await this.#settle(question, at, since)) {
        this.#certificates.add(evidence.signer);
        this.#evidence.set(evidence.der, evidence);
        open.push(...delegatesInQuestion(evidence, question));
      }
    }
  }

  result(): ValidationData {
    const dersOf = (kind: RevocationEvidence['kind']): Uint8Array[] =>
      [...this.#evidence.values()].filter((one) => one.kind === kind).map(({ der }) => der);
    // Never an empty set: a validator would see no long-term level in it (LT-03).
    if (this.#evidence.size === 0) {
      throw new OssError('OSS_VALIDATION_DATA_MISSING', { reason: 'no certificate has revocation data' });
    }
    return {
      certificates: [...this.#certificates].map(({ der }) => der),
      crls: dersOf('crl'),
      ocspResponses: dersOf('ocsp'),
    };
  }

  /** Nobody publishes data about it; data that is present counts nevertheless. */
  #requireNotRevoked(question: CertificateInQuestion, at: Date): void {
    try {
      findRevocationEvidence(question, this.#known(), at, this.#reader);
    } catch (error) {
      throw asOssError(error);
    }
  }

  /** All that is at hand, and something newer where that is older than it should be. */
  async #settle(question: CertificateInQuestion, at: Date, since: Date): Promise<RevocationEvidence[]> {
    const time = { at, knownAt: this.#options.now() };
    try {
      const { evidence, refusal } = findRevocationEvidence(question, this.#known(), at, this.#reader);
      if (evidence.some(({ thisUpdate }) => thisUpdate >= since)) return evidence;
      const fetched = await this.#fetch(question, time);
      if (fetched) {
        this.#fetched.push(fetched);
        return [...evidence, fetched];
      }
      if (evidence.length > 0) return evidence;
      throw new OssError('OSS_VALIDATION_DATA_MISSING', { reason: refusal.message });
    } catch (error) {
      throw asOssError(error);
    }
  }

  #known(): ProvenMaterial[] {
    const { proven = [], atHand, now } = this.#options;
    const { crls, ocspResponses } = atHand;
    const fetched = (kind: RevocationEvidence['kind']): Uint8Array[] =>
      this.#fetched.filter((one) => one.kind === kind).map(({ der }) => der);
    const unproven = {
      crls: [...crls, ...fetched('crl')],
      ocspResponses: [...ocspResponses, ...fetched('ocsp')],
      knownAt: now(),
    };
    return [...proven, unproven];
  }

  /** Authorities by their list, which needs no responder; others by OCSP, because lists of many grow large. */
  async #fetch(
    question: CertificateInQuestion,
    time: Required<StatusTime>,
  ): Promise<RevocationEvidence | undefined> {
    const { crlDistributionPoints, authorityInfoAccess, basicConstraints } = question.certificate;
    const lists = crlDistributionPoints.map((url) => ({
      purpose: 'crl' as const,
      url,
      ask: () => this.#fetchCrl(url, question, time),
    }));
    const responders = authorityInfoAccess.ocsp.map((url) => ({
      purpose: 'ocsp' as const,
      url,
      ask: () => this.#fetchOcsp(url, question, time),
    }));
    for (const { purpose, url, ask } of basicConstraints.ca
      ? [...lists, ...responders]
      : [...responders, ...lists]) {
      try {
        const evidence = await ask();
        await this.#options.onAttempt({ purpose, url, outcome: 'used' });
        return evidence;
      } catch (error) {
        if (isRevoked(error)) throw error;
        await this.#options.onAttempt({ purpose, url, outcome: 'failed', reason: reasonOf(error) });
      }
    }
    return undefined;
  }

  async #fetchCrl(
    url: string,
    { certificate, issuer }: CertificateInQuestion,
    time: Required<StatusTime>,
  ): Promise<RevocationEvidence> {
    const der = await this.#options.source.crl(url);
    const crl = parseCrl(der);
    checkCrl(crl, certificate, issuer, time);
    requireCurrent(crl.nextUpdate, time.knownAt);
    return { kind: 'crl', der, thisUpdate: crl.thisUpdate, signer: issuer };
  }

  async #fetchOcsp(
    url: string,
    { certificate, issuer }: CertificateInQuestion,
    time: Required<StatusTime>,
  ): Promise<RevocationEvidence> {
    const nonce = randomBytes(NONCE_BYTES);
    const der = await this.#options.source.ocsp(url, buildOcspRequest(certificate, issuer, nonce));
    const expected = { certificate, issuer, nonce, ...time };
    const verdict = checkOcspResponse(der, expected, this.#options.certificates.read);
    requireCurrent(verdict.nextUpdate, time.knownAt);
    return { kind: 'ocsp', der, thisUpdate: verdict.thisUpdate, signer: verdict.responder };
  }
}

/** An answer of today that speaks for yesterday only is a replayed one (OC-04). */
function requireCurrent(nextUpdate: Date | undefined, now: Date): void {
  if (nextUpdate === undefined || nextUpdate < now)
    throw new PkiError('revocation-data-stale', 'revocation data past its nextUpdate');
}

const isRevoked = (error: unknown): error is PkiError =>
  error instanceof PkiError && (error.reason === 'revoked' || error.reason === 'revocation-uncertain');

function asOssError(error: unknown): unknown {
  if (isRevoked(error))
    return new OssError('OSS_LEVEL_NOT_POSSIBLE', { reason: `revoked: ${error.message}` }, { cause: error });
  if (error instanceof PkiError && error.reason === 'over-the-bound')
    return new OssError('OSS_LEVEL_NOT_POSSIBLE', { reason: error.message }, { cause: error });
  return error;
}
