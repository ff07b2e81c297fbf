import { OssError } from '../../contract/errors.ts';

/** Clocks of offices go wrong by minutes; a header that is further away is no clock. */
const FARTHEST_MS = 15 * 60_000;

/**
 * The time that another provider names in passing. It becomes the claimed time of signatures, and the time by which
 * its certificates are judged: without a bound it could make one hold that has long ended.
 * @throws OssError OSS_SIGNING_CLOCK_SKEW (details: skewSeconds)
 */
export function believedTime(named: Date, now: Date): Date {
  const ahead = named.getTime() - now.getTime();
  if (Math.abs(ahead) <= FARTHEST_MS) return named;
  throw new OssError('OSS_SIGNING_CLOCK_SKEW', { skewSeconds: Math.ceil(Math.abs(ahead) / 1000) });
}
