import { describe, expect, it } from 'vitest';
import { JUDGES, PROGRAMS } from '../../../scripts/prerequisites.mjs';

const PREREQUISITES = [...PROGRAMS, ...JUDGES];

/** Why a judge cannot be asked, or undefined where it can. */
export function missing(name: string): string | undefined {
  const prerequisite = PREREQUISITES.find((candidate) => candidate.name === name);
  if (!prerequisite) throw new Error(`${name} is not among the prerequisites`);
  return prerequisite.missing();
}

/**
 * Tests that need a judge. Without it they are skipped, and the reason stands in their name; on a build
 * machine (CI) its absence is a failure.
 */
export function describeWithJudge(name: string, title: string, tests: () => void): void {
  const reason = missing(name);
  if (!reason) describe(title, tests);
  else if (process.env.CI) it(title, () => expect.unreachable(`${name}: ${reason}`));
  else it.skip(`${title} (skipped: ${reason})`, () => undefined);
}
