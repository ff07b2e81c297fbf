import type { HealthLine, HealthOutcome, HealthReason, HealthTopic } from '../../contract/model/health.ts';
import type { Surroundings } from '../surroundings.ts';
import { line } from './line.ts';

const PROXY_VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY'] as const;

/** Where the secrets are. A command line takes them from its environment and keeps none. */
export async function checkSecrets({ role, trial, secrets }: Surroundings): Promise<HealthLine> {
  if (role === 'commandLine') return line('secrets', 'ok', 'secretsNotNeeded');
  const state = await secrets();
  if (state === 'keychain') return line('secrets', 'ok', 'keychain');
  if (state === 'locked') return line('secrets', trial ? 'ok' : 'look', 'secretsLocked');
  return line('secrets', trial ? 'ok' : 'look', 'passphraseFile');
}

/** The names only: a value may hold a password. */
export function checkProxy({ environment }: Surroundings): HealthLine {
  const setOf = (names: readonly string[]): string =>
    names
      .flatMap((name) => [name, name.toLowerCase()])
      .filter((variable) => (environment[variable] ?? '') !== '')
      .join(', ');
  const [used, unused] = [setOf(PROXY_VARIABLES), setOf(['ALL_PROXY'])];
  if (used !== '') return line('proxy', 'ok', 'proxyUsed', { variables: used });
  return unused === ''
    ? line('proxy', 'ok', 'proxyNone')
    : line('proxy', 'look', 'proxyUnused', { variables: unused });
}

/** Without a display there is no station; without a printer evidence and reports are saved as files. */
export async function checkDevices({ role, displays, printers }: Surroundings): Promise<HealthLine[]> {
  return Promise.all([
    counted(
      'display',
      displays,
      { some: 'displays', none: 'displayNone', idle: 'displayNotNeeded' },
      role,
      'broken',
    ),
    counted(
      'printer',
      printers,
      { some: 'printers', none: 'printerNone', idle: 'printerNotNeeded' },
      role,
      'look',
    ),
  ]);
}

interface Reasons {
  readonly some: HealthReason;
  readonly none: HealthReason;
  /** None, and none is needed. */
  readonly idle: HealthReason;
}

async function counted(
  topic: HealthTopic,
  count: () => Promise<number>,
  { some, none, idle }: Reasons,
  role: Surroundings['role'],
  missing: HealthOutcome,
): Promise<HealthLine> {
  const found = await count();
  if (found > 0) return line(topic, 'ok', some, { count: found });
  return role === 'desk' ? line(topic, missing, none) : line(topic, 'ok', idle);
}
