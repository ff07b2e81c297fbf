import type { OtpSettings } from './otp-settings.ts';
import type { ProfileConfig } from './profiles.ts';

/** How far before the oldest claimed signing time a certificate begins. */
export const BACKDATE_SECONDS = 30;
/** What issuing, signing and time-stamping the largest transaction may take. */
export const ISSUANCE_BUDGET_SECONDS = 60;
/** How far ahead the clock of a client may be. */
export const CLOCK_TOLERANCE_SECONDS = 2;

/**
 * Settings that are each in range and still contradict each other; empty when the configuration can work.
 *
 * Time: `notBefore <= M <= genTime <= notAfter` must hold for every document, M being fixed when the
 * document is prepared and the time stamp coming last (EN 319 142-1 §6.3). Codes: six decimal digits are
 * 19.9 bits, enough with at most three tries (SP 800-63B-4 §3.1.3.2).
 */
export function lintConfig(config: {
  readonly profiles: readonly ProfileConfig[];
  readonly otp: OtpSettings;
  readonly voice?: unknown;
  readonly email?: unknown;
  readonly keys?: { readonly type: string };
  readonly seals?: readonly { readonly id: string }[] | undefined;
}): string[] {
  const findings: string[] = [];
  const { otp, profiles } = config;
  if (otp.digits <= 6 && otp.tries > 3) {
    findings.push('otp: codes of up to 6 digits allow at most 3 tries');
  }
  if (otp.fixedCode !== undefined && otp.fixedCode.length !== otp.digits) {
    findings.push(`otp: fixedCode must have ${otp.digits} digits`);
  }
  for (const profile of profiles) {
    if (profile.keyStorage === 'token' && (config.keys?.type ?? 'software') === 'software') {
      findings.push(`profiles.${profile.id}: keyStorage token needs keys in a device`);
    }
    if (profile.channel !== 'sms' && config[profile.channel] === undefined) {
      findings.push(`profiles.${profile.id}: channel ${profile.channel} has no gateway`);
    }
    const usable = profile.validityMinutes * 60 - BACKDATE_SECONDS - ISSUANCE_BUDGET_SECONDS;
    if (profile.maxManifestAgeSeconds > usable) {
      findings.push(
        `profiles.${profile.id}: maxManifestAgeSeconds is at most ${usable} for a validity of ${profile.validityMinutes} minutes`,
      );
    }
    if (profile.maxManifestAgeSeconds < otp.lifetimeSeconds + ISSUANCE_BUDGET_SECONDS) {
      findings.push(
        `profiles.${profile.id}: maxManifestAgeSeconds leaves no time between preparing and the end of the code`,
      );
    }
  }
  for (const [list, entries] of Object.entries({ profiles, seals: config.seals ?? [] })) {
    const ids = entries.map(({ id }) => id);
    if (new Set(ids).size !== ids.length) findings.push(`${list}: an id is used twice`);
  }
  return findings;
}
