import { stat } from 'node:fs/promises';
import type { VerifiedDocument } from '../../contract/model/evidence.ts';
import type { VerificationReport, VerifiedSignature } from '../../contract/model/verification.ts';
import { hashFile } from '../vault/hash-file.ts';

/** What the evidence says of a finished file: which bytes they are, and what their verification found. */
export async function verifiedDocument(
  path: string,
  report: VerificationReport,
  { verdict, level, provenTime, checks }: VerifiedSignature,
): Promise<VerifiedDocument> {
  const { size } = await stat(path);
  return {
    bytes: size,
    sha256: await hashFile(path),
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
