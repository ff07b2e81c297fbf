/** Collects what validators will need: first what is available, then what the authorities publish. */
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
  equalBytes,
  findRevocationGrounds,
  isClearlyAfter,
  PkiError,
  type ProvenMaterial,
  parseCrl,
  type RevocationGround,
  type RevocationMaterial,
  RevocationReader,
  type StatusTime,
  type TimeOfUse,
} from '../../pki/index.ts';
import { reasonOf } from './obtain-timestamp.ts';
import type { ValidationDataSource } from './port.ts';

/** A validated chain and what its revocation data must say. */
export interface ChainNeed {
  readonly chain: readonly Certificate[];
  /** The data must speak for this time or a later one. */
  readonly at: Date;
  /** Of a time stamp that nothing covers: what it says of its time is proven only now. */
  readonly provenBy?: Date;
  /** Data made since then settles the matter; older data only where nothing better can be obtained. */
  readonly since: Date;
}

export interface GatheringOptions {
  /** Data in the file with the time at which each piece is proven to have existed: its signer may have expired since. */
  readonly proven: readonly ProvenMaterial[];
  /** Data without a proof of time. */
  readonly atHand: RevocationMaterial;
  readonly source: ValidationDataSource;
  readonly certificates: CertificateCache;
  readonly now: () => Date;
  /** Told of every attempt, before the next one. */
  readonly onAttempt: (attempt: SourceAttempt) => Promise<void>;
}

const NONCE_BYTES = 32;

/** Gathers for one file. What it has fetched once is as new as can be, and is not fetched again. */
export class ValidationDataGatherer {
  readonly #options: Omit<GatheringOptions, 'proven'>;
  readonly #fetched: FetchedData = { crls: [], ocspResponses: [] };

  constructor(options: Omit<GatheringOptions, 'proven'>) {
    this.#options = options;
  }

