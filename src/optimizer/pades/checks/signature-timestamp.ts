import type { Check } from '../../../contract/model/verification.ts';
import {
  CertificatePool,
  type CmsVerification,
  type DigestName,
  derFromBer,
  digest,
  isClearlyAfter,
  PkiError,
  type VerifiedTimestamp,
  verifyTimestampToken,
} from '../../../pki/index.ts';
import { type PathOptions, trustedPath } from '../envelope/path-options.ts';
import { asInstant, failed, none, passed } from '../envelope/verdict.ts';
import { futureTimestamp } from '../proof/future-timestamp.ts';
import type { OfferedMaterial, TimeProof } from '../proof/offered-material.ts';
import { timestampRefusal, withdrawnAuthority } from '../proof/timestamp-refusal.ts';
import { MAX_TOKENS } from '../proof/token-limit.ts';

export interface PathContext extends PathOptions {
  readonly offered: OfferedMaterial;
  /** The first document time stamp over the signature. */
  readonly proof: TimeProof | undefined;
}

export interface StampedTime {
  readonly check: Check;
  /** Undefined where nothing proves a time. */
  readonly verified: VerifiedTimestamp | undefined;
}

/**
 * Of several time stamps the earliest that holds proves the time; anybody can add one that does not. A later document
 * time stamp proves that the token existed while its authority's certificate was valid.
 */
export function timestampCheck(cms: CmsVerification, context: PathContext): StampedTime {
  const [first, ...others] = cms.timestampTokens
    .slice(0, MAX_TOKENS)
    .map((token) => tokenCheck(token, cms, context));
  if (first === undefined) return documentTimestampCheck(context);
  const holding = [first, ...others].filter(({ verified }) => verified !== undefined);
  return holding.sort((a, b) => timeOf(a) - timeOf(b))[0] ?? first;
}

const timeOf = ({ verified }: StampedTime): number => verified?.genTime.getTime() ?? Number.POSITIVE_INFINITY;

function tokenCheck(
  token: Uint8Array,
  cms: CmsVerification,
  { at, certificates, offered, proof, revocation, ...trust }: PathContext,
): StampedTime {
  const control = proof?.timestamp.genTime ?? at;
  try {
    const der = derFromBer(token);
    const expected = {
      imprint: (hash: DigestName) => digest(hash, cms.signature),
      pool: new CertificatePool(cms.certificates, offered.pool),
      at: control,
      work: revocation.work,
    };
    const verified = trustedPath(
      trust,
      'time-stamp authority',
      (anchors) => verifyTimestampToken(der, { ...expected, anchors }, certificates.read),
      ({ genTime }) => genTime,
    );
    if (!verified) return { check: withdrawnAuthority(), verified: undefined };
    if (isClearlyAfter(verified.genTime, at))
      return { check: futureTimestamp(verified.genTime), verified: undefined };
    if (proof && isClearlyAfter(verified.genTime, control)) {
      return {
        check: failed(
          'timestamp',
          'The time stamp is later than the document time stamp over it.',
          'timestampOrder',
        ),
        verified: undefined,
      };
    }
    return { check: passed('timestamp', attestation(verified)), verified };
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    return { check: timestampRefusal(error), verified: undefined };
  }
}

/** EN 319 142-1 §6.3 T23: a document time stamp proves the time as well. */
function documentTimestampCheck({ proof }: PathContext): StampedTime {
  if (proof) return { check: passed('timestamp', attestation(proof.timestamp)), verified: proof.timestamp };
  return {
    check: none('timestamp', 'There is no time stamp; the signing time is only claimed.', 'timestampMissing'),
    verified: undefined,
  };
}

function attestation({ genTime, tsaCertificate: { subject } }: VerifiedTimestamp): string {
  return `Signed before ${asInstant(genTime)}, as ${subject.commonName ?? subject.text} attests.`;
}
