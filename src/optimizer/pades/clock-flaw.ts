import { OssError } from '../../contract/errors.ts';
import type { Check, CheckReason, VerifiedSignature } from '../../contract/model/verification.ts';

/** What a clock says that is behind, whatever the file is: either clock is wrong, and time mends it. */
const OF_CLOCK: readonly CheckReason[] = ['timestampNotYetValid', 'timestampInFuture'];

/** The first check that did not pass. */
export const flawIn = ({ checks }: VerifiedSignature): Check | undefined =>
  checks.find(({ outcome }) => outcome === 'failed' || outcome === 'undecided');

/** Retryable, unlike a signature that does not hold; undefined where something else than the clock speaks against it. */
export function clockFlawIn(report: VerifiedSignature): OssError | undefined {
  const flaw = flawIn(report);
  if (flaw?.reason === undefined || !OF_CLOCK.includes(flaw.reason)) return undefined;
  return new OssError('OSS_CLOCK_WRONG', { field: report.field, reason: flaw.sentence });
}