  /**
   * The certificates of all chains with the data that settles every certificate that can be revoked; single-use
   * certificates can not (LT-01), and nobody is asked about them. What came along about them is kept: some validators
   * want data about every signer (pyHanko does). Nothing is taken that does not verify (OC-04). Only hosts are asked that
   * certificates of these chains name, all of which lead to the pinned anchor.
   * @throws OssError OSS_VALIDATION_DATA_MISSING, OSS_LEVEL_NOT_POSSIBLE for a certificate that was revoked
   */
  async gather(needs: readonly ChainNeed[], proven: readonly ProvenMaterial[] = []): Promise<ValidationData> {
    const gathering = new Gathering({ ...this.#options, proven }, this.#fetched);
    for (const need of needs) await gathering.add(need);
    return gathering.result();
  }
}

type TimeOfNeed = Omit<ChainNeed, 'chain'>;
/** As it came, also what speaks against a certificate. */
interface FetchedData {
  readonly crls: Uint8Array[];
  readonly ocspResponses: Uint8Array[];
}
type FetchTime = StatusTime & { readonly knownAt: Date };

class Gathering {
  readonly #options: GatheringOptions;
  readonly #certificates = new Set<Certificate>();
  readonly #grounds = new Map<Uint8Array, RevocationGround>();
  readonly #fetched: FetchedData;
  readonly #reader: RevocationReader;

  constructor(options: GatheringOptions, fetched: FetchedData) {
    this.#options = options;
    this.#fetched = fetched;
    this.#reader = new RevocationReader(options.certificates.read);
  }

  async add({ chain, ...need }: ChainNeed): Promise<void> {
    const { at } = need;
    for (const certificate of chain) this.#certificates.add(certificate);
    const open = certificatesInQuestion(chain);
    for (let question = open.pop(); question; question = open.pop()) {
      const found = question.isExempt ? this.#settleExempt(question, at) : await this.#settle(question, need);
      for (const ground of found) {
        this.#certificates.add(ground.signer);
        this.#grounds.set(ground.der, ground);
        open.push(...delegatesInQuestion(ground, question));
      }
    }
  }

  result(): ValidationData {
    const dersOf = (kind: RevocationGround['kind']): Uint8Array[] =>
      [...this.#grounds.values()].filter((one) => one.kind === kind).map(({ der }) => der);
    // Never an empty set: a validator would see no long-term level in it (LT-03).
    if (this.#grounds.size === 0) {
      throw new OssError('OSS_VALIDATION_DATA_MISSING', { reason: 'no certificate has revocation data' });
    }
    return {
      certificates: [...this.#certificates].map(({ der }) => der),
      crls: dersOf('crl'),
      ocspResponses: dersOf('ocsp'),
    };
  }

  /** Nobody needs to publish data about it; data that is present counts nevertheless. */
  #settleExempt(question: CertificateInQuestion, at: Date): RevocationGround[] {
    try {
      return findRevocationGrounds(question, this.#known(), { at }, this.#reader).grounds.slice(0, 1);
    } catch (error) {
      throw asOssError(error);
    }
  }

  /** Not revoked until now, or, of a time stamp that is older, in an orderly way since then (RFC 3161 §4.1). */
  async #settle(question: CertificateInQuestion, need: TimeOfNeed): Promise<RevocationGround[]> {
    const { at, provenBy = at, since } = need;
    try {
      return await this.#settleAt(question, { at: provenBy }, since);
    } catch (error) {
      if (need.provenBy === undefined || !isRevoked(error)) throw asOssError(error);
    }
    try {
      return await this.#settleAt(question, { at, provenBy }, since);
    } catch (error) {
      throw asOssError(error);
    }
  }

  /** All that is present, and something newer where that is older than it should be. */
  async #settleAt(question: CertificateInQuestion, use: TimeOfUse, since: Date): Promise<RevocationGround[]> {
    const time = { ...use, knownAt: this.#options.now() };
    const { grounds, refusal } = findRevocationGrounds(question, this.#known(), use, this.#reader);
    if (grounds.some((one) => one.thisUpdate >= since || this.#isFetched(one))) return grounds;
    const fetched = await this.#fetch(question, time);
    if (fetched) return [...grounds, fetched];
    if (grounds.length > 0) return grounds;
    throw new OssError('OSS_VALIDATION_DATA_MISSING', { reason: refusal.message });
  }

  #isFetched({ kind, der }: RevocationGround): boolean {
    const fetched = kind === 'crl' ? this.#fetched.crls : this.#fetched.ocspResponses;
    return fetched.some((one) => equalBytes(one, der));
  }

  #known(): ProvenMaterial[] {
    const { proven, atHand, now } = this.#options;
    const unproven = {
      crls: [...atHand.crls, ...this.#fetched.crls],
      ocspResponses: [...atHand.ocspResponses, ...this.#fetched.ocspResponses],
      knownAt: now(),
    };
    return [...proven, unproven];
  }

  /** Authorities by their list, which needs no responder; others by OCSP, because lists of many grow large. */
  async #fetch(question: CertificateInQuestion, time: FetchTime): Promise<RevocationGround | undefined> {
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
        const ground = await ask();
        await this.#options.onAttempt({ purpose, url, outcome: 'used' });
        return ground;
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
    time: FetchTime,
  ): Promise<RevocationGround> {
    const der = await this.#options.source.crl(url);
    this.#fetched.crls.push(der);
    const crl = parseCrl(der);
    checkCrl(crl, certificate, issuer, time);
    requireCurrent(crl.nextUpdate, time.knownAt);
    return { kind: 'crl', der, thisUpdate: crl.thisUpdate, signer: issuer };
  }

  async #fetchOcsp(
    url: string,
    { certificate, issuer }: CertificateInQuestion,
    time: FetchTime,
  ): Promise<RevocationGround> {
    const nonce = randomBytes(NONCE_BYTES);
    const der = await this.#options.source.ocsp(url, buildOcspRequest(certificate, issuer, nonce));
    this.#fetched.ocspResponses.push(der);
    const expected = { certificate, issuer, nonce, ...time };
    const verdict = checkOcspResponse(der, expected, this.#options.certificates.read);
    requireCurrent(verdict.nextUpdate, time.knownAt);
    return { kind: 'ocsp', der, thisUpdate: verdict.thisUpdate, signer: verdict.responder };
  }
}

/** A response of today that speaks for yesterday only is a replayed one (OC-04). */
function requireCurrent(nextUpdate: Date | undefined, now: Date): void {
  if (nextUpdate === undefined || isClearlyAfter(now, nextUpdate))
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
