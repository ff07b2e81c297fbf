/** Keys of the authorities under the care of the operator: what `oneshot keys` does. */
export { AUTHORITY_NAMES, type AuthorityName } from '../ca/authority.ts';
export { type AttestedKey, attestAuthorityKeys } from './attest.ts';
export { certifyRequest, importRootCrl, makeRootCrl } from './certify.ts';
export { openCustody } from './custody.ts';
export { generateAuthorityKeys } from './generate.ts';
export { importAuthorityKey } from './import.ts';
export { type AuthorityListing, listAuthorityKeys } from './list.ts';
export { generateSeal, importSeal, listSeals, type SealListing } from './seals.ts';
