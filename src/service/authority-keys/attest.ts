import type { AuthorityName } from '../ca/authority.ts';
import { keysOf } from '../ca/authority-key.ts';
import type { Attestation } from '../keys/pkcs11/protocol.ts';
import { type Custody, refuse } from './custody.ts';

export interface AttestedKey {
  readonly label: string;
  /** What the device itself says; nobody has signed it. */
  readonly attestation: Attestation;
}

/**
 * What the device says of the keys of a role: where they were made, whether they can leave. It is the device's word over
 * the same library; a vendor's signed attestation is checked with the vendor's tools.
 * @throws OssError OSS_CONFIG_INVALID where the keys are in files, OSS_KEYS_UNAVAILABLE
 */
export async function attestAuthorityKeys(
  { keyStore }: Custody,
  role: AuthorityName,
): Promise<readonly AttestedKey[]> {
  if (keyStore.attest === undefined) {
    refuse(['keys: in files there is no device that could say anything of them']);
  }
  const attested: AttestedKey[] = [];
  for (const { label } of await keysOf(keyStore, role)) {
    const attestation = await keyStore.attest?.(label);
    if (attestation !== undefined) attested.push({ label, attestation });
  }
  return attested;
}
