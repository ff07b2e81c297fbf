import { createHash } from 'node:crypto';
import { fromBase64 } from '../../contract/model/encoding.ts';
import type { SignatureFacts } from '../../contract/model/evidence.ts';
import type { SignAnswer } from '../../contract/service-api/sign.ts';
import { type DigestName, digest, verifyTimestampToken } from '../../pki/index.ts';
import type { StepContext } from '../transaction/context.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What the evidence says of the certificate and the time stamps; the answer has been verified before. */
export function signatureFacts(
  { certificate: encoded, chain, documents }: SignAnswer,
  {
    certificates,
    anchors,
    journal,
    now,
    memory,
  }: Pick<StepContext, 'certificates' | 'anchors' | 'journal' | 'now' | 'memory'>,
): SignatureFacts {
  const certificate = certificates.read(fromBase64(encoded));
  const pool = chain.map((der) => certificates.read(fromBase64(der)));
  const at = new Date(now().getTime() + (memory.clockOffset ?? 0));
  const isStamped = journal.transaction.level !== 'B-B';
  return {
    certificate: {
      serialNumber: certificate.serialHex,
      subject: certificate.subject.text,
      issuer: certificate.issuer.text,
      notBefore: certificate.notBefore.toISOString(),
      notAfter: certificate.notAfter.toISOString(),
      sha256: sha256(certificate.der),
    },
    timestamps: isStamped
      ? documents.map(({ timestamp, signature }) => {
          const token = fromBase64(timestamp);
          const expected = {
            imprint: (hash: DigestName) => digest(hash, fromBase64(signature)),
            anchors,
            pool,
            at,
          };
          const { genTime, serialHex, tsaCertificate } = verifyTimestampToken(
            token,
            expected,
            certificates.read,
          );
          return {
            time: genTime.toISOString(),
            authority: tsaCertificate.subject.text,
            serialNumber: serialHex,
            sha256: sha256(token),
          };
        })
      : [],
  };
}
