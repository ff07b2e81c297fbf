import type { Check, SignedContainer, VerifiedSignature } from '../../contract/model/verification.ts';

/** A container with what was found out about its signatures. */
export interface JudgedContainer {
  readonly kind: SignedContainer['kind'];
  readonly files: readonly SignedContainer['files'][number][];
  readonly signatures: readonly VerifiedSignature[];
  /** Of the container as a whole. */
  readonly checks: readonly Check[];
}
