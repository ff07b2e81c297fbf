import { OssError } from '../../contract/errors.ts';
import type { Manifest } from '../../contract/model/manifest.ts';
import { CLOCK_TOLERANCE_SECONDS } from '../settings/lint.ts';

/** The claimed signing times of a manifest in milliseconds: earliest and latest. */
export function claimedTimes(manifest: Manifest): { readonly earliest: number; readonly latest: number } {
  const times = manifest.map((entry) => Date.parse(entry.claimedSigningTime));
  return { earliest: Math.min(...times), latest: Math.max(...times) };
}

/**
 * Whether a certificate issued now can still cover every claimed signing time (EN 319 142-1 §6.3: M lies
 * within its validity, before the time stamp).
 * @throws OssError OSS_SIGNING_PREPARED_TOO_LONG_AGO, OSS_SIGNING_CLOCK_SKEW (details: skewSeconds)
 */
export function assertManifestAge(manifest: Manifest, maxAgeSeconds: number, now: number): void {
  const { earliest, latest } = claimedTimes(manifest);
  const ahead = (latest - now) / 1000;
  if (ahead > CLOCK_TOLERANCE_SECONDS) {
    throw new OssError('OSS_SIGNING_CLOCK_SKEW', { skewSeconds: Math.ceil(ahead) });
  }
  const age = (now - earliest) / 1000;
  if (age > maxAgeSeconds) {
    throw new OssError('OSS_SIGNING_PREPARED_TOO_LONG_AGO', {
      ageSeconds: Math.floor(age),
      maxAgeSeconds,
    });
  }
}
