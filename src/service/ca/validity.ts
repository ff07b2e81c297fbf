/** When a single-use certificate is valid, and whether those who issue it are. */
import { OssError } from '../../contract/errors.ts';
import { wholeSeconds } from '../../contract/model/encoding.ts';
import { BACKDATE_SECONDS } from '../settings/lint.ts';
import type { ProfileConfig } from '../settings/profiles.ts';
import type { Authorities } from './authority.ts';

interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** @param earliest of the claimed signing times that the certificate has to cover, in ms */
export function plannedValidity(
  earliest: number,
  { validityMinutes }: Pick<ProfileConfig, 'validityMinutes'>,
): Validity {
  const notBefore = wholeSeconds(new Date(earliest - BACKDATE_SECONDS * 1000));
  return { notBefore, notAfter: new Date(notBefore.getTime() + validityMinutes * 60_000) };
}

/**
 * Asked before a code goes out and before it is used up: a certificate that begins before its issuer or ends after it
 * is not issued (RFC 5280 §4.1.2.5).
 * @throws OssError OSS_TIME_NOT_AVAILABLE where an authority has not begun: the clock was set back, and will be set
 *   right; OSS_CERTIFICATE_LINT where one ends too soon
 */
export function assertWithinAuthorities(
  { root, issuing, tsa }: Pick<Authorities, 'root' | 'issuing' | 'tsa'>,
  { notBefore, notAfter }: Validity,
): void {
  for (const { certificate } of [root, issuing, tsa]) {
    const name = `"${certificate.subject.text}"`;
    if (notBefore < certificate.notBefore)
      throw new OssError('OSS_TIME_NOT_AVAILABLE', {
        reason: `the clock is before the beginning of ${name}`,
      });
    if (notAfter > certificate.notAfter)
      throw new OssError('OSS_CERTIFICATE_LINT', { reason: `${name} ends too soon` });
  }
}
