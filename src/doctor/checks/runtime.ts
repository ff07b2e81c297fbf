import type { HealthLine } from '../../contract/model/health.ts';
import { endOfLife } from '../end-of-life.ts';
import type { Surroundings } from '../surroundings.ts';
import { daysBetween, line } from './line.ts';

/** As package.json says in `engines`. */
const OLDEST_NODE: readonly [number, number] = [20, 19];
/** So long before the end it is said, in days. */
const NOTICE_DAYS = 60;

/** Which version it is, and whether what runs it still gets security fixes. */
export function checkRuntime({ version, system, runtime, trial, now }: Surroundings): HealthLine[] {
  const program = line('program', 'ok', 'version', { version, system });
  const { name } = runtime;
  const facts = { name, runtime: runtime.version };
  if (isTooOld(runtime)) return [program, line('runtime', 'broken', 'runtimeTooOld', facts)];
  const end = endOfLife(runtime);
  if (end === undefined) return [program, line('runtime', 'ok', 'runtimeUnknown', facts)];
  const days = daysBetween(now(), end);
  const withEnd = { ...facts, date: end.toISOString(), days };
  if (end <= now()) return [program, line('runtime', trial ? 'ok' : 'look', 'runtimeEnded', withEnd)];
  const reason = days < NOTICE_DAYS ? 'runtimeEnding' : 'runtimeSupported';
  return [program, line('runtime', 'ok', reason, withEnd)];
}

function isTooOld({ name, version }: Surroundings['runtime']): boolean {
  if (name !== 'Node') return false;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
}
