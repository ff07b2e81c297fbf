import { createHash } from 'node:crypto';
import type { SignatureFacts } from '../../contract/model/evidence.ts';
import type { VerifiedResponse } from '../signing-service/check-response.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * What the evidence says of the certificate and the time stamps.
 * @param timestamped whether the level has the time stamps in the envelopes
 */
export const signatureFacts = (
  { certificate, documents }: VerifiedResponse,
  timestamped: boolean,
): SignatureFacts => ({
  certificate: {
    serialNumber: certificate.serialHex,
    subject: certificate.subject.text,
    issuer: certificate.issuer.text,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    sha256: sha256(certificate.der),
  },
  timestamps: documents.flatMap(({ timestamp }) =>
    timestamp && timestamped
      ? {
          time: timestamp.genTime.toISOString(),
          authority: timestamp.tsaCertificate.subject.text,
          serialNumber: timestamp.serialHex,
          sha256: sha256(timestamp.token),
        }
      : [],
  ),
});
