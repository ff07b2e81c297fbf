/** Requests for certificates (PKCS#10, RFC 2986), for an authority elsewhere. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { DerReader, readSequence } from '../der/reader.ts';
import { contextConstructed, TAG } from '../der/tags.ts';
import { bitString, integer, oid, sequence, setOf, tagged } from '../der/writer.ts';
import { malformed } from '../errors.ts';
import { OID } from '../oids.ts';
import {
  readSignatureIdentifier,
  type Signer,
  schemeIdentifier,
  verifySignature,
} from '../signature-scheme.ts';
import { type Extension, encodeExtension } from './extensions.ts';

/**
 * DER CertificationRequest, signed by the key that it is for; what the certificate should carry goes as
 * `extensionRequest` (RFC 2985 §5.4.2). @throws what the signer throws.
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

export interface CertificationRequest {
  /** DER Name. */
  readonly subject: Uint8Array;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKeySpki: Uint8Array;
}

/**
 * Reads a request whose signature proves that no matter who made it has the key.
 * @throws PkiError `malformed`, `unsupported-algorithm`
 */
export function parseCertificationRequest(der: Uint8Array): CertificationRequest {
  const outer = readSequence(der);
  const info = outer.element(TAG.sequence).bytes;
  const identifier = outer.element(TAG.sequence).bytes;
  const signature = outer.bitString();
  outer.end();
  const fields = readSequence(info);
  if (fields.smallInteger() !== 0) throw malformed('version of a certification request');
  const subject = fields.element(TAG.sequence).bytes;
  const publicKeySpki = fields.element(TAG.sequence).bytes;
  // What it asks to be certified for is the issuer's to decide.
  fields.optional(contextConstructed(0));
  fields.end();
  const algorithm = readSignatureIdentifier(new DerReader(identifier));
  const key = readPublicKey(publicKeySpki);
  if (!verifySignature(algorithm, key, info, signature)) throw malformed('signature of the request');
  return { subject, publicKeySpki };
}

function readPublicKey(spki: Uint8Array): KeyObject {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  } catch {
    throw malformed('public key of the request');
  }
}
