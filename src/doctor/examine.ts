import { setTimeout as delay } from 'node:timers/promises';
import {
  HEALTH_OUTCOMES,
  HEALTH_TOPICS,
  type HealthLine,
  type HealthOutcome,
  type HealthReport,
  type HealthTopic,
} from '../contract/model/health.ts';
import { checkCertificates } from './checks/certificates.ts';
import { checkData } from './checks/data.ts';
import { checkDevices, checkProxy, checkSecrets } from './checks/desk.ts';
import { line } from './checks/line.ts';
import { checkRuntime } from './checks/runtime.ts';
import { checkService } from './checks/service.ts';
import type { Surroundings } from './surroundings.ts';

/** Longer than every time-out inside a check together. */
const DEADLINE_MS = 60_000;

type Check = (surroundings: Surroundings) => HealthLine | HealthLine[] | Promise<HealthLine | HealthLine[]>;

/** Each with the topic that it speaks of when it fails itself. */
const CHECKS: readonly (readonly [HealthTopic, Check])[] = [
  ['runtime', checkRuntime],
  ['certificate', checkCertificates],
  ['secrets', checkSecrets],
  ['data', checkData],
  ['proxy', checkProxy],
  ['display', checkDevices],
];

/** Looks at everything. A check that fails itself is a line that is broken, never an exception. */
export async function examine(surroundings: Surroundings): Promise<HealthReport> {
  const service = await bounded('service', () => checkService(surroundings));
  // What is asked of the rest depends on whether it is a trial, and that is the service's to say.
  const trial = surroundings.trial || service.some(({ reason }) => reason === 'serviceSandbox');
  const known = { ...surroundings, trial };
  const found = await Promise.all(CHECKS.map(([topic, check]) => bounded(topic, () => check(known))));
  const certificates = [...service, ...found.flat()].some(({ topic }) => topic === 'certificate');
  const none = certificates ? [] : [line('certificate', 'ok', 'certificateNone')];
  const lines = [...service, ...found.flat(), ...none].sort(
    (a, b) => HEALTH_TOPICS.indexOf(a.topic) - HEALTH_TOPICS.indexOf(b.topic),
  );
  return {
    at: surroundings.now().toISOString(),
    version: surroundings.version,
    outcome: worstOf(lines),
    lines,
  };
}

export const worstOf = (lines: readonly Pick<HealthLine, 'outcome'>[]): HealthOutcome =>
  HEALTH_OUTCOMES.findLast((outcome) => lines.some((line) => line.outcome === outcome)) ?? 'ok';

/** For anyone who monitors: 0 well, 1 worth a look, 2 broken. */
export const exitCodeOf = ({ outcome }: Pick<HealthReport, 'outcome'>): number =>
  HEALTH_OUTCOMES.indexOf(outcome);

async function bounded(topic: HealthTopic, check: () => ReturnType<Check>): Promise<readonly HealthLine[]> {
  const done = new AbortController();
  const late = delay(DEADLINE_MS, undefined, { signal: done.signal, ref: false }).then(
    () => line(topic, 'broken', 'checkFailed', { why: 'time' }),
    () => [],
  );
  try {
    return [await Promise.race([Promise.resolve().then(check), late])].flat();
  } catch (thrown) {
    // The kind of the error only: its message may name a person or a file.
    return [line(topic, 'broken', 'checkFailed', { why: thrown instanceof Error ? thrown.name : 'unknown' })];
  } finally {
    done.abort();
  }
}
