import type { HealthLine, HealthReport } from '../contract/model/health.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Facts that say nothing about a person, a customer or an institution, and how each must look to be let through. Every
 * other one is left out, also one that is added later.
 */
const LET_THROUGH: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    version: /^\d+\.\d+\.\d+(-[a-z0-9.]+)?$/,
    runtime: /^\d+\.\d+\.\d+(-[a-z0-9.]+)?$/,
    name: /^(Node|Electron)$/,
    code: /^OSS_[A-Z_]+$/,
    date: /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/,
    days: /^-?\d{1,6}$/,
    seconds: /^\d{1,9}$/,
    megabytes: /^\d{1,12}$/,
    count: /^\d{1,4}$/,
    parts: /^(database|keys|clock|timestamp|sms|, )+$/,
    variables: /^(https?_proxy|all_proxy|, )+$/i,
  }),
);

/** What a person may send to support: what was found, without names, addresses, paths or numbers of anybody. */
export interface SupportBundle {
  readonly kind: 'one-shot-support';
  readonly formatVersion: 1;
  readonly at: string;
  readonly version: string;
  readonly runtime: string;
  readonly platform: string;
  readonly architecture: string;
  readonly role: Surroundings['role'];
  readonly trial: boolean;
  readonly outcome: HealthReport['outcome'];
  readonly lines: readonly HealthLine[];
}

export function supportBundle(
  report: HealthReport,
  { runtime, role, trial }: Pick<Surroundings, 'runtime' | 'role' | 'trial'>,
): SupportBundle {
  return {
    kind: 'one-shot-support',
    formatVersion: 1,
    at: report.at,
    version: report.version,
    runtime: `${runtime.name} ${runtime.version}`,
    platform: process.platform,
    architecture: process.arch,
    role,
    trial,
    outcome: report.outcome,
    lines: report.lines.map((line) => ({ ...line, facts: masked(line.facts) })),
  };
}

const masked = (facts: HealthLine['facts']): HealthLine['facts'] =>
  Object.fromEntries(
    Object.entries(facts).filter(([key, value]) => LET_THROUGH.get(key)?.test(String(value)) === true),
  );
