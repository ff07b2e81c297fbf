import type { HealthLine, HealthOutcome, HealthReason, HealthTopic } from '../../contract/model/health.ts';

const DAY_MS = 86_400_000;

export const line = (
  topic: HealthTopic,
  outcome: HealthOutcome,
  reason: HealthReason,
  facts: HealthLine['facts'] = {},
): HealthLine => ({ topic, outcome, reason, facts });

/** Whole days from one time to another; less than one is none. */
export const daysBetween = (from: Date, to: Date): number =>
  Math.trunc((to.getTime() - from.getTime()) / DAY_MS);
