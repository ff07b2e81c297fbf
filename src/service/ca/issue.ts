/** The irreversible act: the issuing authority signs a planned certificate. */
import { finishCertificate, type Signer } from '../../pki/index.ts';

/**
 * Signs a linted and stored TBSCertificate. Returns the DER certificate. @throws what the key store throws.
 */
export async function signPlanned(tbs: Uint8Array, issuer: Signer): Promise<Uint8Array> {
  return finishCertificate(tbs, issuer.scheme, await issuer.sign(tbs));
}
