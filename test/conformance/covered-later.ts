import type { VerifiedSignature } from '../../src/contract/model/verification.ts';

/** A later mark over what was signed is for a person to look at, also where its signature verifies. */
export const isCoveredLater = (signature: VerifiedSignature | undefined): boolean =>
  signature?.changes.some(({ reason }) => reason === 'coversSignedContent') ?? false;
