import { certificatesInQuestion, type ProvenMaterial, type VerifiedTimestamp } from '../../pki/index.ts';
import type { ValidationDataGatherer } from './gather-validation-data.ts';

/** Data made this long before a time stamp, in milliseconds, speaks for it: what was gathered a moment ago does. */
const CURRENT_FOR = 5 * 60_000;

/**
 * Nothing is known of an authority that names nobody to ask; anything else must be settled (EN 319 102-1 §5.4).
 * @throws OssError OSS_VALIDATION_DATA_MISSING, OSS_LEVEL_NOT_POSSIBLE where it was revoked
 */
export async function requireNotRevoked(
  { chain, genTime }: VerifiedTimestamp,
  gatherer: ValidationDataGatherer,
  proven: readonly ProvenMaterial[],
  now: Date,
): Promise<void> {
  const open = certificatesInQuestion(chain).filter(({ isExempt }) => !isExempt);
  const isSilent = open.every(
    ({ certificate: { crlDistributionPoints, authorityInfoAccess } }) =>
      crlDistributionPoints.length + authorityInfoAccess.ocsp.length === 0,
  );
  if (isSilent) return;
  const since = new Date(genTime.getTime() - CURRENT_FOR);
  await gatherer.gather([{ chain, at: now, since }], proven);
}
