import type { Check, CheckReason, VerificationReport } from '../../../contract/model/verification.ts';

export type Verdict = VerificationReport['verdict'];

/** One failed check fails the whole; one undecided check leaves it undecided (EN 319 102-1 §5.1.3). */
export function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('invalid')) return 'invalid';
  return verdicts.includes('undecided') ? 'undecided' : 'valid';
}

export const verdictOf = (checks: readonly Check[]): Verdict =>
  worst(
    checks.map(({ outcome }) =>
      outcome === 'failed' ? 'invalid' : outcome === 'undecided' ? 'undecided' : 'valid',
    ),
  );

/** A time as a sentence gives it. */
export const asInstant = (time: Date): string => `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;

export const passed = (name: Check['name'], sentence: string): Check => ({
  name,
  outcome: 'passed',
  sentence,
});
export const failed = (name: Check['name'], sentence: string, reason: CheckReason): Check => ({
  name,
  outcome: 'failed',
  reason,
  sentence,
});
export const undecided = (name: Check['name'], sentence: string, reason: CheckReason): Check => ({
  name,
  outcome: 'undecided',
  reason,
  sentence,
});
export const none = (name: Check['name'], sentence: string, reason: CheckReason): Check => ({
  name,
  outcome: 'none',
  reason,
  sentence,
});
