import { OssError } from '../../contract/errors.ts';
import type { OtpSettings } from '../config/otp-settings.ts';

export const LIMIT_WINDOW_MS = 60 * 60_000;

export interface SendingHistory {
  readonly codesOfRequest: number;
  readonly lastOfRequest: number | undefined;
  /** Times of the codes that went to this signer within the last hour, over all requests, and were not used. */
  readonly signerSentAt: readonly number[];
}

/** Milliseconds between a code and the next, when the signer has had so many within the hour. */
export const waitAfter = (
  sentWithinHour: number,
  settings: Pick<OtpSettings, 'resendAfterSeconds'>,
): number => settings.resendAfterSeconds * 1000 * 2 ** Math.max(0, sentWithinHour - 1);

/**
 * Whether a code may be sent now (SP 800-63B-4 §3.2.2: the limit is the signer's, not the challenge's).
 * @throws OssError OSS_OTP_LIMIT, OSS_OTP_TOO_SOON (details: retryAfterSeconds)
 */
export function assertMaySend(history: SendingHistory, settings: OtpSettings, now: number): void {
  const { codesOfRequest, lastOfRequest, signerSentAt } = history;
  if (codesOfRequest >= settings.codesPerRequest) {
    throw new OssError('OSS_OTP_LIMIT', { codes: settings.codesPerRequest });
  }
  const [oldest] = signerSentAt;
  if (oldest !== undefined && signerSentAt.length >= settings.codesPerSignerPerHour) {
    const retryAfterSeconds = Math.ceil((oldest + LIMIT_WINDOW_MS - now) / 1000);
    throw new OssError('OSS_OTP_LIMIT', { codesPerHour: settings.codesPerSignerPerHour, retryAfterSeconds });
  }
  const last = Math.max(lastOfRequest ?? 0, signerSentAt.at(-1) ?? 0);
  const wait = last + waitAfter(signerSentAt.length, settings) - now;
  if (last > 0 && wait > 0) {
    throw new OssError('OSS_OTP_TOO_SOON', { retryAfterSeconds: Math.ceil(wait / 1000) });
  }
}
