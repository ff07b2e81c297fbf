import type { Check } from '../../../contract/model/verification.ts';
import type { Certificate } from '../../../pki/index.ts';
import { asInstant, none, undecided } from '../envelope/verdict.ts';

/** A clock that is wrong by its time zone is wrong by less. */
const TOLERANCE = 24 * 60 * 60 * 1000;

/**
 * Whether /M, which is shown as the time of signing, can be true. The signer wrote it, and it proves nothing; but a
 * reader sees it, and one that contradicts what is proven misleads. Without a time stamp it is told apart from the proven
 * time anyway. Undefined where there is nothing to say.
 */
export function claimedTimeCheck(
  claimed: Date | undefined,
  { notBefore, notAfter }: Certificate,
  provenTime: Date | undefined,
  now: Date,
): Check | undefined {
  if (claimed === undefined) return undefined;
  const said = `The signature says that it was made at ${asInstant(claimed)}`;
  const latest = provenTime ?? now;
  if (isLater(claimed, latest))
    return implausible(`${said}, but it existed at ${asInstant(latest)} already.`);
  const isOutside = isLater(notBefore, claimed) || isLater(claimed, notAfter);
  const period = `its certificate is valid from ${asInstant(notBefore)} to ${asInstant(notAfter)}`;
  if (isOutside && provenTime) return implausible(`${said}, but ${period}.`);
  if (isOutside) return remark(`${said}, but ${period}; nothing proves the time.`);
  if (provenTime && isLater(provenTime, claimed))
    return remark(`${said}, and nothing proves that it existed before ${asInstant(provenTime)}.`);
  return undefined;
}

const isLater = (one: Date, other: Date): boolean => one.getTime() > other.getTime() + TOLERANCE;

const implausible = (sentence: string): Check => undecided('timestamp', sentence, 'claimedTimeImplausible');
const remark = (sentence: string): Check => none('timestamp', sentence, 'claimedTimeImplausible');
