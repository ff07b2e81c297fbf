import type { ServiceConfig } from './service-config.ts';

/** What the configuration alone says against a production start; empty when nothing does. */
export function findUnsafeSettings(config: ServiceConfig, smsIsSimulated: boolean): string[] {
  const findings: string[] = [];
  if (config.api.tls === undefined) findings.push('api.tls: the API has no TLS');
  else if (config.api.tls.clientCaFile === undefined)
    findings.push('api.tls.clientCaFile: callers need no certificate (mutual TLS)');
  if (config.masterSecret.from === 'generated')
    findings.push('masterSecret: the one that a sandbox generates is not admitted');
  if (config.publicUrl === undefined)
    findings.push('publicUrl: certificates would carry the address of this machine');
  if (config.otp.digits < 6) findings.push('otp.digits: fewer than 6 digits are for trials only');
  if (config.otp.fixedCode !== undefined) findings.push('otp.fixedCode: a code that everybody knows');
  if (smsIsSimulated) findings.push('sms: the simulated phone is for the sandbox only');
  return findings;
}
