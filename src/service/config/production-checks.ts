import { SIGNED_DAYS } from '../settings/signed-days.ts';
import type { ServiceConfig } from './service-config.ts';

const CHANNEL_WEAKNESS = {
  voice: 'a call may be diverted or answered by somebody else',
  email: 'a mailbox proves no phone: anyone who reads it gets the code',
} as const;

/**
 * What a configuration admits that weakens what a code proves (docs/threat-model.md). It is the operator's to decide, so
 * it is not refused; a production service names it at every start.
 */
export function describeExceptions({ profiles }: Pick<ServiceConfig, 'profiles'>): string[] {
  return profiles.flatMap(({ id, bindToContents, externalAuthentication, channel }) => [
    ...(bindToContents
      ? [`profiles.${id}.bindToContents: a code authorises the documents, not the look of their signatures`]
      : []),
    ...(externalAuthentication
      ? [
          `profiles.${id}.externalAuthentication: a caller may sign without a code, on a proof that is not checked here`,
        ]
      : []),
    ...(channel === 'sms' ? [] : [`profiles.${id}.channel: ${CHANNEL_WEAKNESS[channel]}`]),
  ]);
}

/** What the configuration alone says against a production start; empty when nothing does. */
export function findUnsafeSettings(config: ServiceConfig, smsIsSimulated: boolean): string[] {
  const findings: string[] = [];
  if (config.csc && config.csc.tls === undefined) findings.push('csc.tls: the CSC interface has no TLS');
  if (config.api.tls === undefined) findings.push('api.tls: the API has no TLS');
  else if (config.api.tls.clientCaFile === undefined)
    findings.push('api.tls.clientCaFile: callers need no certificate (mutual TLS)');
  if (config.masterSecret.from === 'generated')
    findings.push('masterSecret: the one that a sandbox generates is not admitted');
  if (config.publicUrl === undefined)
    findings.push('publicUrl: certificates would carry the address of this machine');
  if (config.retention.signedDays < SIGNED_DAYS)
    findings.push(`retention.signedDays: fewer than ${SIGNED_DAYS} (seven years) are for trials only`);
  for (const { id, officers } of config.seals ?? [])
    if (officers === undefined) findings.push(`seals.${id}.officers: name who may use it`);
  if (config.otp.digits < 6) findings.push('otp.digits: fewer than 6 digits are for trials only');
  if (config.otp.fixedCode !== undefined) findings.push('otp.fixedCode: a code that everybody knows');
  if (smsIsSimulated) findings.push('sms: the simulated phone is for the sandbox only');
  return findings;
}
