/** Requests for certificates (PKCS#10, RFC 2986), for an authority elsewhere. */
import { bitString, integer, oid, sequence, setOf, tagged } from '../der/writer.ts';
import { OID } from '../oids.ts';
import { type Signer, schemeIdentifier } from '../signature-scheme.ts';
import { type Extension, encodeExtension } from './extensions.ts';

/**
 * DER CertificationRequest, signed by the key that it is for; what the certificate should carry goes as
 * `extensionRequest` (RFC 2985 §5.4.2). Rejects with whatever the signer throws.
 */
export async function buildCertificationRequest(
  subject: Uint8Array,
  extensions: readonly Extension[],
  signer: Signer,
): Promise<Uint8Array> {
  const extensionRequest = sequence(
    oid(OID.extensionRequest),
    setOf(sequence(...extensions.map(encodeExtension))),
  );
  const info = sequence(integer(0), subject, signer.publicKeySpki, tagged(0, extensionRequest));
  return sequence(info, schemeIdentifier(signer.scheme), bitString(await signer.sign(info)));
}
