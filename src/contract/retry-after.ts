import type { OssError } from './errors.ts';

/** Where nobody can say when a part will be back; a second later is not too late for a person who waits. */
export const SOON_SECONDS = 2;

const COME_AGAIN: readonly number[] = [429, 503];

/** For the header Retry-After (RFC 9110 §10.2.3), in seconds; undefined where waiting alone changes nothing. */
export function secondsToWait({ status, retryable, details }: OssError): number | undefined {
  const { retryAfterSeconds } = details;
  if (typeof retryAfterSeconds === 'number') return Math.max(1, Math.ceil(retryAfterSeconds));
  return retryable && COME_AGAIN.includes(status) ? SOON_SECONDS : undefined;
}

/** What the header says, in whole seconds from now: a number, or a date. 0 for anything else. */
export function secondsFrom(header: string | readonly string[] | undefined, now: Date): number {
  const text = (typeof header === 'string' ? header : header?.[0])?.trim() ?? '';
  const seconds = /^\d{1,9}$/.test(text)
    ? Number(text)
    : Math.ceil((Date.parse(text) - now.getTime()) / 1000);
  return Number.isFinite(seconds) ? Math.max(seconds, 0) : 0;
}
