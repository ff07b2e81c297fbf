/** Document time stamps, newest first: each is judged at the time that the next later one proves (EN 319 102-1 §5.6). */
import type { Check, VerifiedDocumentTimestamp } from '../../../contract/model/verification.ts';
import type { PdfDocument, PdfSignature } from '../../../pdf/index.ts';
import {
  type Certificate,
  type CertificatePool,
  derFromBer,
  digestNameOf,
  isClearlyAfter,
  PkiError,
  type ProvenMaterial,
  parseForeignSignedData,
  parseTimestampToken,
  type VerifiedTimestamp,
  verifyTimestampToken,
} from '../../../pki/index.ts';
import { coverageCheck } from '../envelope/coverage.ts';
import type { DigestRange } from '../envelope/envelope.ts';
import { type PathOptions, trustedPath } from '../envelope/path-options.ts';
import { asInstant, failed, none, passed, undecided, verdictOf } from '../envelope/verdict.ts';
import { futureTimestamp } from './future-timestamp.ts';
import { revocationStatus } from './revocation-status.ts';
import { timestampRefusal, withdrawnAuthority } from './timestamp-refusal.ts';
import { unsettled } from './unsettled.ts';

export interface JudgedDocumentTimestamp {
  readonly signature: PdfSignature;
  readonly report: VerifiedDocumentTimestamp;
  /** What it proves; undefined where it proves nothing to us. */
  readonly verified: VerifiedTimestamp | undefined;
  /** Certificates that the token carries. */
  readonly certificates: readonly Certificate[];
}

interface TokenOptions extends PathOptions {
  readonly digestRange: DigestRange;
  readonly pool: CertificatePool;
  /** The time of verification: `at` may be an earlier one. */
  readonly now: Date;
}

/** `options.at`: the time at which the authority's path must be valid. */
export async function judgeDocumentTimestamp(
  pdf: PdfDocument,
  signature: PdfSignature,
  options: TokenOptions & {
    readonly materials: readonly ProvenMaterial[];
  },
): Promise<JudgedDocumentTimestamp> {
  const coverage = await coverageCheck(pdf, signature);
  const { check, verified } = await tokenCheck(signature, options);
  const checks = [coverage, check, ...(verified ? [revocationCheck(verified, options)] : [])];
  const verdict = verdictOf(checks);
  const subject = verified?.tsaCertificate.subject;
  return {
    signature,
    verified: verdict === 'valid' ? verified : undefined,
    certificates: certificatesIn(signature, options),
    report: {
      field: signature.fieldName,
      verdict,
      authority: subject?.commonName ?? subject?.text ?? 'unknown',
      ...(verified === undefined ? {} : { time: verified.genTime.toISOString() }),
      checks,
    },
  };
}

function certificatesIn({ contents }: PdfSignature, { certificates }: TokenOptions): readonly Certificate[] {
  try {
    return parseForeignSignedData(contents, certificates.read).certificates;
  } catch (error) {
    if (error instanceof PkiError) return [];
    throw error;
  }
}

async function tokenCheck(
  signature: PdfSignature,
  { digestRange, pool, at, now, certificates, revocation, ...trust }: TokenOptions,
): Promise<{ check: Check; verified: VerifiedTimestamp | undefined }> {
  if (!signature.byteRange) {
    return {
      check: failed('timestamp', 'The time stamp does not say what it covers.', 'coverageWrong'),
      verified: undefined,
    };
  }
  try {
    const token = derFromBer(signature.contents);
    const { info } = parseTimestampToken(token, certificates.read);
    const imprint = await digestRange(signature.byteRange, digestNameOf(info.imprint.hashOid));
    const expected = { imprint: () => imprint, pool, at, work: revocation.work };
    const verified = trustedPath(
      trust,
      'time-stamp authority',
      (anchors) => verifyTimestampToken(token, { ...expected, anchors }, certificates.read),
      ({ genTime }) => genTime,
    );
    if (!verified) return { check: withdrawnAuthority(), verified: undefined };
    if (isClearlyAfter(verified.genTime, now))
      return { check: futureTimestamp(verified.genTime), verified: undefined };
    if (at < now && isClearlyAfter(verified.genTime, at)) {
      return {
        check: failed('timestamp', 'The time stamp is later than the one that covers it.', 'timestampOrder'),
        verified: undefined,
      };
    }
    const sentence = `Everything before it existed at ${asInstant(verified.genTime)}.`;
    return { check: passed('timestamp', sentence), verified };
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    return { check: timestampRefusal(error), verified: undefined };
  }
}

/** What the file says of the authority when it stamped. Data about the newest one is not there yet: that is no fault. */
function revocationCheck(
  { chain, genTime }: VerifiedTimestamp,
  {
    materials,
    revocation,
    at,
  }: { readonly materials: readonly ProvenMaterial[] } & Pick<PathOptions, 'revocation' | 'at'>,
): Check {
  const use = { role: 'time-stamp authority', chain, at: genTime, provenBy: at } as const;
  const status = revocationStatus(use, materials, revocation);
  switch (status.outcome) {
    case 'good':
      return passed('revocation', 'The time-stamp authority was not revoked.');
    case 'revoked':
      return undecided(
        'revocation',
        `The time-stamp authority was revoked (${status.reason}).`,
        'timestampAuthorityRevoked',
      );
    case 'unknown':
      return none(
        'revocation',
        'The file does not say whether the time-stamp authority was revoked.',
        'revocationUnknown',
      );
    default:
      return unsettled(status);
  }
}
