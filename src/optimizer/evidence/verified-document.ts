import { stat } from 'node:fs/promises';
import type { VerifiedDocument } from '../../contract/model/evidence.ts';
import type { VerificationReport, VerifiedSignature } from '../../contract/model/verification.ts';
import { type HashedPrefix, hashFile } from '../vault/hash-file.ts';

/**
 * What the evidence says of a finished file: which bytes they are, and what their verification found.
 * @param prefix SHA-256 of the document that was signed, where it is still known: the signature that was verified covers
 *   it, so it need not be read again
 */
export async function verifiedDocument(
  path: string,
  report: VerificationReport,
  { verdict, level, provenTime, checks }: VerifiedSignature,
  prefix?: HashedPrefix,
): Promise<VerifiedDocument> {
  const { size } = await stat(path);
  return {
    bytes: size,
    sha256: await hashFile(path, prefix ? { prefix } : {}),
    verdict,
    level,
    ...(provenTime === undefined ? {} : { provenTime }),
    checks: checks.map(({ name, outcome }) => ({ name, outcome })),
    documentTimestamps: report.documentTimestamps.map(({ authority, time }) => ({
      authority,
      ...(time === undefined ? {} : { time }),
    })),
  };
}
