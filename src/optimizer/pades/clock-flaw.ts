import { OssError } from '../../contract/errors.ts';
import type { Check, CheckReason, VerifiedSignature } from '../../contract/model/verification.ts';

/** What a clock says that is behind, whatever the file is: either clock is wrong, and time mends it. */
const OF_CLOCK: readonly (CheckReason | undefined)[] = ['timestampNotYetValid', 'timestampInFuture'];

/** The first check that did not pass. */
export const flawIn = ({ checks }: Pick<VerifiedSignature, 'checks'>): Check | undefined =>
  checks.find(({ outcome }) => outcome === 'failed' || outcome === 'undecided');

export const isOfClock = (flaw: Check | undefined): flaw is Check => OF_CLOCK.includes(flaw?.reason);

/** Retryable, unlike a signature that does not hold. */
export const clockWrong = (field: string, { sentence }: Check): OssError =>
  new OssError('OSS_CLOCK_WRONG', { field, reason: sentence });
