/** Our verdict in the indications of EN 319 102-1. */
import type { Check, CheckReason, Indication, SubIndication } from '../../../contract/model/verification.ts';

interface Meaning {
  readonly indication: Exclude<Indication, 'TOTAL-PASSED'>;
  readonly subIndication: SubIndication;
}

const failed = (subIndication: SubIndication): Meaning => ({ indication: 'TOTAL-FAILED', subIndication });
const indeterminate = (subIndication: SubIndication): Meaning => ({
  indication: 'INDETERMINATE',
  subIndication,
});

/**
 * EN 319 102-1 tables 5 and 6. It knows nothing of changes after signing: one that hides or replaces what was signed, or
 * that its author forbade, is a failure of the format (as DSS has it), one that a person must judge a constraint not met.
 */
const MEANINGS: Readonly<Record<CheckReason, Meaning>> = Object.freeze({
  unreadable: failed('FORMAT_FAILURE'),
  coverageWrong: failed('FORMAT_FAILURE'),
  signedContentChanged: failed('FORMAT_FAILURE'),
  changeNotPermitted: failed('FORMAT_FAILURE'),
  signedAttributesWrong: failed('FORMAT_FAILURE'),
  signatureCopied: failed('FORMAT_FAILURE'),
  hashMismatch: failed('HASH_FAILURE'),
  signatureInvalid: failed('SIG_CRYPTO_FAILURE'),
  revoked: failed('REVOKED'),
  chainExpiredAtSigning: failed('EXPIRED'),
  chainNotYetValid: failed('NOT_YET_VALID'),
  unsupportedFormat: indeterminate('SIG_CONSTRAINTS_FAILURE'),
  changeSuspicious: indeterminate('SIG_CONSTRAINTS_FAILURE'),
  signatureRemoved: indeterminate('SIG_CONSTRAINTS_FAILURE'),
  unsupportedAlgorithm: indeterminate('CRYPTO_CONSTRAINTS_FAILURE'),
  weakCryptography: indeterminate('CRYPTO_CONSTRAINTS_FAILURE'),
  signedAttributesNotDer: indeterminate('SIG_CONSTRAINTS_FAILURE'),
  certificateNotBound: indeterminate('SIG_CONSTRAINTS_FAILURE'),
  claimedTimeImplausible: indeterminate('SIG_CONSTRAINTS_FAILURE'),
  contentMissing: indeterminate('SIGNED_DATA_NOT_FOUND'),
  fileNotSigned: indeterminate('SIG_CONSTRAINTS_FAILURE'),
  certificateMismatch: indeterminate('NO_SIGNING_CERTIFICATE_FOUND'),
  onlyTimestamps: indeterminate('NO_SIGNING_CERTIFICATE_FOUND'),
  noSigningCertificate: indeterminate('NO_SIGNING_CERTIFICATE_FOUND'),
  chainUntrusted: indeterminate('NO_CERTIFICATE_CHAIN_FOUND'),
  chainConstraints: indeterminate('CHAIN_CONSTRAINTS_FAILURE'),
  overTheBound: indeterminate('CERTIFICATE_CHAIN_GENERAL_FAILURE'),
  certificateOnHold: indeterminate('TRY_LATER'),
  chainExpiredWithoutProof: indeterminate('OUT_OF_BOUNDS_NO_POE'),
  chainBeforeBeginning: indeterminate('OUT_OF_BOUNDS_NO_POE'),
  timestampOrder: indeterminate('TIMESTAMP_ORDER_FAILURE'),
  timestampInFuture: indeterminate('TIMESTAMP_ORDER_FAILURE'),
  timestampMissing: indeterminate('NO_POE'),
  timestampInvalid: indeterminate('NO_POE'),
  timestampUntrusted: indeterminate('NO_POE'),
  timestampExpired: indeterminate('NO_POE'),
  timestampNotYetValid: indeterminate('NO_POE'),
  timestampAuthorityRevoked: indeterminate('NO_POE'),
  revocationUnknown: indeterminate('NO_POE'),
});

/** The gravest of what failed or is undecided; checks with the outcome `none` decide nothing. */
export function indicationOf(checks: readonly Check[]): {
  readonly indication: Indication;
  readonly subIndication?: SubIndication;
} {
  const meanings = checks.flatMap(({ outcome, reason }) =>
    reason !== undefined && (outcome === 'failed' || outcome === 'undecided') ? [MEANINGS[reason]] : [],
  );
  // A missing proof of time follows from what else is wrong more often than it is the cause.
  const gravest =
    meanings.find(({ indication }) => indication === 'TOTAL-FAILED') ??
    meanings.find(({ subIndication }) => subIndication !== 'NO_POE') ??
    meanings[0];
  return gravest ?? { indication: 'TOTAL-PASSED' };
}
