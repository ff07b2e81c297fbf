import { backoff } from '../../base/backoff.ts';
import { OssError } from '../../contract/errors.ts';
import type { OtpSettings } from '../settings/otp-settings.ts';
import type { SentCodes } from '../store/sent-code-repository.ts';
import type { SubjectKind } from './sending-subjects.ts';

const HOUR_MS = 60 * 60_000;
/** How far back the limits look. */
export const LIMIT_WINDOW_MS = 24 * HOUR_MS;

/** What went to a phone or a person within the window, over all requests. */
export interface SubjectHistory extends SentCodes {
  readonly kind: SubjectKind;
}

export interface SendingHistory {
  readonly codesOfRequest: number;
  readonly lastOfRequest: number | undefined;
  readonly subjects: readonly SubjectHistory[];
}

const within = (times: readonly number[], window: number, now: number): readonly number[] =>
  times.filter((time) => time > now - window);

/** Milliseconds between a code and the next, when there were so many within the hour. */
const waitAfter = (sentWithinHour: number, settings: Pick<OtpSettings, 'resendAfterSeconds'>): number =>
  backoff(
    { free: 0, firstMs: settings.resendAfterSeconds * 1000, longestMs: Number.POSITIVE_INFINITY },
    Math.max(1, sentWithinHour),
  );

/** Milliseconds that pass before another code, once one more has been sent. */
export const waitAfterNext = (
  subjects: readonly SubjectHistory[],
  settings: Pick<OtpSettings, 'resendAfterSeconds'>,
  now: number,
): number =>
  Math.max(...subjects.map(({ unusedAt }) => waitAfter(within(unusedAt, HOUR_MS, now).length + 1, settings)));

/**
 * Whether a code may be sent now (SP 800-63B-4 §3.2.2: the limit is the signer's and the phone's, not the
 * challenge's).
 * @throws OssError OSS_OTP_LIMIT, OSS_OTP_TOO_SOON (details: retryAfterSeconds)
 */
export function assertMaySend(history: SendingHistory, settings: OtpSettings, now: number): void {
  const { codesOfRequest, lastOfRequest, subjects } = history;
  if (codesOfRequest >= settings.codesPerRequest) {
    throw new OssError('OSS_OTP_LIMIT', { codes: settings.codesPerRequest });
  }
  for (const subject of subjects) {
    for (const limit of limitsOf(subject, settings)) assertBelow(limit, now);
  }
  const waits = subjects.map(({ unusedAt }) => {
    const sent = within(unusedAt, HOUR_MS, now);
    const last = Math.max(lastOfRequest ?? 0, sent.at(-1) ?? 0);
    return last === 0 ? 0 : last + waitAfter(sent.length, settings) - now;
  });
  const wait = Math.max(0, ...waits);
  if (wait > 0) throw new OssError('OSS_OTP_TOO_SOON', { retryAfterSeconds: Math.ceil(wait / 1000) });
}

interface Limit {
  readonly times: readonly number[];
  readonly window: number;
  readonly most: number;
}

function limitsOf({ kind, unusedAt, usedAt }: SubjectHistory, settings: OtpSettings): readonly Limit[] {
  if (kind === 'signer') {
    return [
      { times: unusedAt, window: HOUR_MS, most: settings.codesPerSignerPerHour },
      { times: unusedAt, window: LIMIT_WINDOW_MS, most: settings.codesPerSignerPerDay },
    ];
  }
  const all = [...unusedAt, ...usedAt].sort((a, b) => a - b);
  return [
    { times: unusedAt, window: HOUR_MS, most: settings.codesPerPhonePerHour },
    { times: unusedAt, window: LIMIT_WINDOW_MS, most: settings.codesPerPhonePerDay },
    { times: all, window: LIMIT_WINDOW_MS, most: settings.messagesPerPhonePerDay },
  ];
}

/** The next one may go when the oldest of the last `most` leaves the window. */
function assertBelow({ times, window, most }: Limit, now: number): void {
  const oldest = within(times, window, now).at(-most);
  if (oldest === undefined) return;
  const retryAfterSeconds = Math.ceil((oldest + window - now) / 1000);
  throw new OssError('OSS_OTP_LIMIT', { codes: most, windowHours: window / HOUR_MS, retryAfterSeconds });
}
