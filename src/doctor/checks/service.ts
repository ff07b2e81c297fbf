import { OssError } from '../../contract/errors.ts';
import type { ConnectionFinding, ConnectionTest } from '../../contract/ipc/admin/connection-test.ts';
import type { HealthLine, HealthReason } from '../../contract/model/health.ts';
import type { Readiness } from '../../contract/service-api/readiness.ts';
import { askReadiness } from '../connection/ask-readiness.ts';
import { testConnection } from '../connection/test-connection.ts';
import type { Surroundings } from '../surroundings.ts';
import { certificateLine } from './certificates.ts';
import { line } from './line.ts';
import { checkTrust } from './trust.ts';

/** Everything that is learnt from the service: itself, SMS, clock, and the time stamps and lists behind it. */
export async function checkService(surroundings: Surroundings): Promise<HealthLine[]> {
  const { now, reach } = surroundings;
  try {
    return await reach(async (access) => {
      const [test, readiness] = await Promise.all([testConnection(access, now), askReadiness(access)]);
      const trust = await checkTrust(surroundings, access.anchors, timestampUrlOf(test));
      return [
        ...serviceLines(test, readiness, access.baseUrl),
        smsLine(test, readiness),
        clockLine(test),
        ...trust,
      ];
    });
  } catch (thrown) {
    if (!(thrown instanceof OssError)) throw thrown;
    const { code, message } = thrown;
    const itself =
      code === 'OSS_DATA_IN_USE'
        ? line('service', 'ok', 'serviceInUse')
        : line('service', 'broken', 'serviceFailed', { code, message });
    const outcome = code === 'OSS_DATA_IN_USE' ? 'ok' : 'look';
    const unknown = (['sms', 'clock'] as const).map((topic) => line(topic, outcome, 'notReached'));
    return [itself, ...unknown, ...(await checkTrust(surroundings, surroundings.anchors, undefined))];
  }
}

const find = ({ findings }: ConnectionTest, check: ConnectionFinding['check']) =>
  findings.find((finding) => finding.check === check);

/** Known from the step that asked for one. */
function timestampUrlOf(test: ConnectionTest): string | undefined {
  const url = find(test, 'anchor')?.facts.timestampUrl;
  return typeof url === 'string' ? url : undefined;
}

/** Steps of which each other line tells by itself. */
const TOLD_ELSEWHERE: readonly ConnectionFinding['check'][] = ['clock', 'anchor'];

function serviceLines(test: ConnectionTest, readiness: Readiness | undefined, address: string): HealthLine[] {
  const host = new URL(address).host;
  const failed = test.findings.filter(
    ({ check, outcome, reason }) =>
      outcome === 'failed' && (!TOLD_ELSEWHERE.includes(check) || reason === 'noAnchor'),
  );
  if (failed.length > 0) {
    return failed.map(({ reason, code = '', facts }) =>
      line('service', 'broken', healthReasonOf(reason), { ...namesIn(facts), code, host }),
    );
  }
  const parts = Object.entries(readiness?.checks ?? {}).flatMap(([part, outcome]) =>
    outcome === 'failed' && part !== 'sms' ? [part] : [],
  );
  if (parts.length > 0)
    return [line('service', 'broken', 'serviceNotReady', { host, parts: parts.join(', ') })];
  const { name = '', version = '' } = find(test, 'answer')?.facts ?? {};
  return [
    line('service', 'ok', isSandbox(test) ? 'serviceSandbox' : 'serviceAnswers', { host, name, version }),
    ...tlsCertificate(test, host),
  ];
}

/** A step fails for a reason of its own; what has no sentence here is named by its code. */
function healthReasonOf(reason: ConnectionFinding['reason']): HealthReason {
  switch (reason) {
    case undefined:
    case 'other':
    case 'loopback':
    case 'sandbox':
    case 'clockApart':
    case 'noLimit':
    case 'noContract':
    case 'ownTimestamps':
      return 'serviceFailed';
    default:
      return reason;
  }
}

/** Only what a sentence names. */
function namesIn({ profile, profiles, issuer, why }: ConnectionFinding['facts']): HealthLine['facts'] {
  const given = Object.entries({ profile, profiles, issuer, why }).filter(([, value]) => value !== undefined);
  return { message: '', ...(Object.fromEntries(given) as HealthLine['facts']) };
}

const isSandbox = (test: ConnectionTest): boolean => find(test, 'environment')?.facts.mode === 'sandbox';

/** Days that the TLS certificate of the service has left; anyone who operates it has to renew it. */
function tlsCertificate(test: ConnectionTest, host: string): HealthLine[] {
  const notAfter = find(test, 'tls')?.facts.notAfter;
  if (typeof notAfter !== 'string') return [];
  return [certificateLine({ subject: `TLS ${host}`, notAfter: new Date(notAfter) }, new Date(test.at))];
}

function smsLine(test: ConnectionTest, readiness: Readiness | undefined): HealthLine {
  if (readiness === undefined) return line('sms', 'look', 'notReached');
  if (readiness.checks.sms === 'failed') return line('sms', 'broken', 'smsFailed');
  return line('sms', 'ok', isSandbox(test) ? 'smsSimulated' : 'smsReady');
}

function clockLine(test: ConnectionTest): HealthLine {
  const finding = find(test, 'clock');
  const seconds = Math.abs(Number(finding?.facts.seconds ?? 0));
  switch (finding?.outcome) {
    case 'passed':
      return line('clock', 'ok', 'clockRight', { seconds });
    case 'warning':
      return line('clock', 'look', 'clockApart', { seconds });
    case 'failed':
      return line('clock', 'broken', 'clockApart', { seconds });
    default:
      return line('clock', 'look', 'notReached');
  }
}
