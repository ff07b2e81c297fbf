/**
 * Certificates in two steps: the plan becomes a TBSCertificate, which can be linted and stored, and only then
 * does the issuer sign it (CE-16).
 */
import { bitString, integer, sequence, tagged, time } from '../der/writer.ts';
import { type SignatureScheme, schemeIdentifier } from '../signature-scheme.ts';
import { type Extension, encodeExtension } from './extensions.ts';

export interface CertificatePlan {
  /** Big-endian, unsigned, not zero; at most 20 octets as INTEGER (RFC 5280 §4.1.2.2). */
  readonly serialNumber: Uint8Array;
  /** DER Name of the issuer, copied from its certificate. */
  readonly issuer: Uint8Array;
  /** DER Name. */
  readonly subject: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly publicKeySpki: Uint8Array;
  readonly extensions: readonly Extension[];
  /** The scheme with which the issuer will sign. */
  readonly issuerScheme: SignatureScheme;
}

const VERSION_3 = 2;

/** DER TBSCertificate (RFC 5280 §4.1.2). */
export function buildCertificate(plan: CertificatePlan): Uint8Array {
  return sequence(
    tagged(0, integer(VERSION_3)),
    integer(plan.serialNumber),
    schemeIdentifier(plan.issuerScheme),
    plan.issuer,
    sequence(time(plan.notBefore), time(plan.notAfter)),
    plan.subject,
    plan.publicKeySpki,
    tagged(3, sequence(...plan.extensions.map(encodeExtension))),
  );
}

/** DER Certificate from the signed parts (RFC 5280 §4.1.1). */
export const finishCertificate = (
  tbs: Uint8Array,
  scheme: SignatureScheme,
  signature: Uint8Array,
): Uint8Array => sequence(tbs, schemeIdentifier(scheme), bitString(signature));
