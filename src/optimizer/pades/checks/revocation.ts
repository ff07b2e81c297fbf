import type { Check, VerifiedSignature } from '../../../contract/model/verification.ts';
import type { ProvenMaterial, RevocationReader } from '../../../pki/index.ts';
import { asInstant, failed, none, passed, undecided } from '../envelope/verdict.ts';
import type { OfferedMaterial, TimeProof } from '../proof/offered-material.ts';
import { type ChainUse, revocationStatus } from '../proof/revocation-status.ts';
import { unsettled } from '../proof/unsettled.ts';

/** Revocation at the proven time, by the data in the file. A file without any is judged without (levels B-B and B-T). */
export function revocationCheck(
  uses: readonly ChainUse[],
  { materials: stored, furtherMaterials }: OfferedMaterial,
  reader: RevocationReader,
): Check {
  const materials = [...stored, ...furtherMaterials];
  if (materials.length === 0)
    return none(
      'revocation',
      'The file carries no revocation data; revocation was not checked.',
      'revocationUnknown',
    );
  let open: Check | undefined;
  for (const use of uses) {
    const status = revocationStatus(use, materials, reader);
    if (status.outcome === 'revoked') {
      // Without a time that can be relied on nothing is proven either way (EN 319 102-1 §5.5.4).
      const sentence = `A certificate of the ${use.role} was revoked: ${status.reason}.`;
      return use.role === 'signer'
        ? failed('revocation', sentence, 'revoked')
        : undecided('revocation', sentence, 'timestampAuthorityRevoked');
    }
    if (status.outcome === 'unknown') {
      const name = status.certificate.subject.commonName ?? status.certificate.subject.text;
      open ??= none(
        'revocation',
        `The file does not settle whether ${name} was revoked (${status.reason}).`,
        'revocationUnknown',
      );
    } else if (status.outcome !== 'good') return unsettled(status);
  }
  if (open) return open;
  const [at] = uses.map((use) => use.at);
  return at === undefined
    ? none(
        'revocation',
        'Revocation was not checked: no chain leads to a trusted authority.',
        'revocationUnknown',
      )
    : passed('revocation', `No certificate that can be revoked was revoked at ${asInstant(at)}.`);
}

/**
 * The level that a signature with a baseline envelope reached (EN 319 142-1 §6.3): B-LT where the file holds what
 * its validation needs (never an empty set), B-LTA where a document time stamp covers that.
 */
export function reachedLevel(
  envelope: VerifiedSignature['level'],
  uses: readonly ChainUse[],
  offered: OfferedMaterial,
  proof: TimeProof | undefined,
  reader: RevocationReader,
): VerifiedSignature['level'] {
  const isTimed = uses.some(({ role }) => role === 'time-stamp authority');
  if (envelope === 'none' || !isTimed) return envelope;
  const settledBy = (materials: readonly ProvenMaterial[]): boolean => isSettled(uses, materials, reader);
  if (!uses.some(({ role }) => role === 'signer') || !settledBy(offered.materials)) return 'B-T';
  const covering = proof ? offered.proofs.slice(offered.proofs.indexOf(proof)) : [];
  return covering.some(({ material }) => material && settledBy([material])) ? 'B-LTA' : 'B-LT';
}

function isSettled(
  uses: readonly ChainUse[],
  materials: readonly ProvenMaterial[],
  reader: RevocationReader,
): boolean {
  const statuses = uses.map((use) => revocationStatus(use, materials, reader));
  return statuses.every(({ outcome }) => outcome === 'good') && statuses.some(hasGrounds);
}

const hasGrounds = (status: ReturnType<typeof revocationStatus>): boolean =>
  status.outcome === 'good' && status.grounds.length > 0;
