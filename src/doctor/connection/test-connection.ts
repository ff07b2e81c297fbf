import { OssError, toOssError } from '../../contract/errors.ts';
import {
  CONNECTION_CHECKS,
  type ConnectionFinding,
  type ConnectionTest,
} from '../../contract/ipc/admin/connection-test.ts';
import { particularsOf } from '../../contract/model/provider.ts';
import type { SigningServiceDescription } from '../../contract/model/signing-service.ts';
import { openSigningService, type SigningService, type SigningServiceConfig } from '../../optimizer/index.ts';
import { checkAnchor } from './check-anchor.ts';
import { addressOf, probeAddress, probeRefusal, probeTls } from './probe-tls.ts';
import type { TestedAccess } from './tested-access.ts';

/** Seconds by which the clocks may be apart before it is said, and before it fails. */
const CLOCK_SECONDS = Object.freeze({ noted: 5, failed: 60 });

/** Tries a service step by step and says what was found; stops at a step without which the next makes no sense. */
export async function testConnection(access: TestedAccess, now: () => Date): Promise<ConnectionTest> {
  const findings: ConnectionFinding[] = [];
  const passes = async (finding: ConnectionFinding | Promise<ConnectionFinding>): Promise<boolean> => {
    findings.push(await finding);
    return (await finding).outcome !== 'failed';
  };
  const address = addressOf(access.baseUrl);
  if ((await passes(probeAddress(address))) && (await passes(tlsOf(access)))) {
    await askService(access, now, passes);
  }
  const reached = new Set(findings.map(({ check }) => check));
  const others = CONNECTION_CHECKS.filter((check) => !reached.has(check));
  findings.push(...others.map((check): ConnectionFinding => ({ check, outcome: 'notChecked', facts: {} })));
  return { at: now().toISOString(), findings };
}

const tlsOf = ({ baseUrl, tls }: TestedAccess): ConnectionFinding | Promise<ConnectionFinding> =>
  baseUrl.startsWith('https:')
    ? probeTls(addressOf(baseUrl), tls)
    : { check: 'tls', outcome: 'notChecked', reason: 'loopback', facts: {} };

async function askService(
  access: TestedAccess,
  now: () => Date,
  passes: (finding: ConnectionFinding | Promise<ConnectionFinding>) => Promise<boolean>,
): Promise<void> {
  const { profile } = access;
  const service = openSigningService(configOf(access));
  try {
    const sentAt = now().getTime();
    const info = await service.describe().catch((error: unknown) => toOssError(error));
    if (info instanceof OssError) {
      await passes(await withoutResponse(info, access));
      return;
    }
    const middle = (sentAt + now().getTime()) / 2;
    await passes({ check: 'answer', outcome: 'passed', facts: { name: info.name, version: info.version } });
    await passes(environmentOf(info, profile));
    await passes(clockOf(info, middle));
    await passes(anchorOf(access, info, now()));
    if (!(await passes(admission(service, access)))) return;
    for (const finding of offersOf(service, await service.describe())) await passes(finding);
  } finally {
    await service.close();
  }
}

const anchorOf = (
  { anchors }: TestedAccess,
  { timestampUrl }: SigningServiceDescription,
  now: Date,
): ConnectionFinding | Promise<ConnectionFinding> =>
  timestampUrl === undefined
    ? { check: 'anchor', outcome: 'notChecked', facts: {} }
    : checkAnchor(anchors, timestampUrl, now);

function configOf({ baseUrl, tls, credentials, provider }: TestedAccess): SigningServiceConfig {
  if (!provider) return { kind: 'oneshot', baseUrl, tls, ...(credentials && { credentials }) };
  const { choice, secrets, openBrowser } = provider;
  return { ...choice, tls, secrets, ...(openBrowser && { openBrowser }) };
}

function admission(
  service: SigningService,
  { credentials, provider }: TestedAccess,
): ConnectionFinding | Promise<ConnectionFinding> {
  if (provider) return logIn(service, particularsOf(provider.choice).username ?? '–');
  return credentials ? logIn(service, credentials.username) : notStored;
}

/** What a provider does, and what it does not: the desk has no contract to show then, or stamps by itself. */
function offersOf(
  { registration }: SigningService,
  { profiles, maxDocuments, needsTimestampAuthority = false }: SigningServiceDescription,
): ConnectionFinding[] {
  const keys = [...new Set(profiles.map(({ keyAlgorithm }) => keyAlgorithm))].join(', ');
  const hasContract = registration.contract !== undefined;
  return [
    {
      check: 'offer',
      outcome: 'passed',
      facts: { keys, ...(maxDocuments !== undefined && { documents: maxDocuments }) },
      ...(maxDocuments === undefined && { reason: 'noLimit' as const }),
    },
    hasContract
      ? { check: 'contract', outcome: 'passed', facts: {} }
      : { check: 'contract', outcome: 'warning', reason: 'noContract', facts: {} },
    needsTimestampAuthority
      ? { check: 'timestamps', outcome: 'warning', reason: 'ownTimestamps', facts: {} }
      : { check: 'timestamps', outcome: 'passed', facts: {} },
  ];
}

const notStored: ConnectionFinding = {
  check: 'credentials',
  outcome: 'failed',
  reason: 'notStored',
  facts: {},
};

async function withoutResponse(
  { code }: OssError,
  { baseUrl, tls }: TestedAccess,
): Promise<ConnectionFinding> {
  const isTls = baseUrl.startsWith('https:');
  const reason = isTls ? await probeRefusal(addressOf(baseUrl), tls) : 'other';
  return { check: 'answer', outcome: 'failed', code, facts: {}, ...(reason && { reason }) };
}

function environmentOf(
  { mode, issuer, profiles }: SigningServiceDescription,
  profile: string | undefined,
): ConnectionFinding {
  const offered = profiles.map(({ id }) => id);
  const facts = { mode, issuer, profiles: offered.join(', ') };
  if (profile !== undefined && !offered.includes(profile)) {
    return {
      check: 'environment',
      outcome: 'failed',
      reason: 'profileUnknown',
      facts: { ...facts, profile },
    };
  }
  if (mode === 'sandbox') return { check: 'environment', outcome: 'warning', reason: 'sandbox', facts };
  return { check: 'environment', outcome: 'passed', facts };
}

function clockOf({ time }: SigningServiceDescription, now: number): ConnectionFinding {
  // The service says whole seconds.
  const seconds = Math.round((Date.parse(time) + 500 - now) / 1000);
  const apart = Math.abs(seconds);
  if (apart <= CLOCK_SECONDS.noted) return { check: 'clock', outcome: 'passed', facts: { seconds } };
  const outcome = apart > CLOCK_SECONDS.failed ? 'failed' : 'warning';
  return { check: 'clock', outcome, reason: 'clockApart', facts: { seconds } };
}

async function logIn(service: SigningService, username: string): Promise<ConnectionFinding> {
  try {
    await service.logIn();
    return { check: 'credentials', outcome: 'passed', facts: { username } };
  } catch (thrown) {
    const { code } = toOssError(thrown);
    const reason = code === 'OSS_CREDENTIALS_INVALID' ? 'refusedCredentials' : 'other';
    return { check: 'credentials', outcome: 'failed', reason, code, facts: { username } };
  }
}
